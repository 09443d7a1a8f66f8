/** Benchmarks of Catch2, the C++ test library. */
package dev.plumbline.ingest.catch2;
