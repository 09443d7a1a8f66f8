/** The output of Rust's own {@code cargo bench}, which Criterion can imitate. */
package dev.plumbline.ingest.libtest;
