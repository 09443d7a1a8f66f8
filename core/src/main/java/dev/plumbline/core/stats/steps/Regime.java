package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.distribution.Interval;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The level and the noise of a series since its last step, which predict the next value.
 *
 * <p>Method: first-order autoregressive prediction from winsorised deviations with a t quantile.
 *
 * @param start zero-based index of the regime's first value
 * @param count finite values of the regime that are looked at
 * @param level the level, in the unit of the values
 * @param relativeNoise standard deviation of the noise over the level's magnitude (0.02 is 2 %), robust; infinite when
 *     the level is zero
 * @param autocorrelation first-order autocorrelation assumed, 0 to 0.8
 * @param degrees degrees of freedom of the noise estimate
 * @param scale how values are turned into scores
 * @param centre the level as a score
 * @param deviation standard deviation of the noise as a score
 * @param expected the next value's expectation as a score
 */
public record Regime(
        int start,
        int count,
        double level,
        double relativeNoise,
        double autocorrelation,
        int degrees,
        Scale scale,
        double centre,
        double deviation,
        double expected) {
    /** Values a regime needs before a single new one can be judged. */
    public static final int ENOUGH = 10;

    /** The transformation of values into scores with additive noise. */
    public sealed interface Scale {
        /** The score of a value. */
        double score(double value);

        /** The value of a score. */
        double value(double score);
    }

    /** Natural logarithms: all values are positive. */
    public record Logarithmic() implements Scale {
        @Override
        public double score(double value) {
            return value > 0 ? StrictMath.log(value) : Double.NEGATIVE_INFINITY;
        }

        @Override
        public double value(double score) {
            return Math.min(Double.MAX_VALUE, StrictMath.exp(score));
        }

        // what a record makes by itself is linked when it is first called, which takes a tenth of a first judgement
        @Override
        public boolean equals(Object other) {
            return other instanceof Logarithmic;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /**
     * Values over a unit, for series with zeros or negative values.
     *
     * @param unit a positive power of two near the largest magnitude
     */
    public record Linear(double unit) implements Scale {
        @Override
        public double score(double value) {
            return value / unit;
        }

        @Override
        public double value(double score) {
            return score * unit;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Linear linear && Double.compare(unit, linear.unit) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(unit);
        }
    }

    /** True when there are enough values to judge a single new one; the interval is too uncertain otherwise. */
    public boolean enough() {
        return count >= ENOUGH;
    }

    /** Standard error of the prediction, as a score. */
    private double error() {
        return deviation * Math.sqrt((1 - autocorrelation * autocorrelation) * (1 + 1.0 / Math.max(1, count)));
    }

    /**
     * The distance of {@code value} from the prediction in standard errors; infinite for an infinite value, and for one
     * that has no logarithm.
     *
     * @throws IllegalArgumentException if the value is NaN
     */
    public double deviations(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("the value is NaN");
        }
        return (scale.score(value) - expected) / error();
    }

    /**
     * Two-sided probability that an unchanged series gives a next value at least as far from the prediction.
     *
     * @throws IllegalArgumentException if the value is NaN
     */
    public double probability(double value) {
        double t = Math.abs(deviations(value));
        if (t <= Double.MAX_VALUE) {
            return Math.min(1, 2 * TDistribution.of(degrees).survivalProbability(t));
        }
        return 0;
    }

    /**
     * The smallest next value that is not below the prediction interval.
     *
     * @param alpha two-sided share of healthy values outside the interval, in (0, 1)
     * @throws IllegalArgumentException if alpha is not in (0, 1)
     */
    public double lowest(double alpha) {
        return scale.value(expected - quantile(alpha) * error());
    }

    /**
     * The largest next value that is not above the prediction interval.
     *
     * @param alpha two-sided share of healthy values outside the interval, in (0, 1)
     * @throws IllegalArgumentException if alpha is not in (0, 1)
     */
    public double highest(double alpha) {
        return scale.value(expected + quantile(alpha) * error());
    }

    /**
     * The range in which a level lies, after a number of values with this regime's noise.
     *
     * <p>Method: Student's t around the level on the scale of the scores; {@code n} autocorrelated values count as
     * {@code n (1 - ρ) / (1 + ρ)} independent ones (Bayley and Hammersley 1946).
     *
     * @param of the level, in the unit of the values
     * @param values how many were taken on it, at least 1
     * @param confidence in (0, 1)
     * @return unbounded for a level that is not finite or has no score, and where the noise is not known
     */
    public Interval levelInterval(double of, int values, double confidence) {
        double score = scale.score(of);
        double error = deviation * Math.sqrt((1 + autocorrelation) / ((1 - autocorrelation) * Math.max(1, values)));
        double half = quantile(1 - confidence) * error;
        if (!Double.isFinite(score) || !Double.isFinite(half)) {
            return Interval.unbounded(confidence);
        }
        return new Interval(
                Math.min(of, scale.value(score - half)), Math.max(of, scale.value(score + half)), confidence);
    }

    /**
     * The range in which the noise lies, as a share of the level like {@link #relativeNoise()}.
     *
     * <p>Method: chi-square, with the degrees of freedom that autocorrelated values leave to a variance (Bayley and
     * Hammersley 1946) and a tenth fewer for what winsorising costs. That the level is itself an estimate is left out:
     * its error is smaller than that of the noise by the order of the noise.
     *
     * @param confidence in (0, 1)
     * @return unbounded where the level is zero, since nothing is relative to that
     * @throws IllegalArgumentException if the confidence is not in (0, 1)
     */
    public Interval noiseInterval(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence " + confidence + " is not between 0 and 1");
        }
        if (!Double.isFinite(relativeNoise)) {
            return Interval.unbounded(confidence);
        }
        ChiSquaredDistribution variance = ChiSquaredDistribution.of(degrees);
        double tail = (1 - confidence) / 2;
        return new Interval(
                relativeNoise * Math.sqrt(degrees / variance.inverseSurvivalProbability(tail)),
                relativeNoise * Math.sqrt(degrees / variance.inverseCumulativeProbability(tail)),
                confidence);
    }

    private double quantile(double alpha) {
        if (alpha > 0 && alpha < 1) {
            return TDistribution.of(degrees).inverseSurvivalProbability(alpha / 2);
        }
        throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 1");
    }
}
