/** The contents that several kinds of report share: details of a series, series over a period, previews. */
package dev.plumbline.report.content;
