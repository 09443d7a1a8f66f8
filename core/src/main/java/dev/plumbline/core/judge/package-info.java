/**
 * From runs and their histories to findings: changes, their certainty, and the reasons. Pure functions.
 */
package dev.plumbline.core.judge;
