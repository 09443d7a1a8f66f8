/** YAML with positions: every mistake has a file, a line and a column. */
package dev.plumbline.pipeline.config.yaml;
