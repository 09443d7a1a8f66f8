package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Require;
import java.util.Arrays;

/**
 * The spread of a sample's values around their centre, in the unit of the values.
 *
 * <p>Every method takes finite values in any order, leaves the array as it is, and throws {@link
 * IllegalArgumentException} naming the index when a value is NaN or infinite, or when there are too few values. Equal
 * values have a spread of exactly zero.
 */
public final class Spread {
    /** Makes the median absolute deviation of normal values estimate their standard deviation. */
    public static final double MAD_TO_SIGMA = 1.482602218505602;

    private static final double CLIP = 2.5;

    /** The variance of a standard normal value clipped at ±{@value #CLIP}. */
    private static final double CLIPPED_VARIANCE = 0.9775599839316099;

    /** The number of median distances from which on winsorising clips a value. */
    public static final double CLIPPED_AT = CLIP * MAD_TO_SIGMA;

    /** The standard deviation of a standard normal value that is clipped there. */
    public static final double CLIPPED_DEVIATION = Math.sqrt(CLIPPED_VARIANCE);

    private Spread() {}

    /** Above it, distances of two values may be more than the largest number. */
    private static final double HUGE = 0x1p1000;

    private static final int DOWN = -64;

    /**
     * The same values, a power of two smaller where their distances could overflow: then nothing is lost that counts.
     */
    public static double[] bounded(double[] values) {
        return isHuge(values)
                ? Arrays.stream(values).map(value -> Math.scalb(value, DOWN)).toArray()
                : values;
    }

    private static boolean isHuge(double[] values) {
        for (double value : values) {
            if (Math.abs(value) > HUGE) {
                return true;
            }
        }
        return false;
    }

    /**
     * The standard deviation of at least two values, with n − 1 in the denominator; the largest number where it would
     * be more.
     */
    public static double standardDeviation(double[] values) {
        Require.finite(values, 2, "values");
        return isHuge(values)
                ? Math.min(Double.MAX_VALUE, Math.scalb(deviation(bounded(values)), -DOWN))
                : deviation(values);
    }

    private static double deviation(double[] values) {
        double mean = Location.meanOfFinite(values);
        double largest = 0;
        for (double value : values) {
            double off = Math.abs(value - mean);
            largest = off > largest ? off : largest;
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (double value : values) {
            double scaled = (value - mean) / largest;
            sum += scaled * scaled;
        }
        return largest * Math.sqrt(sum / (values.length - 1));
    }

    /**
     * The median distance of at least one value from their median, unscaled: multiply by 1.4826 to estimate the
     * standard deviation of normal values. Zero when more than half of the values are equal.
     */
    public static double medianAbsoluteDeviation(double[] values) {
        double[] sorted = bounded(Location.sorted(values));
        double deviation = deviationOfSorted(sorted, Location.medianOfSorted(sorted));
        return isHuge(values) ? Math.min(Double.MAX_VALUE, Math.scalb(deviation, -DOWN)) : deviation;
    }

    static double deviationOfSorted(double[] sorted, double centre) {
        int n = sorted.length;
        int right = 0;
        while (right < n && sorted[right] < centre) {
            right++;
        }
        int left = right - 1;
        // those below and those above are in order each, so the nearest half is found by going outwards
        double previous = 0;
        double nearest = 0;
        for (int i = 0; i <= n / 2; i++) {
            previous = nearest;
            nearest = left >= 0 && (right == n || centre - sorted[left] <= sorted[right] - centre)
                    ? centre - sorted[left--]
                    : sorted[right++] - centre;
        }
        return n % 2 == 1 ? nearest : Location.between(previous, nearest, 0.5);
    }

    /**
     * The standard deviation of at least two values after those farther than 2.5 robust standard deviations from the
     * median are pulled in, corrected so that it is right for normal values. A few outliers hardly move it.
     *
     * <p>Where more than half of the values are equal there is no robust scale to clip at, and the plain standard
     * deviation is returned.
     */
    public static double winsorisedDeviation(double[] values) {
        Require.finite(values, 2, "values");
        return isHuge(values)
                ? Math.min(Double.MAX_VALUE, Math.scalb(winsorised(bounded(values)), -DOWN))
                : winsorised(values);
    }

    private static double winsorised(double[] values) {
        double[] sorted = Location.sorted(values);
        double centre = Location.medianOfSorted(sorted);
        double limit = CLIPPED_AT * deviationOfSorted(sorted, centre);
        if (limit == 0) {
            return deviation(values);
        }
        double[] clipped = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            double off = sorted[i] - centre;
            clipped[i] = off < -limit ? -limit : off > limit ? limit : off;
        }
        return deviation(clipped) / CLIPPED_DEVIATION;
    }
}
