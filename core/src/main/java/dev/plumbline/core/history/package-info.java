/**
 * A series as its levels, slopes and noise: change points, the current regime, and the prediction for the next run.
 * Pure functions.
 */
package dev.plumbline.core.history;
