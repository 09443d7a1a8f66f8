/** Results of Google Benchmark, the C++ library. */
package dev.plumbline.ingest.gbench;
