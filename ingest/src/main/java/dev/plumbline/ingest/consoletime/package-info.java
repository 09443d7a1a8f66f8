/** What {@code console.time} and {@code console.timeEnd} of JavaScript print. */
package dev.plumbline.ingest.consoletime;
