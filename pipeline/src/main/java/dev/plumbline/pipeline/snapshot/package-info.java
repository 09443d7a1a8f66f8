/**
 * Loads the input of a judgement and judges it, in the same way for every command. Selects runs, series, branches and
 * benchmarks by name.
 */
package dev.plumbline.pipeline.snapshot;
