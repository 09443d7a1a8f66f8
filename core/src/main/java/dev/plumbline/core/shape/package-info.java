/**
 * The course of a series: steps of its level, climbs, drifts, weekly swings, growing noise, modes, anomalies, and the
 * recommendations that follow. Pure functions of numbers.
 */
package dev.plumbline.core.shape;
