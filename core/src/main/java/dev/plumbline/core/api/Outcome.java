package dev.plumbline.core.api;

/** The conclusion about a change. */
public enum Outcome {
    /** Worse, beyond the noise and beyond the margin. */
    REGRESSED,
    /** A possible regression that is not certain yet: measure again. */
    SUSPECTED,
    /** Better, beyond the noise and beyond the margin. */
    IMPROVED,
    /** The whole confidence interval of the change is inside the margin. */
    UNCHANGED,
    /** Noise may hide a change of the margin's size, or there are too few values. */
    INCONCLUSIVE
}
