/** What benchmark_harness of Dart prints. */
package dev.plumbline.ingest.dart;
