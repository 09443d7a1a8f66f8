/** What several kinds of report show: exhibits of a series, courses over a period, previews. */
package dev.plumbline.report.content;
