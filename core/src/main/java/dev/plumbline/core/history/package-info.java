/**
 * A series as its levels, slopes and noise: change points, the current regime, what it lets one expect of the next
 * run. Pure functions.
 */
package dev.plumbline.core.history;
