/** The output of {@code perf stat}. */
package dev.plumbline.ingest.perfstat;
