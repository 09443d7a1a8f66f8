/** What {@code bench/bench.py} of Luau prints. */
package dev.plumbline.ingest.luau;
