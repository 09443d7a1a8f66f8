/** Whole series of values, one in a line. */
package dev.plumbline.ingest.series;
