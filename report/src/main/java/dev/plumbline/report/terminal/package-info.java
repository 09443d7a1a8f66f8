/** Text for terminals: widths, tables, colours, and escaped and shortened names. */
package dev.plumbline.report.terminal;
