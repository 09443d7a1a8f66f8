/** The output of GNU time with {@code -v}. */
package dev.plumbline.ingest.timev;
