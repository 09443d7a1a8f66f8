/** Results of BenchmarkDotNet. */
package dev.plumbline.ingest.benchmarkdotnet;
