package dev.plumbline.bench;

import dev.plumbline.core.baseline.WatchedHistory;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints how often thirty consecutive checks detect a lasting slowdown that no single run shows, and how often they
 * fail the gate for an unchanged suite.
 *
 * <p>One benchmark is slower from the first check on, by three times the noise, 8 % at least. Arguments: first seed,
 * suites a cell, noise (0.06 is 6 %), family of {@link Noise}; the defaults are 1, 40, 0.06 and GAUSS.
 */
public final class HeldRuns {
    private static final int CHECKS = 30;
    private static final int[] ASKED = {5, 10, CHECKS};
    private static final double MARGIN = Policy.DEFAULT.margin();
    private static final double DEVIATIONS = 3;
    private static final double LEAST_STEP = 0.08;

    private final long seed;
    private final double noise;
    private final Noise family;

    private HeldRuns(long seed, double noise, Noise family) {
        this.seed = seed;
        this.noise = noise;
        this.family = family;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int suites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        double noise = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 0.06;
        Noise family = arguments.length > 3 ? Noise.valueOf(arguments[3]) : Noise.GAUSS;
        PrintStream out = System.out;
        out.println(
                "series, runs before: healthy checks closed in percent; false incidents a hundred checks; found by the fifth, tenth, thirtieth check");
        HeldRuns asked = new HeldRuns(seed, noise, family);
        for (int series : new int[] {8, 40}) {
            for (int before : new int[] {5, 10, 20}) {
                out.println(asked.row(suites, series, before));
            }
        }
    }

    private String row(int suites, int series, int before) {
        int closed = 0;
        int begun = 0;
        int[] found = new int[ASKED.length];
        double step = Math.max(LEAST_STEP, DEVIATIONS * noise);
        for (int suite = 0; suite < suites; suite++) {
            Set<Integer> open = Set.of();
            for (Set<Integer> called : checks(suite, series, before, 0)) {
                closed += called.isEmpty() ? 0 : 1;
                begun += newly(called, open);
                open = called;
            }
            List<Set<Integer>> slower = checks(suite, series, before, step);
            for (int i = 0; i < ASKED.length; i++) {
                found[i] += slower.get(ASKED[i] - 1).contains(0) ? 1 : 0;
            }
        }
        return String.format(
                Locale.ROOT,
                "%2d, %2d: closed %4.1f, false incidents %4.2f, found %3.0f, %3.0f, %3.0f",
                series,
                before,
                100.0 * closed / (suites * CHECKS),
                100.0 * begun / (suites * CHECKS),
                100.0 * found[0] / suites,
                100.0 * found[1] / suites,
                100.0 * found[2] / suites);
    }

    private static int newly(Set<Integer> called, Set<Integer> before) {
        return (int) called.stream().filter(series -> !before.contains(series)).count();
    }

    /** The series that each check reports; the first one is slower by a step. */
    private List<Set<Integer>> checks(int suite, int series, int before, double step) {
        double[][] values = new double[series][];
        List<List<Point>> points = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            long own = (seed * 1_000_003L + suite) * 1_000L + i;
            values[i] = Histories.quiet(family, own, before + CHECKS, noise).values();
            points.add(new ArrayList<>());
            for (int run = 0; run < before; run++) {
                points.get(i).add(point(run, values[i][run]));
            }
        }
        Set<String> checked = new HashSet<>();
        List<Set<Integer>> all = new ArrayList<>();
        for (int run = before; run < before + CHECKS; run++) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < series; i++) {
                trials.add(trial(i, points.get(i), checked, point(run, values[i][run] * (i == 0 ? 1 + step : 1))));
            }
            List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
            Set<Integer> called = new HashSet<>();
            for (int i = 0; i < series; i++) {
                Point point = trials.get(i).candidate().get(0);
                boolean isCalled = findings.get(i).verdict().kind() == Verdict.Kind.REGRESSED;
                points.get(i).add(isCalled ? point.asJudgedBad() : point);
                if (isCalled) {
                    called.add(i);
                }
            }
            checked.add(CheckedSuite.run(run).id());
            all.add(called);
        }
        return all;
    }

    private Trial trial(int place, List<Point> points, Set<String> checked, Point point) {
        SeriesKey key = new SeriesKey(Benchmark.of("b" + place), "time", "unknown", Revision.DEFAULT_BRANCH);
        Series whole = new Series(key, Unit.of("ms"), Better.LOWER, points, List.of());
        WatchedHistory watched = WatchedHistory.of(whole, checked, WatchedHistory.FalseAlarms.NONE, MARGIN);
        Series history = called(points, watched.series());
        return new Trial(history, List.of(point), List.of(), List.of(), held(points, history));
    }

    /** A history with the newest detected runs: they are evidence. */
    private static Series called(List<Point> points, Series history) {
        if (history.points().size() == points.size()) {
            return history;
        }
        List<Point> all = new ArrayList<>(history.points());
        all.addAll(points.subList(CalledStretch.begin(points), points.size()));
        return history.withPoints(all);
    }

    private static List<Point> held(List<Point> points, Series history) {
        Set<String> known =
                history.points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
        int first = points.size();
        while (first > 0 && !known.contains(points.get(first - 1).run().id())) {
            first--;
        }
        return points.subList(first, points.size()).stream()
                .filter(point -> !point.judgedBad())
                .toList();
    }

    private static Point point(int run, double value) {
        return Point.of(CheckedSuite.run(run), Sample.Summary.of(value));
    }
}
