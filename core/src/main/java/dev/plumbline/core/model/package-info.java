/**
 * The domain model: measurements, environments, revisions and conclusions as values.
 *
 * <p>Everything here is immutable and validated on creation; nothing here reads a file, a clock or the network.
 */
package dev.plumbline.core.model;
