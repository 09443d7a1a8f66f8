/**
 * Reads any JSON or CSV with a mapping that declares the locations of the benchmark, its metrics and its revision in a
 * record.
 */
package dev.plumbline.ingest.mapping;
