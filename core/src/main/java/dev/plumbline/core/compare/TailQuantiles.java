package dev.plumbline.core.compare;

import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One percentile of every process of both sides, in the metric's unit.
 *
 * @param percentile which
 * @param base one number a process
 * @param candidate the same for the candidate
 * @param fewestExecutions how many executions the process with the fewest has; empty where a tool does not give it
 * @param resolution the typical relative distance of the percentile to the next recorded value below; 0 where unknown
 * @param arms the same for the test
 */
record TailQuantiles(
        Percentile percentile,
        double[] base,
        double[] candidate,
        OptionalLong fewestExecutions,
        double resolution,
        Arms arms) {
    /** The number of executions of a process beyond a percentile that makes it known. */
    static final int BEYOND = 5;

    /** Raw values of fewer executions have no tail that is worth a question. */
    private static final int ASKED_FROM = 20;

    boolean isEnough() {
        return fewestExecutions.isEmpty() || fewestExecutions.getAsLong() >= percentile.executionsNeeded();
    }

    /** The percentiles of a pair, from the median outwards; none where its samples have no single executions. */
    static List<TailQuantiles> of(Pair pair) {
        double factor = pair.baseUnit().factor() / pair.metric().unit().factor();
        List<Sample> both = new ArrayList<>(pair.base());
        both.addAll(pair.candidate());
        List<TailQuantiles> found = new ArrayList<>();
        if (both.stream().allMatch(Sample.Summary.class::isInstance)) {
            for (Percentile percentile : Percentile.values()) {
                stated(pair, percentile, factor).ifPresent(found::add);
            }
        } else if (both.stream().allMatch(TailQuantiles::isOfExecutions)) {
            boolean allRaw = both.stream().allMatch(Sample.Values.class::isInstance);
            boolean anyRaw = both.stream().anyMatch(Sample.Values.class::isInstance);
            List<Histogram> base = histograms(pair.base(), factor);
            List<Histogram> candidate = histograms(pair.candidate(), 1);
            double fewest = Math.min(fewest(base), fewest(candidate));
            for (Percentile percentile : Percentile.values()) {
                boolean asked =
                        switch (percentile) {
                            // the level of raw executions is their median already
                            case MEDIAN -> !allRaw && (!anyRaw || fewest >= ASKED_FROM);
                            case NINETIETH, NINETY_NINTH -> !anyRaw || fewest >= ASKED_FROM;
                            case NINETY_NINE_POINT_NINTH -> fewest >= percentile.executionsNeeded();
                        };
                if (asked) {
                    List<double[]> values = Histogram.comparableQuantiles(base, candidate, percentile.share());
                    found.add(new TailQuantiles(
                            percentile,
                            values.get(0),
                            values.get(1),
                            OptionalLong.of((long) fewest),
                            resolution(base, candidate, percentile),
                            Arms.ofQuantiles(base, candidate, percentile.share())));
                }
            }
        }
        return found;
    }

    private static boolean isOfExecutions(Sample sample) {
        return sample instanceof Sample.Histogram
                || sample instanceof Sample.Values values && values.center() == Sample.Center.MEDIAN;
    }

    private static List<Histogram> histograms(List<Sample> samples, double factor) {
        List<Histogram> histograms = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample instanceof Sample.Histogram histogram) {
                for (Sample.Histogram.Bins bins : histogram.groups()) {
                    histograms.add(Histogram.of(
                            scaled(bins.values(), factor),
                            Arrays.stream(bins.counts()).asDoubleStream().toArray()));
                }
            } else if (sample instanceof Sample.Values values) {
                for (int i = 0; i < values.groupCount(); i++) {
                    histograms.add(Histogram.of(scaled(values.group(i), factor)));
                }
            }
        }
        return histograms;
    }

    private static double[] scaled(double[] values, double factor) {
        if (factor != 1) {
            Arrays.setAll(values, i -> values[i] * factor);
        }
        return values;
    }

    private static double fewest(List<Histogram> side) {
        return side.stream().mapToDouble(Histogram::total).min().orElseThrow();
    }

    /** The median over processes, as a single one may have a gap there by chance. */
    private static double resolution(List<Histogram> base, List<Histogram> candidate, Percentile percentile) {
        List<Histogram> all = new ArrayList<>(base);
        all.addAll(candidate);
        double[] steps = all.stream()
                .mapToDouble(process -> {
                    double quantile = process.quantile(percentile.share());
                    double below = process.below(quantile);
                    return quantile == 0 || below == Double.NEGATIVE_INFINITY
                            ? 0
                            : Math.min(Double.MAX_VALUE, (quantile - below) / Math.abs(quantile));
                })
                .sorted()
                .toArray();
        return steps[steps.length / 2];
    }

    /** Percentiles that a tool states for each of its runs. */
    private static Optional<TailQuantiles> stated(Pair pair, Percentile percentile, double factor) {
        List<Sample.Summary> base = summaries(pair.base());
        List<Sample.Summary> candidate = summaries(pair.candidate());
        List<Sample.Summary> both = new ArrayList<>(base);
        both.addAll(candidate);
        Double share = percentile.share();
        boolean allState = both.stream().allMatch(summary -> summary.quantiles().containsKey(share));
        if (!allState || both.stream().allMatch(summary -> summary.quantiles().get(share) == summary.location())) {
            return Optional.empty();
        }
        boolean counted = both.stream().allMatch(summary -> summary.count() > 0);
        OptionalLong fewest = counted
                ? OptionalLong.of(
                        both.stream().mapToLong(Sample.Summary::count).min().orElseThrow())
                : OptionalLong.empty();
        if (percentile == Percentile.NINETY_NINE_POINT_NINTH
                && fewest.isPresent()
                && fewest.getAsLong() < percentile.executionsNeeded()) {
            return Optional.empty();
        }
        double[] before = base.stream()
                .mapToDouble(summary -> summary.quantiles().get(share))
                .toArray();
        double[] after = candidate.stream()
                .mapToDouble(summary -> summary.quantiles().get(share))
                .toArray();
        double[] inUnit = scaled(before, factor);
        return Optional.of(
                new TailQuantiles(percentile, inUnit, after, fewest, 0, Arms.ofForks(inUnit.clone(), after.clone())));
    }

    private static List<Sample.Summary> summaries(List<Sample> samples) {
        return samples.stream().map(Sample.Summary.class::cast).toList();
    }
}
