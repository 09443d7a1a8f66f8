/** Recording of result files as runs of the history. */
package dev.plumbline.pipeline.record;
