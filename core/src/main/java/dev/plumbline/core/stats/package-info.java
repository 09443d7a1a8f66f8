/**
 * Statistics on plain arrays: numbers in, numbers out. Nothing here knows of benchmarks, files, clocks or threads, and
 * the same arguments give the same bits.
 */
package dev.plumbline.core.stats;
