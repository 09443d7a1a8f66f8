/**
 * The shape of a series: steps, trends, drift, seasonality, changes of noise, modes, anomalies, and recommendations.
 * Pure functions of numbers.
 */
package dev.plumbline.core.shape;
