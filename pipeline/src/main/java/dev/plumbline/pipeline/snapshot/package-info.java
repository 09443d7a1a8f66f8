/**
 * Loads what a judgement stands on, and judges it: the same for every command. Selects runs, series, branches and
 * benchmarks by name.
 */
package dev.plumbline.pipeline.snapshot;
