/** Distributions, their quantiles, and intervals. */
package dev.plumbline.core.stats.distribution;
