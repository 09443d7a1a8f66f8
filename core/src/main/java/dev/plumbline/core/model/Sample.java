package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.WarmUp;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measurement of one metric of one benchmark by one run, as fully as the tool reported it.
 *
 * <p>Values inside a group come from one process (a JMH fork, one start of a program) and are not independent of each
 * other; groups are. The grouping is kept because every valid interval depends on it.
 */
public sealed interface Sample {

    /** The one number that represents the sample in a history. */
    double location();

    /** The number of independent groups; 1 when the tool gives only a summary. */
    int groupCount();

    /** The number that represents each group; one element, the location, when the tool gives only a summary. */
    double[] groupLocations();

    /** The sample without the {@linkplain WarmUp warm-up} of its averages, as used in a history. */
    default Sample steady(Better better) {
        return this;
    }

    /** The number that represents a group of values. */
    enum Center {
        /** For values that all count, such as the requests of a load test. */
        MEAN,
        /** For single executions, where a rare slow one is not a property of the program. */
        MEDIAN,
        /**
         * For averages of many executions, such as JMH's iterations: one disturbed fork is not a property of the
         * program, and would fully affect a mean.
         *
         * @see Location#pseudomedian
         */
        PSEUDOMEDIAN;

        double of(double[] values) {
            return switch (this) {
                case MEAN -> mean(values);
                case MEDIAN -> median(values);
                case PSEUDOMEDIAN -> Location.pseudomedian(values);
            };
        }

