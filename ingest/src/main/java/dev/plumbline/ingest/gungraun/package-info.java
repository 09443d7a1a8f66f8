/** Gungraun, formerly Iai-Callgrind, and its ancestor Iai: instruction counts of Rust benchmarks. */
package dev.plumbline.ingest.gungraun;
