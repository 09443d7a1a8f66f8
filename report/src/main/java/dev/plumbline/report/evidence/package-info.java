/** Evidence in words: each kind of {@code Evidence} with its name, its numbers and one sentence. */
package dev.plumbline.report.evidence;
