package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/**
 * The distance of each value of a series from its level, without the part it shares with its run.
 *
 * <p>Where much is shared the rest is known less exactly. Evidence is a matter of the scaled distances, which all have
 * the same noise; sizes are a matter of the distances themselves.
 */
final class Residuals {
    private static final int NEWEST = 60;

    /** Oldest first; NaN where there is no level. */
    private final double[] distances;

    /** Null where all are 1. In floats, for large suites have millions. */
    private final float[] widths;

    /**
     * @param distances from the level, oldest first; NaN where there is none
     * @param widths by which factor the noise of each value is wider than usual, 1 at least; null where by none
     */
    Residuals(double[] distances, float[] widths) {
        this.distances = distances;
        this.widths = widths;
    }

    /** The residuals of values without a common part. */
    static Residuals of(double... distances) {
        return new Residuals(distances, null);
    }

    /** The distance of a value from its level; NaN where there is none. */
    double distance(int i) {
        return distances[i];
    }

    /** The distances divided by their widths. */
    double[] scaled() {
        if (widths == null) {
            return distances;
        }
        double[] scaled = new double[distances.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = distances[i] / widths[i];
        }
        return scaled;
    }

    /** By which factor the noise of each value is wider than usual; null where by none. */
    float[] widths() {
        return widths;
    }

    /** The distances of the newest values. */
    double[] newest(int count) {
        return Arrays.copyOfRange(distances, Math.max(0, distances.length - count), distances.length);
    }

    /** The root of the mean square of the widths of some values; 1 where there are none. */
    double width(int from, int end) {
        if (widths == null || from >= end) {
            return 1;
        }
        double squares = 0;
        for (int i = from; i < end; i++) {
            squares += (double) widths[i] * widths[i];
        }
        return Math.sqrt(squares / (end - from));
    }

    /** The width that a share of the sixty values before one does not exceed; 1 where there is none. */
    double usualWidth(double share, int end) {
        if (widths == null || end == 0) {
            return 1;
        }
        float[] newest = Arrays.copyOfRange(widths, Math.max(0, end - NEWEST), end);
        Arrays.sort(newest);
        return newest[(int) Math.min(newest.length - 1, Math.floor(share * newest.length))];
    }
}
