/** Notes: sentences about how results were read, ordered, measured and compared, which stand under a report. */
package dev.plumbline.report.note;
