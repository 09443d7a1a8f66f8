package dev.plumbline.core.model;

/** The direction in which a metric is better. */
public enum Better {
    /** Less is better: durations, memory, errors. */
    LOWER,
    /** More is better: throughput, hit rates. */
    HIGHER;

    /**
     * Whether a relative change makes things worse.
     *
     * @param relativeChange candidate / base - 1; 0.12 is twelve per cent more
     */
    public boolean isWorse(double relativeChange) {
        return this == LOWER ? relativeChange > 0 : relativeChange < 0;
    }
}
