/**
 * The joint evidence of a whole suite's runs about a change in one of its series: the part of the noise that all series
 * of a run share, the noise and the tail of each series, the evidence for a shift as a likelihood ratio, and the limit
 * from the suite's own past. Numbers in, numbers out.
 */
package dev.plumbline.core.stats.suite;
