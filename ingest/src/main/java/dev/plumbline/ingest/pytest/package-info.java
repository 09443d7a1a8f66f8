/** Results of pytest-benchmark. */
package dev.plumbline.ingest.pytest;
