/** The thresholds of each series: margins, severities, error rates, and the rules that set them. Pure functions. */
package dev.plumbline.core.threshold;
