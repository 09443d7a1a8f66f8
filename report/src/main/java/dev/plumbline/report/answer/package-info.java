/** The answers of the other commands as text and JSON. */
package dev.plumbline.report.answer;
