/** Reads the output of {@code console.time} and {@code console.timeEnd} of JavaScript. */
package dev.plumbline.ingest.consoletime;
