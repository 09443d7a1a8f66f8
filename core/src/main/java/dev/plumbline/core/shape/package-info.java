/**
 * What course a series takes: where its level stepped, whether it climbs, drifts, swings with the week, grew noisier or
 * has modes, which points do not belong, and what follows from that. Pure functions of numbers.
 */
package dev.plumbline.core.shape;
