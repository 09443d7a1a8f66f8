/** Established baselines: their runs, their quality, their changes, and acceptances. */
package dev.plumbline.core.baseline;
