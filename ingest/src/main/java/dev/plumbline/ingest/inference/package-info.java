/** Results of machine-learning inference benchmarks: one file for each model and time. */
package dev.plumbline.ingest.inference;
