package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.PolyGamma;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;

/**
 * The prior of a suite's benchmarks for the variance of any one of them: a variance and the degrees of freedom it is
 * worth.
 *
 * <p>Variances of normal samples whose true variances follow a scaled inverse chi-squared distribution have a mean and
 * variance of their logarithms that give its two parameters (Smyth 2004). Where the scatter inside forks is known too,
 * and benchmarks that scatter more inside their forks do so between them as well, the expected variance follows a line
 * on logarithms (as the mean-variance trend of Law and others 2014 does): what is borrowed then comes from benchmarks
 * of like noise, and is worth more.
 *
 * @param variance expected at the centre, zero or more; without meaning when the degrees of freedom are zero
 * @param degreesOfFreedom zero when nothing is known beforehand, infinite when all variances are as expected
 * @param slope by which the logarithm of the variance rises with that inside forks, from 0 to 1
 * @param centre the mean logarithm of the variance inside forks
 */
public record VariancePrior(double variance, double degreesOfFreedom, double slope, double centre) {
    /** With fewer variances than this their own scatter is unknown, and nothing is borrowed. */
    public static final int LEAST_VARIANCES = 20;

    /** No knowledge beforehand. */
    public static final VariancePrior NONE = new VariancePrior(0, 0);

    /** A slope this many standard errors above zero counts as real. */
    private static final double SLOPE_ERRORS = 3;

    public VariancePrior {
        Require.nonNegative(variance, "variance");
        if (!(degreesOfFreedom >= 0)) {
            throw new IllegalArgumentException("degrees of freedom must be zero or more: " + degreesOfFreedom);
        }
        if (!(slope >= 0 && slope <= 1 && Double.isFinite(centre))) {
            throw new IllegalArgumentException("slope " + slope + " around " + centre);
        }
    }

    /** A prior that is the same for all benchmarks. */
    public VariancePrior(double variance, double degreesOfFreedom) {
        this(variance, degreesOfFreedom, 0, 0);
    }

    /** The prior of a suite from the variance of each of its benchmarks alone. */
    public static VariancePrior fit(double[] variances, double[] degreesOfFreedom) {
        return fit(variances, degreesOfFreedom, new double[variances.length]);
    }

    /**
     * The prior of a suite, from the variance of each of its benchmarks.
     *
     * <p>Variances of zero (counters) and those with zero degrees of freedom are left out; with fewer than {@value
     * #LEAST_VARIANCES} left, the result is {@link #NONE}.
     *
     * @param variances zero or more each
     * @param degreesOfFreedom of each variance
     * @param within the variance of each benchmark that the scatter inside its forks explains, zero where unknown; a
     *     trend is searched for when none of those that count is unknown
     */
    public static VariancePrior fit(double[] variances, double[] degreesOfFreedom, double[] within) {
        if (variances.length != degreesOfFreedom.length || variances.length != within.length) {
            throw new IllegalArgumentException(variances.length + " variances, " + degreesOfFreedom.length
                    + " degrees of freedom, " + within.length + " variances within");
        }
        double[] logs = new double[variances.length];
        double[] covariates = new double[variances.length];
        int count = 0;
        double sampling = 0;
        boolean withinKnown = true;
        for (int i = 0; i < variances.length; i++) {
            Require.nonNegative(variances[i], "variances[" + i + "]");
            Require.nonNegative(degreesOfFreedom[i], "degreesOfFreedom[" + i + "]");
            Require.nonNegative(within[i], "within[" + i + "]");
            if (variances[i] > 0 && degreesOfFreedom[i] > 0) {
                double half = degreesOfFreedom[i] / 2;
                logs[count] = Math.log(variances[i]) - PolyGamma.digamma(half) + Math.log(half);
                withinKnown &= within[i] > 0;
                covariates[count] = Math.log(within[i]);
                count++;
                sampling += PolyGamma.trigamma(half);
            }
        }
        if (count < LEAST_VARIANCES) {
            return NONE;
        }
        Line line = withinKnown
                ? Line.of(Arrays.copyOf(covariates, count), Arrays.copyOf(logs, count))
                : Line.level(Arrays.copyOf(logs, count));
        double beyondSampling = line.residualVariance - sampling / count;
        if (!(beyondSampling > 1e-6)) {
            return new VariancePrior(Math.exp(line.height), Double.POSITIVE_INFINITY, line.slope, line.centre);
        }
        double half = PolyGamma.inverseTrigamma(beyondSampling);
        double variance = Math.exp(line.height + PolyGamma.digamma(half) - Math.log(half));
        return new VariancePrior(variance, 2 * half, line.slope, line.centre);
    }

    /** The prior for a benchmark whose variance inside forks is known; the same prior where there is no trend. */
    VariancePrior at(double within) {
        return slope == 0 || within <= 0
                ? this
                : new VariancePrior(variance * Math.exp(slope * (Math.log(within) - centre)), degreesOfFreedom);
    }

    /** The variance of one benchmark after its own, with the given degrees of freedom, is weighed in. */
    double moderate(double own, double ownDegrees) {
        if (degreesOfFreedom == 0) {
            return own;
        }
        if (degreesOfFreedom == Double.POSITIVE_INFINITY) {
            return variance;
        }
        return (degreesOfFreedom * variance + ownDegrees * own) / (degreesOfFreedom + ownDegrees);
    }

    /** A line through points by least squares, level unless it surely rises. */
    private record Line(double slope, double centre, double height, double residualVariance) {
        static Line level(double[] y) {
            double deviation = Spread.standardDeviation(y);
            return new Line(0, 0, Location.mean(y), deviation * deviation);
        }

        static Line of(double[] x, double[] y) {
            double centre = Location.mean(x);
            double height = Location.mean(y);
            double squares = 0;
            double products = 0;
            for (int i = 0; i < x.length; i++) {
                squares += (x[i] - centre) * (x[i] - centre);
                products += (x[i] - centre) * (y[i] - height);
            }
            if (!(squares > 0)) {
                return level(y);
            }
            double free = products / squares;
            double slope = Math.max(0, Math.min(1, free));
            double residuals = 0;
            for (int i = 0; i < x.length; i++) {
                double residual = y[i] - height - slope * (x[i] - centre);
                residuals += residual * residual;
            }
            double variance = residuals / (x.length - 2);
            return free > SLOPE_ERRORS * Math.sqrt(variance / squares)
                    ? new Line(slope, centre, height, variance)
                    : level(y);
        }
    }
}
