package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Require;
import java.util.stream.IntStream;

/**
 * Ways to correct the p-values of many tests made at once, so that a whole suite keeps its intended error rate.
 *
 * <p>An adjusted p-value at or below the level means that the test is rejected at that level for the whole family. The
 * results are in the order of the arguments; equal p-values get equal results; no result is below its p-value or above
 * one.
 */
public enum Adjustment {
    /** The chance of even one false rejection stays below the level, whatever the dependence (Holm 1979). */
    HOLM {
        @Override
        double[] adjustAscending(double[] p) {
            double[] adjusted = new double[p.length];
            double running = 0;
            for (int i = 0; i < p.length; i++) {
                running = Math.max(running, Math.min(1, p[i] * (p.length - i)));
                adjusted[i] = running;
            }
            return adjusted;
        }
    },

    /**
     * The expected share of false ones among the rejections stays below the level, for independent or positively
     * dependent tests (Benjamini and Hochberg 1995).
     */
    BENJAMINI_HOCHBERG {
        @Override
        double[] adjustAscending(double[] p) {
            return stepUp(p, p.length);
        }
    },

    /** As {@link #BENJAMINI_HOCHBERG}, under any dependence, at the price of power (Benjamini and Yekutieli 2001). */
    BENJAMINI_YEKUTIELI {
        @Override
        double[] adjustAscending(double[] p) {
            double harmonic = 0;
            for (int i = p.length; i >= 1; i--) {
                harmonic += 1.0 / i;
            }
            return stepUp(p, p.length * harmonic);
        }
    };

    abstract double[] adjustAscending(double[] p);

    /**
     * The adjusted p-values, in the order of the arguments.
     *
     * @param pValues may be empty
     * @throws IllegalArgumentException if a p-value is NaN or not in [0, 1]; the message names its index
     */
    public double[] adjust(double[] pValues) {
        Require.probabilities(pValues, "pValues");
        int[] order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ascending = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            ascending[i] = pValues[order[i]];
        }
        double[] adjusted = adjustAscending(ascending);
        double[] result = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            result[order[i]] = adjusted[i];
        }
        return result;
    }

    private static double[] stepUp(double[] p, double factor) {
        double[] adjusted = new double[p.length];
        double running = 1;
        for (int i = p.length - 1; i >= 0; i--) {
            running = Math.min(running, p[i] * factor / (i + 1));
            // i + 1 over the factor is at most one, but its rounding is not
            adjusted[i] = Math.max(p[i], running);
        }
        return adjusted;
    }
}
