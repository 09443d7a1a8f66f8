/** The report of a check as text: first screen, whole report, explanation, Markdown, CSV, CI summary. */
package dev.plumbline.report.text;
