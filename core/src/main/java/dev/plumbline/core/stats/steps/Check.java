package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

/**
 * One check of a step: a number against its limit.
 *
 * @param kind what was checked
 * @param value the number that was found
 * @param limit the number it was held against
 * @param passed whether the check supports a step
 */
public record Check(Kind kind, double value, double limit, boolean passed) {
    /** The checks of a step, in the order in which they are made. */
    public enum Kind {
        /** The AR(1) generalised least squares statistic of clipped values; at least the limit, a quantile of t. */
        STATISTIC,
        /** The same over the noise next to the step instead of the whole regime's; at least the limit. */
        LOCAL_NOISE,
        /** Median of the newest three values as a share of the shift; at least the limit. */
        PERSISTENCE,
        /** Welch's statistic with the new side's own scatter; at least the limit, a quantile of t. */
        SCATTER,
        /** Values on the new level, when the past holds spikes that two values could be; at least the limit. */
        COUNT,
        /** One-sided rank-sum probability; below the limit. */
        RANKS,
        /**
         * Number of values times the logarithm of the residual squares around a straight line over those around the
         * step's levels; at least the limit. Asked in short series only.
         */
        LINE,
        /** Difference of the three values before and after as a share of the shift; at least the limit. Likewise. */
        ABRUPTNESS,
        /**
         * The largest relative change the interval allows; at least the limit, the smallest change of interest. Zero
         * where the values have rather a slope than none and the interval allows no change at all besides it.
         */
        EFFECT
    }

    /** A check that passes when {@code value} is at least {@code limit}. */
    static Check atLeast(Kind kind, double value, double limit) {
        return new Check(kind, value, limit, value >= limit);
    }

    /** Checks the kind. */
    public Check {
        requireNonNull(kind, "kind");
    }
}
