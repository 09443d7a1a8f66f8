/** Reads the output of {@code bench/bench.py} of Luau. */
package dev.plumbline.ingest.luau;
