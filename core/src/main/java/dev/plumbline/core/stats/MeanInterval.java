package dev.plumbline.core.stats;

/**
 * The interval of a mean relative to it, which covers the mean at all looks together while values keep coming: the
 * confidence sequence of {@link SequentialT}, on the values in units of their mean.
 */
public final class MeanInterval {
    private MeanInterval() {}

    /**
     * {@code [-0.01, 0.01]} for ± 1 %; of no width where all of several values are equal; unbounded for fewer than two
     * values and for a mean that is not positive.
     *
     * @param values finite
     * @param confidence above 0.5 and below 1
     */
    public static Interval relative(double[] values, double confidence) {
        Require.finite(values, 0, "values");
        double mean = values.length == 0 ? 0 : Location.mean(values);
        if (values.length < 2 || !(mean > 0)) {
            return Interval.unbounded(confidence);
        }
        double[] shares = new double[values.length];
        boolean equal = true;
        for (int i = 0; i < values.length; i++) {
            shares[i] = values[i] / mean;
            equal &= values[i] == values[0];
        }
        if (equal) {
            return new Interval(0, 0, confidence);
        }
        SequentialT.Look look =
                SequentialT.withDefaults().withLevel(1 - confidence).look(shares);
        return new Interval(look.interval().low() - look.mean(), look.interval().high() - look.mean(), confidence);
    }
}
