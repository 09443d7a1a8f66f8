/** What can be measured: commands, benchmarks of JMH, Java code, programs that write result files. */
package dev.plumbline.measure.subject;
