package dev.plumbline.core.history;

import dev.plumbline.core.stats.sample.Spread;

/**
 * The winsorised deviation of sorted values, as {@link Spread#winsorisedDeviation} defines it, without sorting again:
 * it is asked for once for every value of every history.
 */
final class Winsorised {
    private Winsorised() {}

    /** The median of the first {@code count} values, at least one, ascending. */
    static double median(double[] ascending, int count) {
        return 0.5 * ascending[(count - 1) / 2] + 0.5 * ascending[count / 2];
    }

    /** The deviation of the first {@code count} values, ascending; 0 for fewer than two. */
    static double deviation(double[] ascending, int count) {
        if (count < 2) {
            return 0;
        }
        double centre = median(ascending, count);
        double limit = Spread.CLIPPED_AT * medianDistance(ascending, count, centre);
        boolean clipped = limit > 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double kept = ascending[i] - centre;
            if (clipped && kept > limit) {
                kept = limit;
            } else if (clipped && kept < -limit) {
                kept = -limit;
            }
            sum += kept;
            squares += kept * kept;
        }
        return clipped
                ? deviation(sum, squares, count)
                : Math.sqrt(Math.max(0, squares - sum / count * sum) / (count - 1));
    }

    /** From the sums of clipped values, at least two, and of their squares. */
    static double deviation(double sum, double squares, int count) {
        return Math.sqrt(Math.max(0, squares - sum / count * sum) / (count - 1)) / Spread.CLIPPED_DEVIATION;
    }

    /** The median distance from the centre: the values are taken from the middle outwards, the nearest first. */
    private static double medianDistance(double[] ascending, int count, double centre) {
        int below = (count - 1) / 2;
        int above = below + 1;
        double last = 0;
        double current = 0;
        for (int taken = 0; taken <= count / 2; taken++) {
            last = current;
            double down = below >= 0 ? centre - ascending[below] : Double.POSITIVE_INFINITY;
            double up = above < count ? ascending[above] - centre : Double.POSITIVE_INFINITY;
            if (down <= up) {
                current = down;
                below--;
            } else {
                current = up;
                above++;
            }
        }
        return count % 2 == 1 ? current : 0.5 * (last + current);
    }
}
