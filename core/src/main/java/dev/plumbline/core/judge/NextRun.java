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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The reference of the next run of a suite, and its minimum detectable change. It is the trial of a run that is not
 * measured yet, made the way that {@link Judge} makes one: what is reported here is what the next check reports.
 */
public final class NextRun {
    private final List<Expected> expected;
    private final JudgedSuite suite;
    private final JudgedSuite second;
    private final Set<Integer> further;
    private final Map<SeriesKey, Integer> places = new HashMap<>();

    private final Predicate<SeriesKey> wanted;

    private NextRun(
            List<Expected> expected,
            JudgedSuite suite,
            JudgedSuite second,
            Set<Integer> further,
            Predicate<SeriesKey> wanted) {
        this.expected = List.copyOf(expected);
        this.suite = suite;
        this.second = second;
        this.further = Set.copyOf(further);
        this.wanted = wanted;
        for (int i = 0; i < expected.size(); i++) {
            places.put(expected.get(i).key(), i);
        }
    }

    /**
     * The next run of a suite, some of whose series are on a further loss.
     *
     * @param keys of the series that the run extends
     * @param trials one for each
     * @param second what is asked in the second place, one for each; none where no series stands so
     * @param further the places of the series for which that is the answer
     */
    static NextRun of(List<SeriesKey> keys, List<SeriesTrial> trials, List<SeriesTrial> second, Set<Integer> further) {
        JudgedSuite first = suite(trials);
        return new NextRun(
                IntStream.range(0, keys.size())
                        .mapToObj(i -> new Expected(keys.get(i), further.contains(i) ? second.get(i) : trials.get(i)))
                        .toList(),
                first,
                second.isEmpty() ? first : suite(second),
                further,
                key -> true);
    }

    private static JudgedSuite suite(List<SeriesTrial> trials) {
        return JudgedSuite.of(trials.stream().map(SeriesTrial::entry).toList());
    }

    /**
     * One series of the next run.
     *
     * @param key of the series that the run will extend; on another branch than the base another one than that of the
     *     history which it is judged against
     * @param trial of the newest value once more; what can be detected does not depend on it, but for a value that is
     *     the first on a further level on top of an open regression, and is measured from that
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
        return SnapshotTrials.next(snapshot, policies);
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
        List<Series> judged = moving.isEmpty() ? known : moving;
        return of(
                judged.stream().map(Series::key).toList(),
                judged.parallelStream()
                        .map(series -> new SeriesTrial(
                                new Trial(series, List.of(newest(series)), List.of()),
                                policies.of(series.key(), series.unit())))
                        .toList(),
                List.of(),
                Set.of());
    }

    /** A placeholder for the next point. */
    static Point newest(Series series) {
        return series.points().get(series.points().size() - 1).asJudgedGood();
    }

    /** The same, which reports some of its series only; all of them are its suite. */
    public NextRun only(Predicate<SeriesKey> keys) {
        return new NextRun(expected, suite, second, further, keys);
    }

    /** Its series that can be judged, in the order of the snapshot; those too young are part of the suite only. */
    public List<Expected> expected() {
        return expected.stream()
                .filter(one -> wanted.test(one.key) && one.trial.expectation().isPresent())
                .toList();
    }

    /** The joint evidence of all of its series. */
    public JudgedSuite suite() {
        return suite;
    }

    /** The suite with which a series is judged: another one where it is on a further loss. */
    public JudgedSuite suiteOf(SeriesKey key) {
        return further.contains(place(key)) ? second : suite;
    }

    /** The place of a series in the suite. */
    public int place(SeriesKey key) {
        return places.get(key);
    }

    /**
     * The smallest relative change for the worse that a number of runs of the next revision detects with 99 %
     * probability.
     *
     * @return empty where no size is known to be detected, where the history is too young, and for a series that is
     *     unknown here
     */
    public OptionalDouble detectable(SeriesKey key, int runs) {
        Integer place = places.get(key);
        return place == null || !wanted.test(key)
                ? OptionalDouble.empty()
                : expected.get(place).trial.detectable(suiteOf(key).of(place), suite.series(), runs);
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
