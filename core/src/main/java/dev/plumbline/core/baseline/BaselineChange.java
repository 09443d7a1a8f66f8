package dev.plumbline.core.baseline;

/** The event that created a version of baselines. */
public enum BaselineChange {
    /** Baselines were established. */
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
