package dev.plumbline.core.model;

/** Which way a metric has to move to be better. */
public enum Better {
    /** Less is better: durations, memory, errors. */
    LOWER,
    /** More is better: throughput, hit rates. */
    HIGHER;

    /**
     * Tells whether a relative change makes things worse.
     *
     * @param relativeChange candidate / base - 1; 0.12 is twelve per cent more
     */
    public boolean isWorse(double relativeChange) {
        return this == LOWER ? relativeChange > 0 : relativeChange < 0;
    }
}
