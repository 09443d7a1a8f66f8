/** Results of hyperfine, which times commands. */
package dev.plumbline.ingest.hyperfine;
