package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Proportion;
import dev.plumbline.core.stats.Spread;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A limit that asks neither how noisy a series is nor how many there are: the mean of the newest earlier runs and a
 * fixed share of it, or so many of their standard deviations. How often it is wrong follows from the noise and is
 * nobody's choice.
 *
 * @param kind what the amount is of
 * @param amount above zero: 0.05 is 5 per cent of the mean, or 3 standard deviations
 * @param runs of the base at most, the newest; at least {@value #FEWEST}
 */
public record FixedRule(Kind kind, double amount, int runs) {
    /** The fewest runs that have a standard deviation worth the name. */
    public static final int FEWEST = 3;

    /** What a limit is a multiple of. */
    public enum Kind {
        /** The mean. */
        SHARE,
        /** The standard deviation. */
        DEVIATIONS
    }

    public FixedRule {
        requireNonNull(kind, "kind");
        if (!(amount > 0) || Double.isInfinite(amount)) {
            throw new IllegalArgumentException("a fixed limit is above zero, not " + amount);
        }
        if (runs < FEWEST) {
            throw new IllegalArgumentException("a fixed limit stands on " + FEWEST + " runs at least, not " + runs);
        }
    }

    /**
     * By how much a value is worse than the mean of the runs before it, relative, where that is beyond the limit.
     *
     * @param before the earlier values, oldest first
     * @return empty where it is not, where there are fewer than {@value #FEWEST} of them, and where their mean is zero
     */
    public OptionalDouble beyond(double[] before, double value, Better better) {
        if (before.length < FEWEST) {
            return OptionalDouble.empty();
        }
        double[] base = Arrays.copyOfRange(before, Math.max(0, before.length - runs), before.length);
        double mean = Location.mean(base);
        double worse = better == Better.LOWER ? value - mean : mean - value;
        double limit =
                switch (kind) {
                    case SHARE -> amount * Math.abs(mean);
                    case DEVIATIONS -> amount * Spread.standardDeviation(base);
                };
        return mean != 0 && worse > limit ? OptionalDouble.of(value / mean - 1) : OptionalDouble.empty();
    }

    /**
     * How many healthy runs of a suite the limit would have failed: those that no check judged bad, each against the
     * runs before it.
     *
     * @param suite the histories, of one environment and branch
     * @return of the runs that could be asked; none where all histories are too short
     */
    public Proportion falseAlarms(List<Series> suite) {
        Set<String> asked = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (Series series : suite) {
            List<Point> healthy =
                    series.points().stream().filter(point -> !point.judgedBad()).toList();
            double[] values = healthy.stream().mapToDouble(Point::value).toArray();
            for (int i = FEWEST; i < values.length; i++) {
                String run = healthy.get(i).run().id();
                asked.add(run);
                double[] before = Arrays.copyOfRange(values, Math.max(0, i - runs), i);
                if (beyond(before, values[i], series.better()).isPresent()) {
                    failed.add(run);
                }
            }
        }
        return new Proportion(failed.size(), asked.size());
    }

    /** The same of a finding and the history that it tells. */
    public OptionalDouble beyond(Finding finding) {
        List<Double> history = finding.history();
        return finding.candidate().isEmpty()
                ? OptionalDouble.empty()
                : beyond(
                        history.stream().mapToDouble(Double::doubleValue).toArray(),
                        finding.candidate().getAsDouble(),
                        finding.better());
    }
}
