/** Measurements of tools that report statistics of many values: load tests, timers of JavaScript, summaries. */
package dev.plumbline.ingest.input.summary;
