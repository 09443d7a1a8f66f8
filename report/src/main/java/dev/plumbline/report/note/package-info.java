/** Notes: sentences about how results were read, ordered, measured and compared, shown below a report. */
package dev.plumbline.report.note;
