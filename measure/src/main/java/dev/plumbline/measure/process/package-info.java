/** Starts programs and measures the time, processor time and memory of each execution. */
package dev.plumbline.measure.process;
