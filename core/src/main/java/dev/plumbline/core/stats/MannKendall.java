package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.sample.SpreadSort;

/**
 * The test for a trend by the signs of all pairs (Mann 1945, Kendall 1975), with the variance for AR(1) autocorrelation
 * (Yue and Wang 2004): without it, every slow drift is a trend.
 */
public final class MannKendall {
    private static final double AUTOCORRELATION_AT_MOST = 0.95;

    private MannKendall() {}

    /**
     * @param score the number of rising pairs less that of falling pairs
     * @param variance of the score when there is no trend, widened for the autocorrelation
     * @param autocorrelation of neighbours around the trend, corrected for its bias, from 0 to 0.95
     * @param statistic the score in units of its deviation, with the correction for continuity
     * @param pValue two-sided
     */
    public record Result(long score, double variance, double autocorrelation, double statistic, double pValue) {}

    /**
     * Tests values at equal distances.
     *
     * @param values at least three finite values; when all are equal, p is 1
     */
    public static Result test(double[] values) {
        Require.finite(values, 3, "values");
        // only how residuals resemble each other is asked of them, which no scale changes
        double[] bounded = Spread.bounded(values);
        return test(values, bounded, TheilSen.slope(bounded));
    }

    /**
     * The same with what is known of the values.
     *
     * @param bounded the values, or a power of two less
     * @param slope their median slope
     */
    static Result test(double[] values, double[] bounded, double slope) {
        double[] residuals = new double[values.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = bounded[i] - slope * i;
        }
        double autocorrelation = autocorrelation(residuals);
        double variance = variance(values) * (1 + autocorrelation) / (1 - autocorrelation);
        long score = score(values);
        double statistic = statistic(score, variance);
        return new Result(score, variance, autocorrelation, statistic, Normal.pValue(statistic, Alternative.TWO_SIDED));
    }

    /**
     * The two-sided p-value if neighbours were no more alike than others: the least that {@link #test} can come to, in
     * a fraction of its time.
     *
     * @param values at least three finite values; when all are equal, p is 1
     */
    public static double leastPValue(double[] values) {
        Require.finite(values, 3, "values");
        return Normal.pValue(statistic(score(values), variance(values)), Alternative.TWO_SIDED);
    }

    private static double statistic(long score, double variance) {
        return variance > 0 ? (score - Math.signum((double) score)) / Math.sqrt(variance) : 0;
    }

    /**
     * The lag-1 autocorrelation, corrected for the bias of an estimated mean and slope.
     *
     * @param residuals at least one finite value
     * @return from 0 to 0.95; 0 when all are equal
     */
    public static double autocorrelation(double[] residuals) {
        double mean = Location.mean(residuals);
        double largest = 0;
        for (double residual : residuals) {
            largest = Math.max(largest, Math.abs(residual - mean));
        }
        if (largest == 0) {
            return 0;
        }
        double products = 0;
        double squares = 0;
        double before = 0;
        for (double residual : residuals) {
            double centred = (residual - mean) / largest;
            products += centred * before;
            squares += centred * centred;
            before = centred;
        }
        double plain = products / squares;
        double corrected = plain + (1 + 4 * plain) / residuals.length;
        return Math.max(0, Math.min(AUTOCORRELATION_AT_MOST, corrected));
    }

    /** The number of rising pairs less that of falling ones, by counting inversions while merging. */
    static long score(double[] values) {
        double[] sorted = values.clone();
        double[] buffer = new double[values.length];
        long falling = inversions(sorted, buffer, 0, sorted.length);
        long n = values.length;
        return n * (n - 1) / 2 - tiedPairs(sorted) - 2 * falling;
    }

    private static long inversions(double[] values, double[] buffer, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long count = inversions(values, buffer, from, middle) + inversions(values, buffer, middle, to);
        System.arraycopy(values, from, buffer, from, middle - from);
        int i = from;
        int j = middle;
        int k = from;
        while (i < middle && j < to) {
            if (buffer[i] <= values[j]) {
                values[k++] = buffer[i++];
            } else {
                values[k++] = values[j++];
                count += middle - i;
            }
        }
        System.arraycopy(buffer, i, values, k, middle - i);
        return count;
    }

    private static long tiedPairs(double[] sorted) {
        long pairs = 0;
        long run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                pairs += run * (run - 1) / 2;
                run = 1;
            }
        }
        return pairs;
    }

    /** The variance of the score for independent values, less for ties. */
    static double variance(double[] values) {
        double[] sorted = values.clone();
        SpreadSort.sort(sorted, sorted.length);
        double n = sorted.length;
        double sum = n * (n - 1) * (2 * n + 5);
        double run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                sum -= run * (run - 1) * (2 * run + 5);
                run = 1;
            }
        }
        return sum / 18;
    }
}
