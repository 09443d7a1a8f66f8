/**
 * Loads the input of a judgement, and judges it: the same for every command. Selects runs, series, branches and
 * benchmarks by name.
 */
package dev.plumbline.pipeline.snapshot;
