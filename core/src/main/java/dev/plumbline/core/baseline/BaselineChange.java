package dev.plumbline.core.baseline;

/** What brought a version of baselines about. */
public enum BaselineChange {
    /** Baselines were established anew. */
    ESTABLISHED,
    /** A person accepted a change, and the baselines that it touches moved. */
    ACCEPTED,
    /** An earlier version was taken back. */
    ROLLED_BACK,
    /** Baselines were forgotten. */
    RESET,
    /** Baselines were read from files. */
    IMPORTED
}
