/** Logs and percentiles of HdrHistogram. */
package dev.plumbline.ingest.hdrhistogram;
