/**
 * Plumbline's history as a library: runs in, series out.
 *
 * <p>This package is the API of the artifact {@code plumbline-store}; the others are internal.
 */
package dev.plumbline.store.api;
