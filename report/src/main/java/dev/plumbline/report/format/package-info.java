/** Writers of the formats: JSON, CSV, XML, Markdown, packed numbers. Untrusted strings are escaped here. */
package dev.plumbline.report.format;
