/** Location, spread and dependence of the values of a series between its steps. */
package dev.plumbline.core.stats.steps.noise;
