package dev.plumbline.core.stats.steps;

import java.util.Arrays;

/** Location and scale that a few wild values cannot move. */
final class Robust {
    /** Standard deviation of a standard normal value winsorised at 2.5. */
    private static final double WINSORISED_NORMAL = Math.sqrt(0.9776);

    /** Median absolute deviation times this is the standard deviation, for normal values. */
    static final double MAD_TO_SIGMA = 1.4826;

    private static final double GOLDEN = 0.6180339887498949;

    private Robust() {}

    /** The median of {@code values[from, to)}; at least one value. The array is not changed. */
    static double median(double[] values, int from, int to) {
        double[] copy = Arrays.copyOfRange(values, from, to);
        Arrays.sort(copy);
        int half = copy.length / 2;
        return copy.length % 2 == 1 ? copy[half] : 0.5 * (copy[half - 1] + copy[half]);
    }

    /** The median of the absolute values of the first {@code count} values. */
    static double medianOfAbsolutes(double[] values, int count) {
        double[] copy = new double[count];
        for (int i = 0; i < count; i++) {
            copy[i] = Math.abs(values[i]);
        }
        return median(copy, 0, count);
    }

    /**
     * The winsorised standard deviation around zero: start from the median absolute deviation, clip at 2.5 of it.
     *
     * @param lost degrees of freedom spent on centring
     */
    static double scale(double[] residuals, int count, int lost, double floor) {
        return scale(residuals, count, lost, floor, medianScale(residuals, count, floor));
    }

    static double medianScale(double[] residuals, int count, double floor) {
        return Math.max(floor, MAD_TO_SIGMA * medianOfAbsolutes(residuals, count));
    }

    static double scale(double[] residuals, int count, int lost, double floor, double start) {
        double limit = 2.5 * start;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double w = Math.min(Math.abs(residuals[i]), limit);
            sum += w * w;
        }
        return Math.max(floor, Math.sqrt(sum / Math.max(1, count - lost)) / WINSORISED_NORMAL);
    }

    /**
     * Spreads the values of coarse timers by up to half a tick either way, so that scales do not collapse to zero.
     * Values of which more than a third are distinct are left alone; a hundredth of {@code floor} makes no difference.
     */
    static void dither(double[] residuals, int count, double floor) {
        double[] sorted = Arrays.copyOf(residuals, count);
        Arrays.sort(sorted);
        double[] gaps = new double[count];
        int distinct = 1;
        for (int i = 1; i < count; i++) {
            if (sorted[i] - sorted[i - 1] > 0.01 * floor) {
                gaps[distinct - 1] = sorted[i] - sorted[i - 1];
                distinct++;
                if (distinct * 3 > count) {
                    return;
                }
            }
        }
        if (distinct < 2) {
            return;
        }
        double tick = median(gaps, 0, distinct - 1);
        for (int i = 0; i < count; i++) {
            double phase = i * GOLDEN;
            residuals[i] += tick * (phase - Math.floor(phase) - 0.5);
        }
    }

    static double clip(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }
}
