/** One set of results against another: independent samples, pairs, percentiles. Pure functions. */
package dev.plumbline.core.compare;
