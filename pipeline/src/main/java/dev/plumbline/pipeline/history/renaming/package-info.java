/** Renamed series: joining them, and undoing that. */
package dev.plumbline.pipeline.history.renaming;
