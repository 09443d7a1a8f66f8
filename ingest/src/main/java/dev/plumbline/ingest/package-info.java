/** From benchmark result files to runs: which format a file has, and one reader for each. */
package dev.plumbline.ingest;
