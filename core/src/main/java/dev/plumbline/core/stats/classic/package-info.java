/**
 * Change-point methods of the literature by their names, exact and seeded: numbers in, indices out. The judge itself
 * uses {@code dev.plumbline.core.stats.steps}; none of these methods handles autocorrelation or spikes.
 *
 * <p>An index is zero-based and names the first value of the new level. NaN and infinite values are rejected with their
 * index. Values from 1e-300 to 1e300 neither overflow nor underflow.
 */
package dev.plumbline.core.stats.classic;
