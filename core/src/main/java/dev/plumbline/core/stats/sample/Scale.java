package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;

/** The scale on which two samples are compared. */
public enum Scale {
    /** Natural logarithms: a difference is the logarithm of a ratio, and noise that grows with the level is even. */
    LOG,

    /**
     * Values relative to the size of the base's mean: for samples with zero or negative values, which have no
     * logarithm.
     */
    RELATIVE,

    /** The values as they are: for a base whose mean is zero, to which nothing can be relative. */
    ABSOLUTE;

    /**
     * The finest scale that the values allow: {@link #LOG} when all are above zero, else {@link #RELATIVE}, else {@link
     * #ABSOLUTE} when the base's mean is zero.
     *
     * @throws IllegalArgumentException if a side is empty or holds a value that is not finite
     */
    public static Scale finest(double[] base, double[] candidate) {
        Require.finite(base, 1, "base");
        Require.finite(candidate, 1, "candidate");
        if (isPositive(base) && isPositive(candidate)) {
            return LOG;
        }
        return Location.mean(base) == 0 ? ABSOLUTE : RELATIVE;
    }

    /** Far beyond anything measured, and small enough that sums of squares stay finite. */
    private static final double FARTHEST = 1e100;

    /** The number nearest to {@code relative} for which moments can be computed. */
    static double bounded(double relative) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, relative));
    }

    /**
     * The values on this scale; those relative to an origin near zero end at 1e100.
     *
     * @param origin the base's mean; only {@link #RELATIVE} looks at it, and it must not be zero there
     * @throws IllegalArgumentException if a value is not finite, or not above zero on {@link #LOG}
     */
    public double[] of(double[] values, double origin) {
        double[] result = new double[values.length];
        switch (this) {
            case LOG -> {
                Require.positive(values, 0, "values");
                for (int i = 0; i < values.length; i++) {
                    result[i] = Math.log(values[i]);
                }
            }
            case RELATIVE -> {
                Require.finite(values, 0, "values");
                if (!(Math.abs(origin) > 0)) {
                    throw new IllegalArgumentException("nothing can be relative to " + origin);
                }
                for (int i = 0; i < values.length; i++) {
                    result[i] = bounded(values[i] / Math.abs(origin) - Math.signum(origin));
                }
            }
            case ABSOLUTE -> {
                Require.finite(values, 0, "values");
                System.arraycopy(values, 0, result, 0, values.length);
            }
        }
        return result;
    }

    /**
     * A difference on this scale as a ratio of candidate to base.
     *
     * <p>On {@link #ABSOLUTE} there is no ratio to a base of zero: 1 for no difference, else infinite with the sign of
     * the difference.
     */
    public double ratio(double difference) {
        return switch (this) {
            case LOG -> Math.exp(difference);
            case RELATIVE -> 1 + difference;
            case ABSOLUTE -> difference == 0 ? 1 : Math.copySign(Double.POSITIVE_INFINITY, difference);
        };
    }

    /** A difference on this scale as a relative change (0.12 is 12 %); infinite on {@link #ABSOLUTE} unless zero. */
    public double relativeChange(double difference) {
        return switch (this) {
            case LOG -> Math.expm1(difference);
            case RELATIVE -> difference;
            case ABSOLUTE -> difference == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, difference);
        };
    }

    /**
     * The difference on this scale that a rise by the relative change makes; the change itself except on {@link #LOG}.
     */
    public double difference(double relativeChange) {
        return this == LOG ? Math.log1p(relativeChange) : relativeChange;
    }

    public Interval ratio(Interval difference) {
        return new Interval(ratio(difference.low()), ratio(difference.high()), difference.confidence());
    }

    private static boolean isPositive(double[] values) {
        for (double value : values) {
            if (!(value > 0)) {
                return false;
            }
        }
        return true;
    }
}
