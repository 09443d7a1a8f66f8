/** Writers of the formats: JSON, CSV, XML, Markdown, packed numbers. Strings from outside are escaped here. */
package dev.plumbline.report.format;
