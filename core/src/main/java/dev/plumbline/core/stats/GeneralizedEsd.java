package dev.plumbline.core.stats;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the outliers of a sample when their number is unknown (the generalised extreme Studentised
 * deviate test, Rosner 1983).
 *
 * <p>The values must scatter around one level: take out steps, drift and season first.
 */
public final class GeneralizedEsd {
    private static final GeneralizedEsd DEFAULT = new GeneralizedEsd(0.01, 0.1, Measure.ROBUST);

    private final double level;
    private final double mostShare;
    private final Measure measure;

    /** The measure of how far out a value is. */
    public enum Measure {
        /**
         * Distance from the median in units of 1.4826 median absolute deviations: many outliers cannot hide each other.
         */
        ROBUST,
        /** Distance from the mean in standard deviations, as published. */
        CLASSIC
    }

    private GeneralizedEsd(double level, double mostShare, Measure measure) {
        this.level = level;
        this.mostShare = mostShare;
        this.measure = measure;
    }

    /** A level of 1 %, at most a tenth of the values, by the robust measure. */
    public static GeneralizedEsd withDefaults() {
        return DEFAULT;
    }

    /** @param newLevel the chance that any value of a clean normal sample is called an outlier */
    public GeneralizedEsd withLevel(double newLevel) {
        return new GeneralizedEsd(Require.fraction(newLevel, "level"), mostShare, measure);
    }

    /** @param newShare of the values that may be outliers, above 0 and below a half */
    public GeneralizedEsd withMostShare(double newShare) {
        if (!(newShare > 0 && newShare < 0.5)) {
            throw new IllegalArgumentException("share must lie between 0 and 0.5: " + newShare);
        }
        return new GeneralizedEsd(level, newShare, measure);
    }

    public GeneralizedEsd with(Measure newMeasure) {
        return new GeneralizedEsd(level, mostShare, requireNonNull(newMeasure, "measure"));
    }

    /**
     * The positions of the outliers, in ascending order.
     *
     * <p>Empty for fewer than ten values, and where more than half of the values are equal (the robust measure has no
     * unit then) or all are.
     *
     * @param values finite
     */
    public int[] find(double[] values) {
        Require.finite(values, 0, "values");
        int n = values.length;
        int most = (int) (mostShare * n);
        if (n < 10 || most == 0) {
            return new int[0];
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] sorted = new double[n];
        Arrays.setAll(sorted, i -> values[order[i]]);
        // the farthest value is always at one end of what is left, so what is left stays a range
        int from = 0;
        int to = n;
        int bestFrom = 0;
        int bestTo = n;
        for (int i = 1; i <= most; i++) {
            Window window =
                    measure == Measure.ROBUST ? Window.robust(sorted, from, to) : Window.classic(sorted, from, to);
            if (!(window.unit > 0)) {
                break;
            }
            double below = window.centre - sorted[from];
            double above = sorted[to - 1] - window.centre;
            double deviate = Math.max(below, above) / window.unit;
            if (above >= below) {
                to--;
            } else {
                from++;
            }
            if (deviate > critical(n, i)) {
                bestFrom = from;
                bestTo = to;
            }
        }
        int start = bestFrom;
        int end = bestTo;
        return IntStream.range(0, n)
                .filter(i -> i < start || i >= end)
                .map(i -> order[i])
                .sorted()
                .toArray();
    }

    private double critical(int n, int i) {
        double tail = level / (2.0 * (n - i + 1));
        double degrees = n - i - 1.0;
        double t = StudentT.upperQuantile(tail, degrees);
        return (n - i) * t / Math.sqrt((degrees + t * t) * (n - i + 1));
    }

    /** The centre and unit of a range of sorted values. */
    private record Window(double centre, double unit) {
        static Window classic(double[] sorted, int from, int to) {
            double[] left = Arrays.copyOfRange(sorted, from, to);
            return new Window(Location.mean(left), Spread.standardDeviation(left));
        }

        static Window robust(double[] sorted, int from, int to) {
            double centre = middle(sorted[(from + to - 1) / 2], sorted[(from + to) / 2]);
            int n = to - from;
            double upper = distance(sorted, from, to, centre, n / 2);
            double deviation = n % 2 == 1 ? upper : middle(distance(sorted, from, to, centre, n / 2 - 1), upper);
            return new Window(centre, Spread.MAD_TO_SIGMA * deviation);
        }

        private static double middle(double low, double high) {
            return low == high ? low : low / 2 + high / 2;
        }

        /**
         * The distance of the given rank from the centre, counted from 0. The nearest values form a range; its start is
         * found by halving, since the distances at both of its ends move in opposite directions.
         */
        private static double distance(double[] sorted, int from, int to, double centre, int rank) {
            int low = from;
            int high = to - rank - 1;
            while (low < high) {
                int start = (low + high) >>> 1;
                if (centre - sorted[start] > sorted[start + rank + 1] - centre) {
                    low = start + 1;
                } else {
                    high = start;
                }
            }
            return Math.max(centre - sorted[low], sorted[low + rank] - centre);
        }
    }
}
