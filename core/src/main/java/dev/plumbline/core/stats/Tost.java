package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.StudentT;

/**
 * Two one-sided tests: is a difference certainly inside a margin around zero (Schuirmann 1987)?
 *
 * <p>At the level α the answer is yes exactly when the interval with confidence 1 − 2α lies inside the margin.
 */
public final class Tost {
    private final double margin;

    private Tost(double margin) {
        this.margin = margin;
    }

    /** @param margin the least difference that matters, above zero and finite, on the scale of the difference */
    public static Tost within(double margin) {
        if (!(margin > 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("margin must be above zero and finite: " + margin);
        }
        return new Tost(margin);
    }

    /**
     * The larger p-value of the two tests "the difference is above −margin" and "the difference is below the margin".
     *
     * @param standardError zero or more; zero means that the difference is known, and infinite that nothing is (p = 1)
     * @param degreesOfFreedom above zero, or zero together with an infinite error
     * @throws IllegalArgumentException if an argument is NaN or out of range
     */
    public double pValue(double difference, double standardError, double degreesOfFreedom) {
        if (!(Double.isFinite(difference) && standardError >= 0)) {
            throw new IllegalArgumentException("difference " + difference + ", standard error " + standardError);
        }
        if (standardError == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double room = margin - Math.abs(difference);
        if (standardError == 0) {
            return room > 0 ? 0 : 1;
        }
        return StudentT.survival(room / standardError, degreesOfFreedom);
    }
}
