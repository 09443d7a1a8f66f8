/** Measures suspected regressions again before they are reported. */
package dev.plumbline.pipeline.check.confirm;
