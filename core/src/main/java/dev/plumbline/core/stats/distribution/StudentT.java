package dev.plumbline.core.stats.distribution;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Student's t distribution with any degrees of freedom above zero, whole or not; infinite degrees of freedom are the
 * normal distribution.
 */
public final class StudentT {
    private static final int SLOTS = 1 << 12;

    /** Beyond this multiple of the root of the degrees of freedom a power of the tail is all that a double shows. */
    private static final double FAR = 1e9;

    /** From one degree of freedom on, no larger tail lies there. */
    private static final double SMALL = 1e-9;

    /** Recently computed quantiles. A lost race costs one recomputation of the same number, never another number. */
    private static final AtomicReferenceArray<Quantile> LATELY = new AtomicReferenceArray<>(SLOTS);

    private record Quantile(double tail, double degreesOfFreedom, double value) {}

    private StudentT() {}

    /**
     * The probability of a value above {@code t}, accurate far into the tail.
     *
     * @param t may be infinite
     * @throws IllegalArgumentException if {@code t} is NaN or the degrees of freedom are not above zero
     */
    public static double survival(double t, double degreesOfFreedom) {
        requireDegrees(degreesOfFreedom);
        if (Double.isNaN(t)) {
            throw new IllegalArgumentException("t is NaN");
        }
        if (degreesOfFreedom == Double.POSITIVE_INFINITY) {
            return Normal.survival(t);
        }
        TDistribution distribution = TDistribution.of(degreesOfFreedom);
        return t > FAR * FAR * Math.sqrt(degreesOfFreedom)
                ? Math.exp(logarithmOfPower(distribution) - degreesOfFreedom * Math.log(t))
                : distribution.survivalProbability(t);
    }

    /**
     * The logarithm of {@code c} in the tail {@code c t^-v} far out: the density there is {@code f(0) (t^2 / v)^(-(v +
     * 1) / 2)}. The square of {@code t}, which the distribution goes by, soon is no double any more.
     */
    private static double logarithmOfPower(TDistribution distribution) {
        double v = distribution.getDegreesOfFreedom();
        return Math.log(distribution.density(0)) + (v - 1) / 2 * Math.log(v);
    }

    /**
     * The value exceeded with probability {@code tail}; infinite at 0 and 1.
     *
     * <p>Newton's method on the logarithm of the tail from the Cornish–Fisher expansion (Abramowitz and Stegun 26.7.5);
     * far out, where only a power is left of the tail, that power's inverse. Infinite where no double is so large.
     */
    public static double upperQuantile(double tail, double degreesOfFreedom) {
        requireDegrees(degreesOfFreedom);
        if (!(tail >= 0 && tail <= 1)) {
            throw new IllegalArgumentException("tail must be in [0, 1]: " + tail);
        }
        if (tail > 0.5) {
            return -upperQuantile(1 - tail, degreesOfFreedom);
        }
        if (tail == 0.5) {
            return 0;
        }
        if (tail == 0 || degreesOfFreedom == Double.POSITIVE_INFINITY) {
            return Normal.upperQuantile(tail);
        }
        long mixed = Double.doubleToLongBits(tail) * 0x9E3779B97F4A7C15L ^ Double.doubleToLongBits(degreesOfFreedom);
        int slot = (int) (mixed * 0xBF58476D1CE4E5B9L >>> 52);
        Quantile lately = LATELY.get(slot);
        if (lately != null && lately.tail == tail && lately.degreesOfFreedom == degreesOfFreedom) {
            return lately.value;
        }
        double value = solve(tail, degreesOfFreedom);
        LATELY.set(slot, new Quantile(tail, degreesOfFreedom, value));
        return value;
    }

    private static double solve(double tail, double degreesOfFreedom) {
        TDistribution distribution = TDistribution.of(degreesOfFreedom);
        if (tail < SMALL || degreesOfFreedom < 1) {
            double far = Math.exp((logarithmOfPower(distribution) - Math.log(tail)) / degreesOfFreedom);
            if (far > FAR * Math.sqrt(degreesOfFreedom)) {
                return far;
            }
        }
        double t = start(tail, degreesOfFreedom);
        for (int i = 0; i < 20; i++) {
            double survival = distribution.survivalProbability(t);
            double density = distribution.density(t);
            double step = survival / density * Math.log(survival / tail);
            double next = t + step;
            if (!(next > 0)) {
                break;
            }
            t = next;
            if (Math.abs(step) <= 1e-13 * t) {
                return t;
            }
        }
        return distribution.inverseSurvivalProbability(tail);
    }

    /** The start of the search for the quantile of a tail below one half: above zero. */
    public static double start(double tail, double degreesOfFreedom) {
        if (degreesOfFreedom < 2.5) {
            // exact at two degrees of freedom (Shaw 2006), and near enough below and above
            return (1 - 2 * tail) * Math.sqrt(2 / (4 * tail * (1 - tail)));
        }
        double z = Normal.upperQuantile(tail);
        double z2 = z * z;
        double v = degreesOfFreedom;
        double first = (z2 + 1) / 4;
        double second = ((5 * z2 + 16) * z2 + 3) / 96;
        double third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        return z * (1 + (first + (second + third / v) / v) / v);
    }

    /** The p-value of the statistic {@code t}. */
    public static double pValue(double t, double degreesOfFreedom, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * survival(Math.abs(t), degreesOfFreedom));
            case GREATER -> survival(t, degreesOfFreedom);
            case LESS -> survival(-t, degreesOfFreedom);
        };
    }

    private static void requireDegrees(double degreesOfFreedom) {
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degrees of freedom must be above zero: " + degreesOfFreedom);
        }
    }
}
