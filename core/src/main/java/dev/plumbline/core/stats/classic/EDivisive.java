package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * E-divisive: hierarchical bisection by the energy statistic with a permutation test (Matteson and James 2014), on a line
 * with exponent 1.
 *
 * <p>Finds changes of the distribution, not only of the level. All splits of a segment are evaluated in O(n log n) time and
 * O(n) memory. The best split over all segments is tested against random orders of the values inside every segment, and
 * kept while {@code (1 + orders at least as extreme) / (1 + orders)} is at most the significance.
 *
 * <p>The test supposes independent values: autocorrelated ones give many false changes. Fewer than two minimum segments
 * and constant series have no changes.
 */
public final class EDivisive {
    private EDivisive() {}

    /**
     * How the splits are tested.
     *
     * @param permutations random orders for each test; so many that the significance can be reached
     * @param significance largest p-value of a change
     * @param minimumSegment least number of values between two changes and at both ends
     * @param seed of the random orders
     */
    public record Settings(int permutations, double significance, int minimumSegment, long seed) {
        /** 199 orders, 5 %, two values, seed 0. */
        public static final Settings DEFAULT = new Settings(199, 0.05, 2, 0);

        /** Checks the ranges. */
        public Settings {
            if (!(significance > 0 && significance < 1)) {
                throw new IllegalArgumentException("significance must lie between 0 and 1: " + significance);
            }
            if (permutations < 1 || 1 > significance * (permutations + 1.0)) {
                throw new IllegalArgumentException("with " + permutations + " permutations no p-value is as small as "
                        + significance + "; at least " + (long) Math.ceil(1 / significance - 1) + " are needed");
            }
            if (minimumSegment < 1) {
                throw new IllegalArgumentException("a segment has at least one value, not " + minimumSegment);
            }
        }
    }

    /**
     * The energy statistics of all splits of the whole series, in the unit of the values: element i is that of the split
     * before value i + 1.
     *
     * @param values finite; none or one gives an empty array
     */
    public static double[] statistics(double[] values) {
        Scaled scaled = Scaled.of(values);
        if (values.length < 2) {
            return new double[0];
        }
        double[] statistics = new EnergySegment(scaled.values(), 0, values.length, 1).statistics();
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] = scaled.original(statistics[i]);
        }
        return statistics;
    }

    /** The changes of a series with the default settings. */
    public static Changes analyze(double[] values) {
        return analyze(values, Settings.DEFAULT);
    }

    /**
     * The changes of a series, each with the p-value it had when it was found.
     *
     * @throws IllegalArgumentException naming the index of a value that is NaN or infinite
     */
    public static Changes analyze(double[] values, Settings settings) {
        requireNonNull(settings, "settings");
        Scaled scaled = Scaled.of(values);
        if (values.length / 2 < settings.minimumSegment) {
            return new Changes(values.length, List.of());
        }
        List<EnergySegment> segments = new ArrayList<>();
        segments.add(new EnergySegment(scaled.values(), 0, values.length, settings.minimumSegment));
        List<Found> found = new ArrayList<>();
        while (true) {
            int best = best(segments);
            EnergySegment segment = segments.get(best);
            if (!(segment.statistic() > segment.tie())) {
                break;
            }
            int extreme = extremeOrders(segments, segment, found.size(), settings);
            double pValue = (1.0 + extreme) / (1.0 + settings.permutations);
            if (pValue > settings.significance) {
                break;
            }
            found.add(new Found(segment.split(), scaled.original(segment.statistic()), pValue));
            segments.set(
                    best, new EnergySegment(scaled.values(), segment.from(), segment.split(), settings.minimumSegment));
            segments.add(
                    best + 1,
                    new EnergySegment(scaled.values(), segment.split(), segment.to(), settings.minimumSegment));
        }
        return changes(values, found);
    }

    private static int best(List<EnergySegment> segments) {
        int best = 0;
        for (int i = 1; i < segments.size(); i++) {
            EnergySegment segment = segments.get(i);
            if (segment.statistic() > segments.get(best).statistic() + segment.tie()) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The number of orders in which some split of some segment is as extreme as the best split of {@code candidate}.
     *
     * <p>Counting ends when the candidate can no longer be significant, whose p-value nobody sees; and an order ends at
     * its first extreme split. Neither changes a result.
     */
    private static int extremeOrders(
            List<EnergySegment> segments, EnergySegment candidate, int test, Settings settings) {
        List<EnergySegment> splittable =
                segments.stream().filter(EnergySegment::isSplittable).toList();
        int[][] orders = splittable.stream()
                .map(segment -> new int[segment.ranks().length])
                .toArray(int[][]::new);
        double limit = candidate.statistic() - candidate.tie();
        int extreme = 0;
        for (int draw = 0; draw < settings.permutations; draw++) {
            Shuffle shuffle = new Shuffle(settings.seed, test, draw);
            for (int i = 0; i < orders.length; i++) {
                EnergySegment segment = splittable.get(i);
                shuffle.copy(segment.ranks(), orders[i]);
                if (segment.reaches(limit, orders[i])) {
                    extreme++;
                    break;
                }
            }
            if ((1.0 + extreme) / (1.0 + settings.permutations) > settings.significance) {
                break;
            }
        }
        return extreme;
    }

    /** A split that was kept. */
    private record Found(int index, double statistic, double pValue) {}

    private static Changes changes(double[] values, List<Found> found) {
        List<Found> ordered = found.stream()
                .sorted((a, b) -> Integer.compare(a.index, b.index))
                .toList();
        List<ChangePoint> points = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Found split = ordered.get(i);
            int from = i == 0 ? 0 : ordered.get(i - 1).index;
            int to = i + 1 == ordered.size() ? values.length : ordered.get(i + 1).index;
            points.add(new ChangePoint(
                    split.index,
                    split.statistic,
                    split.pValue,
                    Location.mean(Arrays.copyOfRange(values, from, split.index)),
                    Location.mean(Arrays.copyOfRange(values, split.index, to))));
        }
        return new Changes(values.length, points);
    }
}
