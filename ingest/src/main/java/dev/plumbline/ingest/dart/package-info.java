/** Reads the output of Dart's benchmark_harness. */
package dev.plumbline.ingest.dart;
