/** Reads the benchmark output of Ruby's standard library. */
package dev.plumbline.ingest.ruby;
