package dev.plumbline.core.stats;

/** A doubt that travels with a comparison. */
public enum Flag {
    /** The two sides scatter so differently that only their own scatter was used, each side its own. */
    NOISE_CHANGED,

    /** The permutation of forks does not confirm the t test: the forks are far from normal. */
    SHAPE,

    /**
     * A few outlying forks make means uninformative: the comparison uses ranks, which are robust against them. The
     * difference is the median of the differences between forks of the two sides.
     */
    WILD_FORKS,

    /** No scatter on either side: any difference is real, and the p-value is 0 or 1. */
    DETERMINISTIC,

    /** A side has fewer than three forks: its scatter is hardly known. */
    FEW_FORKS,

    /**
     * Each side has a single fork, whose iterations replace the missing forks. Optimistic: what differs from process to
     * process is not seen, and false alarms are many.
     */
    WITHIN_FORK_ONLY,

    /** Each side has a single fork, and the scatter is that of the rest of the suite. */
    BORROWED_ONLY,

    /** An unknown scatter: no difference can be judged. */
    NO_VARIANCE,

    /**
     * There are zero or negative values, so that the comparison is relative to the base's mean and not by logarithms.
     */
    NOT_LOGARITHMIC,

    /** The base's mean is zero: there is a difference but no ratio. */
    NO_RATIO
}
