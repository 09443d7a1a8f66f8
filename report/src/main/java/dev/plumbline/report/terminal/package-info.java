/** Text for terminals: widths, tables, colours, and names made harmless and short. */
package dev.plumbline.report.terminal;
