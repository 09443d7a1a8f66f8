/** Results of JMH, the Java Microbenchmark Harness. */
package dev.plumbline.ingest.jmh;
