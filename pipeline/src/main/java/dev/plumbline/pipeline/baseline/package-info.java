/** Baselines: establish, change, export, import, validate. */
package dev.plumbline.pipeline.baseline;
