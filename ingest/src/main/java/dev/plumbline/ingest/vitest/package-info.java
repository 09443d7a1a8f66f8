/** Benchmark results of Vitest. */
package dev.plumbline.ingest.vitest;
