/**
 * The configuration file {@code plumbline.yaml}: read with positions, every mistake in it reported at once, and turned
 * into immutable settings with their origins.
 */
package dev.plumbline.pipeline.config;
