package dev.plumbline.core.stats.steps.noise;

import dev.plumbline.core.stats.sample.Selection;

/**
 * Location and scale that a few outliers cannot shift.
 *
 * <p>Holds scratch space, so that the scan allocates nothing for each estimate.
 */
public final class Robust {
    /** Standard deviation of a standard normal value winsorised at 2.5. */
    private static final double WINSORISED_NORMAL = Math.sqrt(0.9776);

    private static final double WINSOR = 2.5;

    /** Median absolute deviation times this is the standard deviation, for normal values. */
    private static final double MAD_TO_SIGMA = 1.4826;

    /** Ties that are closer than this share of the floor are the same value. */
    private static final double SAME = 0.01;

    private final double[] scratch;
    private double medianScale;
    private double winsorisedScale;
    private double tick;

    /** Space for estimates of at most {@code length} values. */
    public Robust(int length) {
        scratch = new double[length];
    }

    /** The median of {@code values[from, to)}; at least one value. The array is not changed. */
    public double median(double[] values, int from, int to) {
        System.arraycopy(values, from, scratch, 0, to - from);
        return Selection.median(scratch, to - from);
    }

    /** The median of the absolute deviations of {@code values[from, to)} from {@code centre}. */
    public double medianDeviation(double[] values, int from, int to, double centre) {
        for (int i = from; i < to; i++) {
            scratch[i - from] = Math.abs(values[i] - centre);
        }
        return Selection.median(scratch, to - from);
    }

    /** The scale of the last {@link #estimate} from the median absolute deviation. */
    double medianScale() {
        return medianScale;
    }

    /** The winsorised standard deviation of the last {@link #estimate}. */
    double winsorisedScale() {
        return winsorisedScale;
    }

    /**
     * The scale of the last {@link #estimate} around a level that lies {@code offset} from its centre.
     *
     * <p>It differs for coarse values only: their median is a tick, up to half a tick from the level, and what rounding
     * adds to their variance is in their deviations already.
     */
    public double scaleAround(double offset) {
        if (tick == 0) {
            return winsorisedScale;
        }
        double rounding = tick * tick / 12;
        return Math.sqrt(Math.max(winsorisedScale * winsorisedScale - rounding - offset * offset, rounding));
    }

    /** Whether the values of the last {@link #estimate} are coarse: many of them equal. */
    boolean coarse() {
        return tick > 0;
    }

    /**
     * Estimates the scale of {@code values[from, to)} around {@code centre}: the median absolute deviation, then the
     * standard deviation of what is clipped at 2.5 of it (Huber's second proposal, one step).
     *
     * <p>Values of coarse timers, many of them equal, are taken as spread evenly over their ticks (a grouped median and
     * Sheppard's correction), so that the scale does not collapse to zero.
     *
     * @param lost degrees of freedom spent on centring
     * @param floor the lower limit of the scale
     * @return the winsorised scale
     */
    public double estimate(double[] values, int from, int to, double centre, int lost, double floor) {
        int n = to - from;
        double middle = medianDeviation(values, from, to, centre);
        double near = SAME * floor;
        int ties = 0;
        for (int i = 0; i < n; i++) {
            ties += Math.abs(scratch[i] - middle) <= near ? 1 : 0;
        }
        tick = 0;
        if (ties >= 3 && ties * 6 > n) {
            double below = Double.NEGATIVE_INFINITY;
            double above = Double.POSITIVE_INFINITY;
            int lower = 0;
            for (int i = 0; i < n; i++) {
                double v = scratch[i];
                if (v < middle - near) {
                    lower++;
                    below = Math.max(below, v);
                } else if (v > middle + near) {
                    above = Math.min(above, v);
                }
            }
            boolean zero = middle <= near;
            double up = above < Double.POSITIVE_INFINITY ? (above - middle) / 2 : Double.NaN;
            double down = below >= 0 ? (middle - below) / 2 : Double.NaN;
            up = Double.isNaN(up) ? down : up;
            down = zero ? 0 : Double.isNaN(down) ? Math.min(middle, up) : down;
            if (!Double.isNaN(up)) {
                tick = zero ? 2 * up : up + down;
                middle = middle - down + (0.5 * n - lower) / ties * (up + down);
            }
        }
        medianScale = Math.max(floor, MAD_TO_SIGMA * middle);
        double limit = WINSOR * medianScale;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double w = Math.min(scratch[i], limit);
            sum += w * w;
        }
        double variance = sum / Math.max(1, n - lost) / (WINSORISED_NORMAL * WINSORISED_NORMAL) + tick * tick / 12;
        winsorisedScale = Math.max(floor, Math.sqrt(variance));
        return winsorisedScale;
    }

    /** The median, moved by the mean of the deviations clipped at three scales. */
    public double level(double[] values, int from, int to, double scale) {
        return level(values, from, to, median(values, from, to), scale);
    }

    /** The centre, moved by the mean of the deviations from it clipped at three scales. */
    public static double level(double[] values, int from, int to, double centre, double scale) {
        double limit = 3 * scale;
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += clip(values[i] - centre, -limit, limit);
        }
        return centre + sum / (to - from);
    }

    public static double clip(double value, double low, double high) {
        return value < low ? low : value > high ? high : value;
    }
}
