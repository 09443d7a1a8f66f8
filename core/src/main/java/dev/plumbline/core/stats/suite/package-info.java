/**
 * The joint evidence of a whole suite's runs about a change in one of its series: the part of the noise that all series
 * of a run share, the noise and the tail of each series, the evidence for a shift as a ratio of likelihoods, and the
 * limit that the suite's own past sets. Numbers in, numbers out.
 */
package dev.plumbline.core.stats.suite;
