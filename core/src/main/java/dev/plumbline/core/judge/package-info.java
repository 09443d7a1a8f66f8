/**
 * From the runs in question and their histories to findings: what changed, how sure that is, and why. Pure functions.
 */
package dev.plumbline.core.judge;
