package dev.plumbline.core.api;

/** The conclusion about a change. */
public enum Outcome {
    /** Worse, beyond the noise and beyond the margin. */
    REGRESSED,
    /** It looks worse, but is not certain yet: measure once more. */
    SUSPECTED,
    /** Better, beyond the noise and beyond the margin. */
    IMPROVED,
    /** The whole confidence interval of the change lies inside the margin. */
    UNCHANGED,
    /** The noise hides whether there was a change of the margin's size, or there are too few values. */
    INCONCLUSIVE
}
