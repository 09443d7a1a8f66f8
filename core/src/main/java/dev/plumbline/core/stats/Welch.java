package dev.plumbline.core.stats;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Moments;
import dev.plumbline.core.stats.sample.Scale;

/**
 * The difference of two means with possibly unequal variances (Welch 1947, with Satterthwaite's degrees of
 * freedom).
 *
 * <p>The values must be independent of one another: means of forks rather than iterations of one process.
 *
 * <p>Edges. A side with one value has no scatter of its own: the other side's scatter is used alone, and with one value
 * a side the test is inconclusive (p = 1, an unbounded interval). When neither of two sides scatters, as with counters,
 * any difference is real: p = 0 and an interval of no width; equal sides have p = 1.
 */
public final class Welch {
    private static final Welch DEFAULT = new Welch(Alternative.TWO_SIDED, Scale.LOG, 0.95);

    private final Alternative alternative;
    private final Scale scale;
    private final double confidence;

    private Welch(Alternative alternative, Scale scale, double confidence) {
        this.alternative = alternative;
        this.scale = scale;
        this.confidence = confidence;
    }

    /** A two-sided test on logarithms with a 95 % interval. */
    public static Welch withDefaults() {
        return DEFAULT;
    }

    public Welch with(Alternative newAlternative) {
        return new Welch(requireNonNull(newAlternative, "alternative"), scale, confidence);
    }

    /**
     * On {@link Scale#LOG} every value must be above zero; on {@link Scale#RELATIVE} the base's mean must not be zero.
     */
    public Welch with(Scale newScale) {
        return new Welch(alternative, requireNonNull(newScale, "scale"), confidence);
    }

    public Welch withConfidence(double newConfidence) {
        return new Welch(alternative, scale, Require.fraction(newConfidence, "confidence"));
    }

    /**
     * Compares the candidate with the base.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value
     * @throws IllegalArgumentException if a side is empty, or a value is not finite or does not fit the scale
     */
    public Result test(double[] base, double[] candidate) {
        Require.finite(base, 1, "base");
        Require.finite(candidate, 1, "candidate");
        if (scale == Scale.LOG) {
            Require.positive(base, 1, "base");
            Require.positive(candidate, 1, "candidate");
        }
        double origin = scale == Scale.RELATIVE ? Location.mean(base) : 1;
        Moments a = Moments.of(scale.of(base, origin));
        Moments b = Moments.of(scale.of(candidate, origin));
        double difference = a.to(b);
        if (a.count() == 1 && b.count() == 1) {
            return new Result(scale, difference, Double.POSITIVE_INFINITY, 0, 0, 1, Interval.unbounded(confidence));
        }
        double meanVarianceA = (a.count() > 1 ? a : b).variance() / a.count();
        double meanVarianceB = (b.count() > 1 ? b : a).variance() / b.count();
        double degrees = degreesOfFreedom(a, b, meanVarianceA, meanVarianceB);
        double error = Math.sqrt(meanVarianceA + meanVarianceB);
        double statistic = statistic(difference, error);
        double half = error == 0 ? 0 : StudentT.upperQuantile((1 - confidence) / 2, degrees) * error;
        return new Result(
                scale,
                difference,
                error,
                degrees,
                statistic,
                StudentT.pValue(statistic, degrees, alternative),
                new Interval(difference - half, difference + half, confidence));
    }

    /** A difference in units of its error; a difference without any error is infinitely many. */
    static double statistic(double difference, double error) {
        if (difference == 0) {
            return 0;
        }
        return error == 0 ? Math.copySign(Double.POSITIVE_INFINITY, difference) : difference / error;
    }

    private static double degreesOfFreedom(Moments a, Moments b, double meanVarianceA, double meanVarianceB) {
        if (a.count() == 1) {
            return b.count() - 1.0;
        }
        if (b.count() == 1) {
            return a.count() - 1.0;
        }
        return satterthwaite(meanVarianceA, a.count() - 1.0, meanVarianceB, b.count() - 1.0);
    }

    /** The degrees of freedom of the sum of two independent variances. */
    static double satterthwaite(double varianceA, double degreesA, double varianceB, double degreesB) {
        double larger = Math.max(varianceA, varianceB);
        if (larger == 0) {
            return degreesA + degreesB;
        }
        double a = varianceA / larger;
        double b = varianceB / larger;
        return (a + b) * (a + b) / (a * a / degreesA + b * b / degreesB);
    }

    /**
     * The result of the test.
     *
     * @param scale the scale of the difference
     * @param difference candidate minus base, on the scale
     * @param standardError of the difference; infinite for one value a side
     * @param degreesOfFreedom of the error; zero for one value a side
     * @param statistic the difference in units of its error; infinite for a difference without scatter
     * @param pValue for the alternative asked
     * @param interval two-sided, of the difference
     */
    public record Result(
            Scale scale,
            double difference,
            double standardError,
            double degreesOfFreedom,
            double statistic,
            double pValue,
            Interval interval) {
        /** Candidate over base. */
        public double ratio() {
            return scale.ratio(difference);
        }

        /** The interval of {@link #ratio()}. */
        public Interval ratioInterval() {
            return scale.ratio(interval);
        }
    }
}
