/** Result files become runs of the history. */
package dev.plumbline.pipeline.record;
