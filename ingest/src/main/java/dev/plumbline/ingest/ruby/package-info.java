/** What the standard library of Ruby prints of benchmarks. */
package dev.plumbline.ingest.ruby;
