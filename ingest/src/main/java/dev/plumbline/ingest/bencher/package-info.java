/** The Bencher Metric Format. */
package dev.plumbline.ingest.bencher;
