package dev.plumbline.core.stats.distribution;

/** The question a two-sample test answers about the candidate, seen from the base. */
public enum Alternative {
    /** The candidate lies elsewhere, above or below. */
    TWO_SIDED,
    /** The candidate lies above the base. */
    GREATER,
    /** The candidate lies below the base. */
    LESS
}
