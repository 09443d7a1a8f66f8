/** Reads any JSON or CSV by a declaration of where in a record the benchmark, its metrics and its revision stand. */
package dev.plumbline.ingest.mapping;
