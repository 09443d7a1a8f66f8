package dev.plumbline.core.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.compare.Comparison;
import dev.plumbline.core.compare.Pair;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares, judges and analyses performance measurements. Immutable; every {@code with} method returns a new instance.
 *
 * <pre>{@code
 * Plumbline plumbline = Plumbline.withDefaults();
 * Change change = plumbline.compare(before, after);
 * if (change.outcome() == Outcome.REGRESSED) { ... }
 * }</pre>
 *
 * <p>Values are finite. Where lower is better (the default) they are durations, bytes or counts; with {@link
 * Better#HIGHER} throughput or accuracy.
 */
public final class Plumbline {
    private static final Instant SOME_TIME = Instant.EPOCH;
    private static final String UNNAMED = "values";
    private static final int COMMIT_DIGITS = 40;

    private final Policy policy;
    private final Better better;

    private Plumbline(Policy policy, Better better) {
        this.policy = policy;
        this.better = better;
    }

    /** Margin 2 %, false-positive rate of at most 5 % for all series of a call, 95 % confidence, lower is better. */
    public static Plumbline withDefaults() {
        return new Plumbline(Policy.DEFAULT, Better.LOWER);
    }

    /**
     * Returns an instance with another margin: smaller changes are never reported.
     *
     * @param margin relative, at least 0 and below 1: 0.02 is 2 %
     * @throws IllegalArgumentException if it is outside
     */
    public Plumbline withMargin(double margin) {
        return new Plumbline(policy.withMargin(margin), better);
    }

    /**
     * Returns an instance with another false-positive rate.
     *
     * @param rate above 0 and below 1: the highest acceptable share of runs without a change in which any regression is
     *     reported, over all series of a call
     * @throws IllegalArgumentException if it is outside
     */
    public Plumbline withFalsePositiveRate(double rate) {
        return new Plumbline(
                new Policy(
                        policy.margin(),
                        policy.severities(),
                        policy.confidence(),
                        rate,
                        policy.minimumRuns(),
                        policy.floor()),
                better);
    }

    /** Returns an instance for values with another better direction. */
    public Plumbline withBetter(Better direction) {
        return new Plumbline(policy, requireNonNull(direction, "direction"));
    }

    /**
     * Compares two samples whose values each come from a separate process (or are the mean of one).
     *
     * @param before at least one value
     * @param after at least one value
     * @throws IllegalArgumentException if a side is empty or a value is not finite
     */
    public Change compare(double[] before, double[] after) {
        return compareProcesses(each(before), each(after));
    }

    /**
     * Compares two samples of several processes with several values each. Values of one process are correlated, so a
     * process counts once.
     *
     * @param before one array for each process
     * @param after one array for each process
     * @throws IllegalArgumentException if a side has no process, a process no value, or a value is not finite
     */
    public Change compareProcesses(List<double[]> before, List<double[]> after) {
        Pair pair = new Pair(
                key(UNNAMED),
                new Metric(UNNAMED, Unit.of(""), better),
                List.of(Sample.Values.of(Sample.Center.MEAN, before)),
                Unit.of(""),
                List.of(Sample.Values.of(Sample.Center.MEAN, after)));
        return Change.of(new Comparison(policy).compare(List.of(pair)).get(0));
    }

    /**
     * Judges the newest runs of one series against its history.
     *
     * @param history one value for each run, oldest first; with fewer than 5 the outcome is {@link
     *     Outcome#INCONCLUSIVE}
     * @param newest one value for each run of the revision in question, at least one
     * @throws IllegalArgumentException if there is no newest value or one is not finite
     */
    public Change judge(double[] history, double... newest) {
        return judge(Map.of(UNNAMED, history), Map.of(UNNAMED, newest)).get(UNNAMED);
    }

    /**
     * Judges one run of a suite against the histories of its series. Common effects of the machine on all of them are
     * removed, and the false-positive rate is that of the whole suite.
     *
     * @param histories by series, one value for each run, oldest first; the last values of all belong to the same run
     * @param newest by series, one value for each run of the revision in question, at least one; a series without a
     *     history is inconclusive
     * @return by series, those of {@code newest}, in alphabetical order
     * @throws IllegalArgumentException if a series has no newest value or a value is not finite
     */
    public Map<String, Change> judge(Map<String, double[]> histories, Map<String, double[]> newest) {
        int longest = histories.values().stream()
                .mapToInt(values -> values.length)
                .max()
                .orElse(0);
        List<String> names = new ArrayList<>(new TreeMap<>(newest).keySet());
        List<Trial> trials = names.stream()
                .map(name -> new Trial(
                        series(name, histories.getOrDefault(name, new double[0]), longest),
                        points(newest.get(name), longest, longest + newest.get(name).length),
                        List.of()))
                .toList();
        Map<String, Change> changes = new TreeMap<>();
        List<Finding> findings = new Judge(policy).judge(trials);
        for (int i = 0; i < names.size(); i++) {
            changes.put(names.get(i), Change.of(findings.get(i)));
        }
        return Collections.unmodifiableMap(changes);
    }

    /**
     * Finds where the level of a series changed permanently.
     *
     * @param values oldest first; with fewer than 9 there are no change points
     * @return the confirmed changes in order, followed by a suspected one, if any
     * @throws IllegalArgumentException if a value is not finite
     */
    public List<ChangePoint> changePoints(double[] values) {
        return SegmentedSeries.of(series(UNNAMED, values, values.length), policy.margin()).changes().stream()
                .map(ChangePoint::of)
                .toList();
    }

    /**
     * Measures the error rates of {@link #judge(Map, Map)} on histories like these: the share of runs without a change
     * in which a regression is reported, and the share of injected regressions that are detected. Takes seconds for a
     * hundred series.
     *
     * @param histories by series, one value for each run, oldest first; those shorter than 5 are left out
     * @param replays the number of runs without a change to simulate and judge, 1 to 100,000; 200 distinguish a rate of
     *     5 % from one of 10 %
     * @throws IllegalArgumentException if a number is outside or a value is not finite
     */
    public ErrorRates calibrate(Map<String, double[]> histories, int replays) {
        int longest = histories.values().stream()
                .mapToInt(values -> values.length)
                .max()
                .orElse(0);
        List<Series> suite = new TreeMap<>(histories)
                .entrySet().stream()
                        .map(entry -> series(entry.getKey(), entry.getValue(), longest))
                        .toList();
        Replay.Settings usual = Replay.Settings.DEFAULT;
        Replay.Settings settings =
                new Replay.Settings(replays, replays, usual.mostSeries(), usual.history(), usual.seed());
        return ErrorRates.of(new Replay(policy, GatePolicy.DEFAULT, settings).measure(suite, steps -> {}));
    }

    private Series series(String name, double[] values, int end) {
        return new Series(key(name), Unit.of(""), better, points(values, end - values.length, end), List.of());
    }

    private static List<Point> points(double[] values, int first, int end) {
        finite(values);
        List<Point> points = new ArrayList<>();
        for (int place = first; place < end; place++) {
            points.add(Point.of(run(place), Sample.Summary.of(values[place - first])));
        }
        return points;
    }

    /** Runs at one time: these have an order but no times, so there is no seasonality. */
    private static RunInfo run(int place) {
        String hex = Integer.toHexString(place);
        Revision revision = Revision.of("0".repeat(COMMIT_DIGITS - hex.length()).concat(hex), Revision.DEFAULT_BRANCH);
        RunHeader header = new RunHeader(
                revision, Environment.unknown(), Optional.of(SOME_TIME), SOME_TIME, Collections.emptySortedMap());
        return new RunInfo("run" + place, header);
    }

    private static SeriesKey key(String name) {
        return new SeriesKey(Benchmark.of(name), UNNAMED, Environment.unknown().key(), Revision.DEFAULT_BRANCH);
    }

    private static List<double[]> each(double[] values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toList();
    }

    private static double[] finite(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i] + ", not a finite number");
            }
        }
        return values;
    }
}
