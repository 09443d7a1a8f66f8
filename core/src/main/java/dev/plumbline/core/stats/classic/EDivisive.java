package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * E-divisive: hierarchical bisection by the energy statistic with a permutation test (Matteson and James 2014), on a
 * line with exponent 1.
 *
 * <p>Finds changes of the distribution, not only of the level. All splits of a segment are evaluated in O(n log n)
 * time and O(n) memory. The best split over all segments is tested against random orders of the values inside every
 * segment, and kept while {@code (1 + orders at least as extreme) / (1 + orders)} is at most the significance. A
 * segment keeps its random orders from test to test, so that each test draws new ones for the two newest segments
 * only; it stores one number for each.
 *
 * <p>The test supposes independent values: autocorrelated ones give many false changes. Fewer than two minimum segments
 * and constant series have no changes.
 */
public final class EDivisive {
    private EDivisive() {}

    /**
     * The settings of the split test.
     *
     * @param permutations random orders for each test; enough to reach the significance
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
     * The energy statistics of all splits of the whole series, in the unit of the values: element i is that of the
     * split before value i + 1.
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
        List<Segment> segments = new ArrayList<>();
        segments.add(new Segment(scaled.values(), 0, values.length, settings));
        List<Found> found = new ArrayList<>();
        while (true) {
            int best = best(segments);
            EnergySegment energy = segments.get(best).energy;
            if (!(energy.statistic() > energy.tie())) {
                break;
            }
            int extreme = extremeOrders(segments, energy.statistic() - energy.tie(), settings);
            double pValue = (1.0 + extreme) / (1.0 + settings.permutations);
            if (pValue > settings.significance) {
                break;
            }
            found.add(new Found(energy.split(), scaled.original(energy.statistic()), pValue));
            segments.set(best, new Segment(scaled.values(), energy.from(), energy.split(), settings));
            segments.add(best + 1, new Segment(scaled.values(), energy.split(), energy.to(), settings));
        }
        return changes(values, found);
    }

    private static int best(List<Segment> segments) {
        int best = 0;
        for (int i = 1; i < segments.size(); i++) {
            EnergySegment energy = segments.get(i).energy;
            if (energy.statistic() > segments.get(best).energy.statistic() + energy.tie()) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The number of orders in which some split of some segment reaches {@code limit}.
     *
     * <p>Counting ends when the candidate can no longer be significant, whose p-value is not needed: no result changes.
     */
    private static int extremeOrders(List<Segment> segments, double limit, Settings settings) {
        int extreme = 0;
        for (int draw = 0; draw < settings.permutations; draw++) {
            for (Segment segment : segments) {
                if (segment.largest(draw) >= limit) {
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

    /** A segment with the largest statistics of its random orders, which later tests use again. */
    private static final class Segment {
        private final EnergySegment energy;
        private final long seed;
        private final int[] order;
        /** NaN until it is asked for. */
        private final double[] largest;

        Segment(double[] values, int from, int to, Settings settings) {
            this.energy = new EnergySegment(values, from, to, settings.minimumSegment);
            this.seed = settings.seed;
            this.order = new int[to - from];
            this.largest = new double[settings.permutations];
            Arrays.fill(largest, to - from < 2 * settings.minimumSegment ? Double.NEGATIVE_INFINITY : Double.NaN);
        }

        double largest(int draw) {
            if (Double.isNaN(largest[draw])) {
                new Shuffle(seed, energy.from(), energy.to(), draw).copy(energy.ranks(), order);
                largest[draw] = energy.largest(order);
            }
            return largest[draw];
        }
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
