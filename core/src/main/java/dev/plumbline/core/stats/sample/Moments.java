package dev.plumbline.core.stats.sample;

/** The count, mean and sum of squared deviations of a group of values on the scale of the comparison. */
public record Moments(int count, double mean, double squares) {
    /** Relative to the size of the mean, scatter below this is the rounding of equal values. */
    private static final double ROUNDING = 2e-15;

    public static Moments of(double[] values) {
        double mean = Location.mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double rounding = ROUNDING * Math.max(1, Math.abs(mean));
        return new Moments(values.length, mean, squares <= rounding * rounding * values.length ? 0 : squares);
    }

    /** The variance with n − 1 in the denominator; zero for one value. */
    public double variance() {
        return count > 1 ? squares / (count - 1) : 0;
    }

    /** The difference of the means, where one that is mere rounding of equal values is zero. */
    public double to(Moments candidate) {
        double difference = candidate.mean - mean;
        double rounding = ROUNDING * Math.max(1, Math.max(Math.abs(mean), Math.abs(candidate.mean)));
        return Math.abs(difference) <= rounding ? 0 : difference;
    }
}
