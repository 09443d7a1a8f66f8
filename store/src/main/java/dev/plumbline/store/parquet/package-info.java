/** Tables of a history as Parquet files, which DuckDB writes and reads. */
package dev.plumbline.store.parquet;
