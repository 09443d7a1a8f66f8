/** The subjects of measuring: commands, benchmarks of JMH, Java code, programs that write result files. */
package dev.plumbline.measure.subject;
