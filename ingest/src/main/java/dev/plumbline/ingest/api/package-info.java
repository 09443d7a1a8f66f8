/**
 * Plumbline's readers as a library: result files of any known benchmark tool as runs.
 *
 * <p>This package is the API of the artifact {@code plumbline-ingest}; the others are internal.
 */
package dev.plumbline.ingest.api;
