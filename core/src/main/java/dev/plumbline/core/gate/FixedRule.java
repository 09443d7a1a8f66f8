package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A limit that ignores the noise and the number of series: a fixed share of the mean of the newest earlier runs, or a
 * number of their standard deviations. Its error rate follows from the noise and is not chosen.
 *
 * @param kind what the amount is of
 * @param amount above zero: 0.05 is 5 per cent of the mean, or 3 standard deviations
 * @param runs of the base at most, the newest; at least {@value #FEWEST}
 */
public record FixedRule(Kind kind, double amount, int runs) {
    /** The fewest runs that have a standard deviation worth the name. */
    public static final int FEWEST = 3;

    /** The bases of a limit. */
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
            throw new IllegalArgumentException("a fixed limit needs at least " + FEWEST + " runs, not " + runs);
        }
    }

    /**
     * By how much a value is worse than the mean of the runs before it, relative, where that is beyond the limit.
     *
     * @param before the earlier values, oldest first
     * @return empty where it is not, where there are fewer than {@value #FEWEST} of them, and where their mean is zero
     */
    public OptionalDouble beyond(double[] before, double value, Better better) {
        return Base.of(before, before.length, this)
                .filter(base -> base.isBeyond(value, better))
                .map(base -> OptionalDouble.of(value / base.mean - 1))
                .orElseGet(OptionalDouble::empty);
    }

    /**
     * The reference of a limit.
     *
     * @param mean of the runs, not zero
     * @param most by how much a value may be worse
     */
    private record Base(double mean, double most) {
        /** The base from the newest of the first values, as many as the rule takes. */
        static Optional<Base> of(double[] values, int end, FixedRule rule) {
            if (end < FEWEST) {
                return Optional.empty();
            }
            double[] base = Arrays.copyOfRange(values, Math.max(0, end - rule.runs), end);
            double mean = Location.mean(base);
            double most =
                    switch (rule.kind) {
                        case SHARE -> rule.amount * Math.abs(mean);
                        case DEVIATIONS -> rule.amount * Spread.standardDeviation(base);
                    };
            return mean == 0 ? Optional.empty() : Optional.of(new Base(mean, most));
        }

        boolean isBeyond(double value, Better better) {
            return (better == Better.LOWER ? value - mean : mean - value) > most;
        }
    }

    /**
     * The error rates of a limit on the history of a suite.
     *
     * @param alarms of the healthy runs, those that no check judged bad, how many the limit would have failed, each
     *     against the runs before it; none where all histories are too short
     * @param found of the regressions that were put into these runs, one metric of one run at a time, how many the
     *     limit would have found
     */
    public record Replayed(Proportion alarms, Proportion found) {
        public Replayed {
            requireNonNull(alarms, "alarms");
            requireNonNull(found, "found");
        }
    }

    /**
     * Replays the history of a suite.
     *
     * @param suite the histories, of one environment and branch
     * @param planted the relative size of the regressions that are put in, above zero
     */
    public Replayed replay(List<Series> suite, double planted) {
        Set<String> asked = new HashSet<>();
        Set<String> failed = new HashSet<>();
        int tried = 0;
        int found = 0;
        for (Series series : suite) {
            List<Point> healthy =
                    series.points().stream().filter(point -> !point.judgedBad()).toList();
            double[] values = healthy.stream().mapToDouble(Point::value).toArray();
            double worse = series.better() == Better.LOWER ? 1 + planted : 1 - planted;
            for (int i = FEWEST; i < values.length; i++) {
                String run = healthy.get(i).run().id();
                asked.add(run);
                Optional<Base> base = Base.of(values, i, this);
                if (base.isPresent()) {
                    if (base.get().isBeyond(values[i], series.better())) {
                        failed.add(run);
                    }
                    tried++;
                    found += base.get().isBeyond(values[i] * worse, series.better()) ? 1 : 0;
                }
            }
        }
        return new Replayed(new Proportion(failed.size(), asked.size()), new Proportion(found, tried));
    }

    /** The same for a finding and the history that it has. */
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
