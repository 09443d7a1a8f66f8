/**
 * The configuration file {@code plumbline.yaml}: read with positions, every mistake in it reported at once, and
 * turned into immutable settings that know where they come from.
 */
package dev.plumbline.pipeline.config;
