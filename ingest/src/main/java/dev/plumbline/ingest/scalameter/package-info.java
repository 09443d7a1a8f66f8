/** Histories of ScalaMeter. */
package dev.plumbline.ingest.scalameter;
