/** The output of {@code go test -bench}. */
package dev.plumbline.ingest.gobench;
