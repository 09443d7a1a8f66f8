/** What a series can show: trends, seasons, modes, anomalies, changes of noise, health. */
package dev.plumbline.core.shape.feature;
