/** Counts what a command does in place of timing it: the programs that count, and what is read of them. */
package dev.plumbline.measure.count;
