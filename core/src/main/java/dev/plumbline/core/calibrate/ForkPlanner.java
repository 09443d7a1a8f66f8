package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.RunNoise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Plans the number of forks of a benchmark's runs that detects a change of a given size. The judge decides what is
 * detected: it is asked about the history as it would be if all its runs had been made with these forks, each value as
 * much nearer to its level as their noise is smaller.
 */
public final class ForkPlanner {
    /** The ratio to the noise that no number of forks removes, below which more forks are not worth it. */
    private static final double HARDLY_MORE = 1.05;

    private final List<Series> suite;
    private final Policies policies;

    /**
     * @param suite the series that are judged together, as the judge sees them
     * @param policies what each is judged with
     */
    public ForkPlanner(List<Series> suite, Policies policies) {
        this.suite = List.copyOf(suite);
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * The numbers of forks and iterations of a run.
     *
     * @param forks a mean where runs differ; above 0
     * @param iterations of each fork
     */
    public record Design(double forks, double iterations) {
        public Design {
            if (!(forks > 0 && iterations > 0)) {
                throw new IllegalArgumentException(forks + " forks of " + iterations + " iterations");
            }
        }
    }

    /**
     * A series whose runs are planned.
     *
     * @param noise of its runs so far
     * @param past how they were made
     */
    public record Known(SeriesKey key, RunNoise noise, Design past) {
        private double ratio(Design design) {
            double before = noise.deviation(past.forks, past.iterations);
            return before > 0 ? noise.deviation(design.forks, design.iterations) / before : 1;
        }

        /** Whether more forks would hardly make its noise smaller. */
        private boolean isExhausted(int forks, int iterations) {
            return noise.deviation(forks, iterations) <= HARDLY_MORE * noise.run();
        }
    }

    /**
     * The requested detectable size of one series.
     *
     * @param iterations of each fork
     * @param size the relative change that is to be detected
     * @param fewest forks
     * @param most forks
     */
    public record Wanted(Known known, int iterations, double size, int fewest, int most) {
        public Wanted {
            requireNonNull(known, "known");
            if (iterations < 1 || fewest < 1 || most < fewest || !(size > 0)) {
                throw new IllegalArgumentException(fewest + " to " + most + " forks of " + iterations
                        + " iterations that detect a change of " + size);
            }
        }
    }

    /**
     * The planned forks of one series.
     *
     * @param detectable the smallest relative change that such runs detect with 99 % probability; empty where no size
     *     is known to be detected
     * @param isEnough whether that is the size asked for; else more forks would hardly help, or are too many
     */
    public record Planned(int forks, int iterations, OptionalDouble detectable, boolean isEnough) {}

    /** The fewest forks for each series, in the order given. */
    public List<Planned> plan(List<Wanted> wanted) {
        Map<SeriesKey, Planned> done = new HashMap<>();
        Map<SeriesKey, Wanted> open = new HashMap<>();
        Map<SeriesKey, Integer> forks = new HashMap<>();
        for (Wanted one : wanted) {
            open.put(one.known.key, one);
            forks.put(one.known.key, one.fewest);
        }
        while (!open.isEmpty()) {
            Map<SeriesKey, Design> designs = new HashMap<>();
            wanted.forEach(one -> designs.put(one.known.key, new Design(forks.get(one.known.key), one.iterations)));
            // of the others it is known; their noise is that of the suite all the same
            Map<SeriesKey, OptionalDouble> detectable = next(
                            wanted.stream().map(Wanted::known).toList(), designs)
                    .only(open::containsKey)
                    .detectable();
            for (Wanted one : List.copyOf(open.values())) {
                SeriesKey key = one.known.key;
                int tried = forks.get(key);
                OptionalDouble change = detectable.getOrDefault(key, OptionalDouble.empty());
                boolean isEnough = change.isPresent() && change.getAsDouble() <= one.size;
                if (isEnough || tried == one.most || one.known.isExhausted(tried, one.iterations)) {
                    done.put(key, new Planned(tried, one.iterations, change, isEnough));
                    open.remove(key);
                } else {
                    forks.put(key, Math.min(one.most, tried + Math.max(1, tried / 4)));
                }
            }
        }
        return wanted.stream().map(one -> done.get(one.known.key)).toList();
    }

    /**
     * The minimum detectable changes of runs with given designs.
     *
     * @param designs of the known series, by their keys; without one a series is as it was
     * @return the smallest relative change that one more run detects with 99 % probability, of every series with enough
     *     runs
     */
    public Map<SeriesKey, OptionalDouble> detectable(Collection<Known> known, Map<SeriesKey, Design> designs) {
        return next(known, designs).detectable();
    }

    private NextRun next(Collection<Known> known, Map<SeriesKey, Design> designs) {
        Map<SeriesKey, Double> ratios = new HashMap<>();
        for (Known one : known) {
            Design design = designs.get(one.key);
            if (design != null) {
                ratios.put(one.key, one.ratio(design));
            }
        }
        List<Series> histories = suite.stream()
                .map(series -> scaled(series, ratios.getOrDefault(series.key(), 1.0)))
                .toList();
        return NextRun.after(histories, policies);
    }

    /** The series with the deviations of all values from their levels scaled by a ratio. */
    private Series scaled(Series series, double ratio) {
        List<Point> points = series.points();
        if (ratio == 1 || points.isEmpty()) {
            return series;
        }
        double[] values = series.values();
        double margin = policies.of(series.key(), series.unit()).margin();
        List<Point> scaled = new ArrayList<>();
        for (double[] regime : Expectation.regimes(values, SegmentedSeries.steps(values, margin))) {
            double level = Location.median(regime);
            for (double value : regime) {
                Point point = points.get(scaled.size());
                double moved = level > 0 && value > 0
                        ? level * Math.pow(value / level, ratio)
                        : level + ratio * (value - level);
                scaled.add(new Point(
                        point.run(),
                        Math.min(Double.MAX_VALUE, moved),
                        point.groupCount(),
                        point.groupDeviation(),
                        point.judgedBad()));
            }
        }
        return series.withPoints(scaled);
    }
}
