/** Plumbline's own formats, for tools that are not known and for taking results from one store to another. */
package dev.plumbline.ingest.neutral;
