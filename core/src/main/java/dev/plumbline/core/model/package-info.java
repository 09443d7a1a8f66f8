/**
 * The words of the product as values: what was measured, where, at which revision, and what was concluded.
 *
 * <p>Everything here is immutable and checks itself when made; nothing here reads a file, a clock or the network.
 */
package dev.plumbline.core.model;
