/**
 * Statistics on plain arrays: numbers in, numbers out. Nothing here depends on benchmarks, files, clocks or threads;
 * equal arguments give identical results.
 */
package dev.plumbline.core.stats;
