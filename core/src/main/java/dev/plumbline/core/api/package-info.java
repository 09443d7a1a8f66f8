/**
 * Plumbline as a library: compare two samples, judge a run against its history, find change points, calibrate.
 *
 * <p>This package and {@link dev.plumbline.core.model} are the API of the artifact {@code plumbline-core}; they change
 * compatibly from release to release. All other packages of the artifact are internal.
 *
 * <p>Values are plain arrays of {@code double}, oldest first, in any unit. Nothing here reads files, clocks or threads:
 * equal arguments give equal results.
 */
package dev.plumbline.core.api;
