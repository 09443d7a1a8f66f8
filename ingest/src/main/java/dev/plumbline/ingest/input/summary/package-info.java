/** Measurements of tools that give numbers computed from many values: load tests, timers of JavaScript, summaries. */
package dev.plumbline.ingest.input.summary;
