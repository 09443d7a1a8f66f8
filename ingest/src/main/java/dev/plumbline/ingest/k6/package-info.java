/** End-of-test summaries of k6. */
package dev.plumbline.ingest.k6;
