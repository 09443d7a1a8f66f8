/** The contents that several kinds of report share: exhibits of a series, courses over a period, previews. */
package dev.plumbline.report.content;
