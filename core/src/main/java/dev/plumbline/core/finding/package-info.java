/** The conclusion about one series, its certainty and its evidence. */
package dev.plumbline.core.finding;
