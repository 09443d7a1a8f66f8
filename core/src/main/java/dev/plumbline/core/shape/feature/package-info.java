/** The features of a series: trends, seasons, modes, anomalies, changes of noise, health. */
package dev.plumbline.core.shape.feature;