        private static double mean(double[] values) {
            double sum = 0;
            double divided = 0;
            for (double value : values) {
                sum += value;
                divided += value / values.length;
            }
            // the sum of whole numbers is exact, so that equal counters have that counter as their mean; only where it
            // overflows each value is divided first
            return Double.isFinite(sum)
                    ? sum / values.length
                    : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, divided));
        }

        private static double median(double[] values) {
            if (values.length == 1) {
                return values[0];
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : mean(new double[] {sorted[half - 1], sorted[half]});
        }
    }

    /** Raw values, grouped. */
    final class Values implements Sample {
        private final double[][] groups;
        private final Center center;

        private Values(double[][] groups, Center center) {
            this.groups = groups;
            this.center = center;
        }

        /**
         * Raw values in their groups.
         *
         * @throws IllegalArgumentException if there is no group, a group is empty, or a value is not finite
         */
        public static Values of(Center center, List<double[]> groups) {
            requireNonNull(center, "center");
            if (groups.isEmpty()) {
                throw new IllegalArgumentException("a sample has at least one value");
            }
            double[][] copy = new double[groups.size()][];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = checked(groups.get(i));
            }
            return new Values(copy, center);
        }

        /** Raw values of a single process. */
        public static Values of(Center center, double... values) {
            return of(center, List.of(values));
        }

        private static double[] checked(double[] values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("a sample has at least one value");
            }
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("a measured value is a finite number, not " + value);
                }
            }
            return values.clone();
        }

        public Center center() {
            return center;
        }

        /** The values of group {@code index}, in the order they were measured. */
        public double[] group(int index) {
            return groups[index].clone();
        }

        /** The number of raw values in all groups. */
        public int size() {
            int size = 0;
            for (double[] group : groups) {
                size += group.length;
            }
            return size;
        }

        /**
         * The distance of the first values of the groups from the later ones, relative to these, if they are excluded
         * as warm-up that reached into the measurement; empty in all other cases.
         */
        public OptionalDouble warmUp(Better better) {
            return center == Center.PSEUDOMEDIAN
                    ? WarmUp.ofFirst(List.of(groups), better.isWorse(1))
                    : OptionalDouble.empty();
        }

        @Override
        public Values steady(Better better) {
            List<double[]> all = List.of(groups);
            List<double[]> kept = center == Center.PSEUDOMEDIAN ? WarmUp.without(all, better.isWorse(1)) : all;
            return kept == all ? this : of(center, kept);
        }

        /** The center of all values together; for the mean this is the tool's own score. */
        @Override
        public double location() {
            if (groups.length == 1) {
                return center.of(groups[0]);
            }
            double[] all = new double[size()];
            int at = 0;
            for (double[] group : groups) {
                System.arraycopy(group, 0, all, at, group.length);
                at += group.length;
            }
            return center.of(all);
        }

        @Override
        public int groupCount() {
            return groups.length;
        }

        @Override
        public double[] groupLocations() {
            return Arrays.stream(groups).mapToDouble(center::of).toArray();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Values that && center == that.center && Arrays.deepEquals(groups, that.groups);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.deepHashCode(groups) + center.hashCode();
        }

        @Override
        public String toString() {
            return "Values[" + center + ", " + Arrays.deepToString(groups) + "]";
        }
    }

    /** Counted values, grouped, from JMH's sampling mode and latency histograms. */
    final class Histogram implements Sample {
        private final List<Bins> groups;

        private Histogram(List<Bins> groups) {
            this.groups = groups;
        }

        /**
         * One group's distinct values and how often each was seen.
         *
         * <p>Use {@link #values()} and {@link #counts()}; both give copies.
         */
        public static final class Bins {
            private final double[] values;
            private final long[] counts;

            /**
             * @throws IllegalArgumentException if the lengths differ, nothing was counted, a value is not finite or
             *     not greater than the one before, a count is not positive, or there are more counts than a long holds
             */
            public Bins(double[] values, long[] counts) {
                if (values.length != counts.length || values.length == 0) {
                    throw new IllegalArgumentException(
                            values.length + " values with " + counts.length + " counts are not a histogram");
                }
                long total = 0;
                for (int i = 0; i < values.length; i++) {
                    if (!Double.isFinite(values[i]) || (i > 0 && !(values[i] > values[i - 1]))) {
                        throw new IllegalArgumentException(
                                "the values of a histogram are finite and rise; value " + i + " is " + values[i]);
                    }
                    if (counts[i] <= 0) {
                        throw new IllegalArgumentException(
                                "the counts of a histogram are positive; count " + i + " is " + counts[i]);
                    }
                    if (counts[i] > Long.MAX_VALUE - total) {
                        throw new IllegalArgumentException("a histogram counts up to " + Long.MAX_VALUE
                                + "; with count " + i + ", " + counts[i] + ", it is more");
                    }
                    total += counts[i];
                }
                this.values = values.clone();
                this.counts = counts.clone();
            }

            public double[] values() {
                return values.clone();
            }

            public long[] counts() {
                return counts.clone();
            }

            /** The number of counted executions. */
            public long total() {
                return Arrays.stream(counts).sum();
            }

            double mean() {
                double total = total();
                double mean = 0;
                for (int i = 0; i < values.length; i++) {
                    mean += values[i] * (counts[i] / total);
                }
                return mean;
            }

            /** The smallest value that at least the given share of all executions do not exceed. */
            public double quantile(double share) {
                double rank = share * total();
                long seen = 0;
                for (int i = 0; i < values.length; i++) {
                    seen += counts[i];
                    if (seen >= rank) {
                        return values[i];
                    }
                }
                return values[values.length - 1];
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Bins that
                        && Arrays.equals(values, that.values)
                        && Arrays.equals(counts, that.counts);
            }

            @Override
            public int hashCode() {
                return 31 * Arrays.hashCode(values) + Arrays.hashCode(counts);
            }

            @Override
            public String toString() {
                return values.length + " bins, " + total() + " counts";
            }
        }

        /**
         * The histogram of these groups, in their order.
         *
         * @throws IllegalArgumentException if there is no group
         */
        public static Histogram of(List<Bins> groups) {
            if (groups.isEmpty()) {
                throw new IllegalArgumentException("a histogram has at least one group");
            }
            return new Histogram(List.copyOf(groups));
        }

        public List<Bins> groups() {
            return groups;
        }

        /** The mean of all executions. */
        @Override
        public double location() {
            double total = groups.stream().mapToDouble(Bins::total).sum();
            return groups.stream()
                    .mapToDouble(bins -> bins.mean() * (bins.total() / total))
                    .sum();
        }

        @Override
        public int groupCount() {
            return groups.size();
        }

        @Override
        public double[] groupLocations() {
            return groups.stream().mapToDouble(Bins::mean).toArray();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Histogram that && groups.equals(that.groups);
        }

        @Override
        public int hashCode() {
            return groups.hashCode();
        }

        @Override
        public String toString() {
            return "Histogram" + groups;
        }
    }

    /**
     * A tool's summary without the values.
     *
     * @param location the tool's own number: its mean, its median or its only value; finite
     * @param count the number of its values; 0 if the tool does not report it
     * @param standardDeviation of the values, not of their mean; not negative
     * @param interval the tool's own interval for the location
     * @param quantiles share (0 to 1) to value; 0 is the minimum, 0.5 the median, 1 the maximum
     */
    record Summary(
            double location,
            long count,
            OptionalDouble standardDeviation,
            Optional<Interval> interval,
            SortedMap<Double, Double> quantiles)
            implements Sample {
        public Summary {
            if (!Double.isFinite(location)) {
                throw new IllegalArgumentException("a measured value is a finite number, not " + location);
            }
            if (count < 0) {
                throw new IllegalArgumentException("a count is not negative: " + count);
            }
            double deviation = standardDeviation.orElse(0);
            if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a standard deviation is finite and not negative: " + deviation);
            }
            requireNonNull(interval, "interval");
            for (Map.Entry<Double, Double> quantile : quantiles.entrySet()) {
                double share = quantile.getKey();
                if (!(share >= 0 && share <= 1) || !Double.isFinite(quantile.getValue())) {
                    throw new IllegalArgumentException("not a quantile: " + share + " is " + quantile.getValue());
                }
            }
            quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
        }

        /**
         * The share of trials with a hit, in percent: the mean of a hundred for each hit and nothing for each other
         * trial.
         *
         * @param hits from 0 to {@code trials}; a tool may round them
         * @param trials at least 1
         * @throws IllegalArgumentException if there are fewer trials than hits, or none
         */
        public static Summary share(double hits, long trials) {
            if (trials < 1 || !(hits >= 0 && hits <= trials)) {
                throw new IllegalArgumentException(hits + " of " + trials + " trials");
            }
            double percent = 100 * hits / trials;
            return new Summary(
                    percent,
                    trials,
                    OptionalDouble.of(deviationOfShare(percent)),
                    Optional.empty(),
                    Collections.emptySortedMap());
        }

        private static double deviationOfShare(double percent) {
            return Math.sqrt(percent * (100 - percent));
        }

        /** Whether it is the {@linkplain #share share} of a known number of trials, by its standard deviation. */
        public boolean isShare() {
            return count > 0
                    && location >= 0
                    && location <= 100
                    && standardDeviation.isPresent()
                    && standardDeviation.getAsDouble() == deviationOfShare(location);
        }

        /** A bare number. */
        public static Summary of(double location) {
            return new Summary(location, 0, OptionalDouble.empty(), Optional.empty(), Collections.emptySortedMap());
        }

        @Override
        public int groupCount() {
            return 1;
        }

        @Override
        public double[] groupLocations() {
            return new double[] {location};
        }
    }
}
