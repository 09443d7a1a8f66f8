/**
 * Established baselines: what they stand on, whether they can be trusted, how they change, and what people accepted.
 */
package dev.plumbline.core.baseline;
