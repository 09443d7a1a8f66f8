package dev.plumbline.ingest.input.summary;

import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds a summary from the statistics of a tool; an invalid or impossible number is left out. */
public final class StatedSummary {
    private static final double MOST = 1e15;

    private final double location;
    private long count;
    private OptionalDouble deviation = OptionalDouble.empty();
    private Optional<Interval> interval = Optional.empty();
    private final SortedMap<Double, Double> quantiles = new TreeMap<>();

    private StatedSummary(double location) {
        this.location = location;
    }

    /** A summary with this number as its location. */
    public static StatedSummary location(double location) {
        return new StatedSummary(location);
    }

    /** A summary of a number of values. */
    public StatedSummary count(double values) {
        count = values >= 0 && values < MOST ? (long) values : 0;
        return this;
    }

    public StatedSummary deviation(double standardDeviation) {
        boolean possible = standardDeviation >= 0 && Double.isFinite(standardDeviation);
        deviation = possible ? OptionalDouble.of(standardDeviation) : OptionalDouble.empty();
        return this;
    }

    public StatedSummary interval(double low, double high, double confidence) {
        boolean possible = low <= high && confidence > 0 && confidence < 1;
        interval = possible ? Optional.of(new Interval(low, high, confidence)) : Optional.empty();
        return this;
    }

    /** @param share 0 for the minimum, 0.5 for the median, 1 for the maximum; others are left out */
    public StatedSummary quantile(double share, double value) {
        if (share >= 0 && share <= 1 && Double.isFinite(value)) {
            quantiles.put(share, value);
        }
        return this;
    }

    /** The quantiles so far, by their shares. */
    SortedMap<Double, Double> quantiles() {
        return Collections.unmodifiableSortedMap(quantiles);
    }

    /** The summary; empty when its location is not a number. */
    public Optional<Sample> sample() {
        return Double.isFinite(location)
                ? Optional.of(new Sample.Summary(location, count, deviation, interval, quantiles))
                : Optional.empty();
    }
}
