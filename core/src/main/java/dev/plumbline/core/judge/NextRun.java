package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.KnownSteps;
import dev.plumbline.core.judge.trial.JudgedSuite;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the next run of a suite will be held against, and what it can detect. It is the trial of a run that is not
 * measured yet, made the way that {@link Judge} makes one: what is reported here is what the next check reports.
 */
public final class NextRun {
    private final List<Expected> expected;
    private final JudgedSuite suite;
    private final Map<SeriesKey, Integer> places = new HashMap<>();

    private final Predicate<SeriesKey> wanted;

    private NextRun(List<Expected> expected, JudgedSuite suite, Predicate<SeriesKey> wanted) {
        this.expected = List.copyOf(expected);
        this.suite = suite;
        this.wanted = wanted;
        for (int i = 0; i < expected.size(); i++) {
            places.put(expected.get(i).key(), i);
        }
    }

    private static NextRun of(List<Expected> expected) {
        return new NextRun(
                expected,
                JudgedSuite.of(expected.stream()
                        .map(Expected::trial)
                        .map(SeriesTrial::entry)
                        .toList()),
                key -> true);
    }

    /**
     * One series of the next run.
     *
     * @param key of the series that the run will extend; on another branch than the base another one than that of the
     *     history which it is judged against
     * @param trial of the newest value once more, for no finding of it depends on the value what can be detected
     */
    public record Expected(SeriesKey key, SeriesTrial trial) {
        public Expected {
            requireNonNull(key, "key");
            requireNonNull(trial, "trial");
        }
    }

    /**
     * The run that comes after those in question, with the same series.
     *
     * @param policies what each series is judged with
     */
    public static NextRun after(Snapshot snapshot, Policies policies) {
        return of(SnapshotTrials.next(snapshot, policies));
    }

    /**
     * The next run of histories that are judged as they are: all of each, nothing accepted, by one suite. Those without
     * a point are left out.
     *
     * @param policies what each series is judged with
     */
    public static NextRun after(List<Series> histories, Policies policies) {
        List<Series> known =
                histories.stream().filter(series -> !series.points().isEmpty()).toList();
        List<Series> moving = known.stream()
                .filter(series -> series.points().stream().anyMatch(point -> point.value() != 0))
                .toList();
        return of((moving.isEmpty() ? known : moving)
                .parallelStream()
                        .map(series -> new Expected(
                                series.key(),
                                new SeriesTrial(
                                        new Trial(series, List.of(newest(series)), List.of()),
                                        policies.of(series.key(), series.unit()))))
                        .toList());
    }

    /** The point that stands in for the one to come. */
    static Point newest(Series series) {
        return series.points().get(series.points().size() - 1).asJudgedGood();
    }

    /** The same, which reports some of its series only; all of them are its suite. */
    public NextRun only(Predicate<SeriesKey> keys) {
        return new NextRun(expected, suite, keys);
    }

    /** Its series that can be judged, in the order of the snapshot; those too young are part of the suite only. */
    public List<Expected> expected() {
        return expected.stream()
                .filter(one -> wanted.test(one.key) && one.trial.expectation().isPresent())
                .toList();
    }

    /** What all of its series say together. */
    public JudgedSuite suite() {
        return suite;
    }

    /** Where a series stands in the suite. */
    public int place(SeriesKey key) {
        return places.get(key);
    }

    /**
     * The smallest relative change for the worse that a number of runs of the next revision detects with 99 %
     * probability.
     *
     * @return empty where no size is known to be detected, where the history is too young, and for a series of which
     *     nothing is told
     */
    public OptionalDouble detectable(SeriesKey key, int runs) {
        Integer place = places.get(key);
        return place == null || !wanted.test(key)
                ? OptionalDouble.empty()
                : expected.get(place).trial.detectable(suite.of(place), suite.series(), runs);
    }

    /** The steps in the history of a series, as far as it was scanned for them. */
    public KnownSteps knownSteps(SeriesKey key) {
        Integer place = places.get(key);
        return place == null ? KnownSteps.NONE : expected.get(place).trial.knownSteps();
    }

    /** The same with one run, of all series that can be judged. */
    public Map<SeriesKey, OptionalDouble> detectable() {
        List<Expected> judged = expected();
        List<OptionalDouble> changes = IntStream.range(0, judged.size())
                .parallel()
                .mapToObj(i -> detectable(judged.get(i).key, 1))
                .toList();
        Map<SeriesKey, OptionalDouble> detectable = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            detectable.put(judged.get(i).key, changes.get(i));
        }
        return detectable;
    }
}
