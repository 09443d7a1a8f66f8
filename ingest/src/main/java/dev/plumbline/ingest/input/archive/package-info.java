/** Results inside archives. */
package dev.plumbline.ingest.input.archive;
