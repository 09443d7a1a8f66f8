package dev.plumbline.core.stats.steps;

/** The certainty of a step. */
public enum Tier {
    /** All checks passed; at least two values on the new level. */
    CONFIRMED,
    /** Beyond the noise, yet too few values to be sure: a reason to measure again. */
    SUSPECT
}
