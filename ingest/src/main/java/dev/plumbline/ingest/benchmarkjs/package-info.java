/** The output of benchmark.js. */
package dev.plumbline.ingest.benchmarkjs;
