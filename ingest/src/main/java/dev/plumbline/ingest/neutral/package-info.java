/** Plumbline's own formats, for unknown tools and for moving results between stores. */
package dev.plumbline.ingest.neutral;
