package dev.plumbline.core.stats.classic;

import dev.plumbline.core.stats.sample.Location;

/** The sum of squared deviations from the mean of any run of values, from prefix sums of values in [-2, 2]. */
final class SquaredLoss {
    private final double[] sums;
    private final double[] squares;

    /** Centres the values by their median, so that little cancels. */
    SquaredLoss(double[] scaled) {
        double median = scaled.length == 0 ? 0 : Location.median(scaled);
        this.sums = new double[scaled.length + 1];
        this.squares = new double[scaled.length + 1];
        for (int i = 0; i < scaled.length; i++) {
            double value = scaled[i] - median;
            sums[i + 1] = sums[i] + value;
            squares[i + 1] = squares[i] + value * value;
        }
    }

    int size() {
        return sums.length - 1;
    }

    /** The loss of the values from {@code from} to before {@code to}; never negative. */
    double of(int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
    }

    /** A bound on the rounding of a sum of losses. */
    double rounding() {
        return 1e-12 * squares[size()];
    }
}
