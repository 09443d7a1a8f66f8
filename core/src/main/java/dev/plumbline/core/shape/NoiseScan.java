package dev.plumbline.core.shape;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the place where the noise of residuals changed: at every place the logarithm of the ratio of the mean sizes
 * before and after (Levene's idea, 1960, as a ratio), over its error as the sizes' own scatter gives it, so that heavy
 * tails are no change of noise; with the probability of as large a maximum over all places (Miller and Siegmund 1982).
 */
final class NoiseScan {
    private static final double TRIMMED = 0.1;
    private static final int FEWEST = 12;
    /** The largest size of a value that counts, in robust deviations of its side. */
    private static final double BOUND = 4;
    /** The squared coefficient of variation of a normal value's size. */
    private static final double NORMAL = Math.PI / 2 - 1;

    /**
     * @param index first residual with the new noise
     * @param statistic in standard errors, above 0 when the noise grew
     * @param pValue of so large a maximum
     */
    record Found(int index, double statistic, double pValue) {}

    private NoiseScan() {}

    /** The clearest place; nothing for fewer than twice twelve residuals or equal ones. */
    static Optional<Found> find(double[] residuals) {
        int n = residuals.length;
        if (n < 2 * FEWEST) {
            return Optional.empty();
        }
        double centre = Location.median(residuals);
        double[] sizes = new double[n];
        for (int i = 0; i < n; i++) {
            sizes[i] = Math.abs(residuals[i] - centre);
        }
        int edge = Math.max(FEWEST, (int) (TRIMMED * n));
        return scan(sizes, edge, variation(sizes, n)).flatMap(free -> {
            double variation = variation(sizes, free.index()) * alike(sizes, free.index());
            // once more with what is far out for its own side pulled in
            bound(sizes, 0, free.index());
            bound(sizes, free.index(), n);
            return scan(sizes, edge, Math.max(variation, variation(sizes, free.index())));
        });
    }

    private static void bound(double[] sizes, int from, int to) {
        double[] side = Arrays.copyOfRange(sizes, from, to);
        double limit = BOUND * 1.4826 * Location.median(side);
        for (int i = from; i < to && limit > 0; i++) {
            sizes[i] = Math.min(sizes[i], limit);
        }
    }

    /** The squared coefficient of variation of the sizes on both sides of a place, at least that of normal values. */
    private static double variation(double[] sizes, int cut) {
        int n = sizes.length;
        double sum = 0;
        for (int side = 0; side < 2; side++) {
            int from = side == 0 ? 0 : cut;
            int to = side == 0 ? cut : n;
            if (to - from < 2) {
                continue;
            }
            double[] part = Arrays.copyOfRange(sizes, from, to);
            double mean = Location.mean(part);
            double deviation = Spread.standardDeviation(part);
            sum += mean > 0 ? (to - from) * (deviation / mean) * (deviation / mean) : 0;
        }
        return Math.max(NORMAL, sum / n);
    }

    /** The factor by which the scatter of the mean of sizes grows because neighbours are alike: 1 when they are not. */
    private static double alike(double[] sizes, int cut) {
        double before = Location.mean(Arrays.copyOf(sizes, cut));
        double after = Location.mean(Arrays.copyOfRange(sizes, cut, sizes.length));
        double products = 0;
        double squares = 0;
        double previous = 0;
        for (int i = 0; i < sizes.length; i++) {
            double off = i < cut ? sizes[i] / before - 1 : sizes[i] / after - 1;
            products += off * previous;
            squares += off * off;
            previous = off;
        }
        double correlation = squares > 0 ? Math.max(0, Math.min(0.9, products / squares)) : 0;
        return (1 + correlation) / (1 - correlation);
    }

    private static Optional<Found> scan(double[] sizes, int edge, double variation) {
        int n = sizes.length;
        double total = 0;
        for (double size : sizes) {
            total += size;
        }
        double sum = 0;
        int best = -1;
        double largest = 0;
        for (int i = 0; i < n - edge; i++) {
            sum += sizes[i];
            int left = i + 1;
            if (left >= edge) {
                double before = sum / left;
                double after = (total - sum) / (n - left);
                if (!(before > 0 && after > 0)) {
                    continue;
                }
                double error = Math.sqrt(variation * (1.0 / left + 1.0 / (n - left)));
                double statistic = StrictMath.log(after / before) / error;
                if (Math.abs(statistic) > Math.abs(largest)) {
                    largest = statistic;
                    best = left;
                }
            }
        }
        return best < 0
                ? Optional.empty()
                : Optional.of(new Found(best, largest, probability(Math.abs(largest), (double) edge / n)));
    }

    /**
     * The place where the share of marked values changed most, by the difference of shares over its error; empty for
     * fewer than twice twelve values or where all or none are marked.
     */
    static Optional<Found> share(boolean[] marked) {
        int n = marked.length;
        int all = 0;
        for (boolean mark : marked) {
            all += mark ? 1 : 0;
        }
        if (n < 2 * FEWEST || all == 0 || all == n) {
            return Optional.empty();
        }
        double mean = (double) all / n;
        int edge = Math.max(FEWEST, (int) (TRIMMED * n));
        int seen = 0;
        int best = -1;
        double largest = 0;
        for (int i = 0; i < n - edge; i++) {
            seen += marked[i] ? 1 : 0;
            double left = i + 1.0;
            if (left >= edge) {
                double error = Math.sqrt(mean * (1 - mean) * (1 / left + 1 / (n - left)));
                double statistic = ((all - seen) / (n - left) - seen / left) / error;
                if (Math.abs(statistic) > Math.abs(largest)) {
                    largest = statistic;
                    best = i + 1;
                }
            }
        }
        return best < 0
                ? Optional.empty()
                : Optional.of(new Found(best, largest, probability(Math.abs(largest), (double) edge / n)));
    }

    /** The chance that a standardised bridge leaves {@code ±b} between the trimmed ends. */
    static double probability(double b, double edge) {
        double density = StrictMath.exp(-b * b / 2) / Math.sqrt(2 * Math.PI);
        double odds = (1 - edge) / edge;
        double chance = 4 * density / b + density * (b - 1 / b) * StrictMath.log(odds * odds);
        return b < 1.5 ? 1 : Math.min(1, chance);
    }
}
