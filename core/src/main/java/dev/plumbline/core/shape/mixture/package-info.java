/** Mixtures of levels: fitting, splitting and weighing groups of values. */
package dev.plumbline.core.shape.mixture;
