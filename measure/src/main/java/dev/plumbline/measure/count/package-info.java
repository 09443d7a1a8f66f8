/** Counts the work of commands instead of their time: the counting programs, and their output. */
package dev.plumbline.measure.count;
