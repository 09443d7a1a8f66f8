package dev.plumbline.core.stats;

/**
 * What the benchmarks of a suite say together about the variance of any one of them: a variance and the degrees of freedom
 * it is worth.
 *
 * <p>Variances of normal samples whose true variances follow a scaled inverse chi-squared distribution have a mean and
 * variance of their logarithms that give its two parameters (Smyth 2004).
 *
 * @param variance zero or more; without meaning when the degrees of freedom are zero
 * @param degreesOfFreedom zero when nothing is known beforehand, infinite when all variances are the same
 */
public record VariancePrior(double variance, double degreesOfFreedom) {
    /** With fewer variances than this their own scatter is unknown, and nothing is borrowed. */
    public static final int LEAST_VARIANCES = 20;

    /** No knowledge beforehand. */
    public static final VariancePrior NONE = new VariancePrior(0, 0);

    public VariancePrior {
        Require.nonNegative(variance, "variance");
        if (!(degreesOfFreedom >= 0)) {
            throw new IllegalArgumentException("degrees of freedom must be zero or more: " + degreesOfFreedom);
        }
    }

    /**
     * The prior of a suite, from the variance of each of its benchmarks.
     *
     * <p>Variances of zero (counters) and those with zero degrees of freedom are left out; with fewer than {@value
     * #LEAST_VARIANCES} left, the result is {@link #NONE}.
     *
     * @param variances zero or more each
     * @param degreesOfFreedom of each variance
     */
    public static VariancePrior fit(double[] variances, double[] degreesOfFreedom) {
        if (variances.length != degreesOfFreedom.length) {
            throw new IllegalArgumentException(
                    variances.length + " variances but " + degreesOfFreedom.length + " degrees of freedom");
        }
        double[] logs = new double[variances.length];
        int count = 0;
        double sampling = 0;
        for (int i = 0; i < variances.length; i++) {
            Require.nonNegative(variances[i], "variances[" + i + "]");
            Require.nonNegative(degreesOfFreedom[i], "degreesOfFreedom[" + i + "]");
            if (variances[i] > 0 && degreesOfFreedom[i] > 0) {
                double half = degreesOfFreedom[i] / 2;
                logs[count++] = Math.log(variances[i]) - PolyGamma.digamma(half) + Math.log(half);
                sampling += PolyGamma.trigamma(half);
            }
        }
        if (count < LEAST_VARIANCES) {
            return NONE;
        }
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += logs[i] / count;
        }
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (logs[i] - mean) * (logs[i] - mean);
        }
        double beyondSampling = squares / (count - 1) - sampling / count;
        if (!(beyondSampling > 1e-6)) {
            return new VariancePrior(Math.exp(mean), Double.POSITIVE_INFINITY);
        }
        double half = PolyGamma.inverseTrigamma(beyondSampling);
        return new VariancePrior(Math.exp(mean + PolyGamma.digamma(half) - Math.log(half)), 2 * half);
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
}
