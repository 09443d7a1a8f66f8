/** Measurements of tools that give numbers worked out of many values: load tests, timers of JavaScript, summaries. */
package dev.plumbline.ingest.input.summary;
