package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Prints how often the judge fails the gate for a healthy suite, and how often it detects a step.
 *
 * <p>Arguments: first seed, healthy suites per kind of suite, suites per cell of the power tables; defaults 1, 500 and
 * 10. Further arguments name the only kinds of healthy suites that are wanted.
 */
public final class JudgeSuites {
    private static final int SERIES = 300;
    private static final int HISTORY = 60;
    private static final int WILD = 20;
    private static final int LONGEST = 200;

    /**
     * One series in this number is injected, so that the adjustment for the suite stays that of one injected series.
     */
    private static final int INJECTED = 10;

    private static final Noise[] POWER_FAMILIES = {
        Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SPIKES, Noise.BIMODAL, Noise.HETEROSCEDASTIC
    };

    private final PrintStream out;
    private final long seed;

    private JudgeSuites(PrintStream out, long seed) {
        this.out = out;
        this.seed = seed;
    }

    /** The noise of a suite's series, and the lengths of their histories. */
    private record Suite(String name, IntFunction<Noise> noise, IntUnaryOperator length) {
        static Suite of(Noise family) {
            return new Suite(family.name(), i -> family, i -> HISTORY);
        }

        /** Every family in turn, histories of 10 to 200 runs. */
        static Suite mixed() {
            Noise[] all = Noise.values();
            return new Suite("MIXED", i -> all[i % all.length], i -> 10 + i * (LONGEST - 10) / SERIES);
        }

        /** A few spiky series among quiet ones. */
        static Suite wildAmongQuiet(int history) {
            return new Suite(
                    "QUIET+" + WILD + " WILD/" + history,
                    i -> i < SERIES - WILD ? Noise.GAUSS : Noise.SPIKES,
                    i -> history);
        }
    }

    /** Runs all tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int healthy = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        int power = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        JudgeSuites suites = new JudgeSuites(System.out, seed);
        List<Suite> all =
                new ArrayList<>(Arrays.stream(Noise.values()).map(Suite::of).toList());
        all.add(Suite.mixed());
        all.add(Suite.wildAmongQuiet(HISTORY));
        all.add(Suite.wildAmongQuiet(2 * HISTORY));
        List<String> wanted = List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
        if (healthy > 0) {
            suites.healthy(
                    all.stream()
                            .filter(suite -> wanted.isEmpty() || wanted.contains(suite.name))
                            .toList(),
                    healthy);
        }
        if (power > 0) {
            suites.power(power);
            suites.detectable(power);
        }
    }

    private void healthy(List<Suite> all, int suites) {
        out.println("healthy suites of " + SERIES + " series, histories of " + HISTORY
                + " runs: share of suites that close the gate, share with any regression called, suspects a suite");
        for (Suite kind : all) {
            for (int runs = 1; runs <= 2; runs++) {
                Proportion closed = new Proportion(0, 0);
                Proportion called = new Proportion(0, 0);
                long suspects = 0;
                for (int suite = 0; suite < suites; suite++) {
                    List<Trial> trials = new ArrayList<>();
                    for (int i = 0; i < SERIES; i++) {
                        int length = kind.length.applyAsInt(i) + runs;
                        double[] values = Histories.quiet(kind.noise.apply(i), seed(suite, i), length)
                                .values();
                        trials.add(trial(i, values, runs, 0, LONGEST + runs - length));
                    }
                    List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
                    GateDecision decision = new Gate(GatePolicy.DEFAULT).decide(findings, List.of());
                    closed = closed.and(decision.state() == GateDecision.State.CLOSED);
                    called = called.and(findings.stream().anyMatch(JudgeSuites::isRegression));
                    suspects += findings.stream().filter(Finding::isSuspect).count();
                }
                print(
                        "  %-18s runs %d  closed %s  called %s  suspects %.1f%n",
                        kind.name, runs, text(closed), text(called), (double) suspects / suites);
            }
        }
    }

    private void power(int suites) {
        out.println("found steps, k = 1, 2, 3 runs of the changed revision, one injected series in " + INJECTED);
        for (Noise family : POWER_FAMILIES) {
            for (double variation : new double[] {0.01, 0.02}) {
                for (double size : new double[] {0.05, 0.10, 0.20}) {
                    StringBuilder line = new StringBuilder();
                    for (int runs = 1; runs <= 3; runs++) {
                        line.append("  ").append(text(found(family, variation, size, runs, suites)));
                    }
                    print("  %-18s CV %.0f %% step %+.0f %% %s%n", family, 100 * variation, 100 * size, line);
                }
            }
        }
    }

    private Proportion found(Noise family, double variation, double size, int runs, int suites) {
        Proportion found = new Proportion(0, 0);
        for (int suite = 0; suite < suites; suite++) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < SERIES; i++) {
                double[] values = Histories.quiet(family, seed(suite, i), HISTORY + runs, variation)
                        .values();
                trials.add(trial(i, values, runs, i % INJECTED == 0 ? size : 0));
            }
            List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
            for (int i = 0; i < SERIES; i += INJECTED) {
                found = found.and(isRegression(findings.get(i)));
            }
        }
        return found;
    }

    /** Prints the minimum detectable change of quiet series alone and next to very noisy ones. */
    private void detectable(int suites) {
        out.println("median detectable change of quiet series (CV 1 %) without and with " + WILD
                + " wild ones in their suite, and found steps of 10 %, k = 1, 2");
        Noise[] wilds = {Noise.SPIKES, Noise.BIMODAL, Noise.SKEWED, Noise.AUTOREGRESSIVE_06};
        for (int history : new int[] {HISTORY, 2 * HISTORY}) {
            for (int wild = -1; wild < wilds.length; wild++) {
                StringBuilder line = new StringBuilder();
                for (int runs = 1; runs <= 2; runs++) {
                    List<Double> changes = new ArrayList<>();
                    Proportion found = new Proportion(0, 0);
                    for (int suite = 0; suite < suites; suite++) {
                        List<Trial> trials = new ArrayList<>();
                        for (int i = 0; i < SERIES; i++) {
                            boolean quiet = wild < 0 || i < SERIES - WILD;
                            Noise family = quiet ? Noise.GAUSS : wilds[wild];
                            double[] values = Histories.quiet(
                                            family, seed(suite, i), history + runs, quiet ? 0.01 : 0.03)
                                    .values();
                            trials.add(trial(i, values, runs, quiet && i % INJECTED == 0 ? 0.1 : 0));
                        }
                        List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
                        for (int i = 0; i < SERIES - WILD; i++) {
                            changes.add(findings.get(i).detectableChange().orElse(Double.POSITIVE_INFINITY));
                            if (i % INJECTED == 0) {
                                found = found.and(isRegression(findings.get(i)));
                            }
                        }
                    }
                    Collections.sort(changes);
                    line.append(String.format(
                            Locale.ROOT,
                            "  %.2f %% (nine in ten %.2f %%), found %s",
                            100 * changes.get(changes.size() / 2),
                            100 * changes.get(changes.size() * 9 / 10),
                            text(found)));
                }
                print("  %3d runs, wild %-18s %s%n", history, wild < 0 ? "none" : wilds[wild].name(), line);
            }
        }
    }

    private long seed(int suite, int series) {
        return seed * 1_000_000_007L + suite * 1_000L + series;
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
    }

    static Trial trial(int number, double[] values, int runs, double size) {
        return trial(number, values, runs, size, 0);
    }

    /** @param first the number of the first run that the series was measured in */
    private static Trial trial(int number, double[] values, int runs, double size, int first) {
        SeriesKey key = new SeriesKey(Benchmark.of("b" + number), "time", "unknown", Revision.DEFAULT_BRANCH);
        List<Point> history = new ArrayList<>();
        List<Point> candidate = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean isNew = i >= values.length - runs;
            double value = isNew ? values[i] * (1 + size) : values[i];
            RunHeader header = new RunHeader(
                    Revision.of("c" + (first + Math.min(i, values.length - runs)), Revision.DEFAULT_BRANCH),
                    Environment.unknown(),
                    Optional.of(Instant.EPOCH.plus(first + i, ChronoUnit.DAYS)),
                    Instant.EPOCH.plus(first + i, ChronoUnit.DAYS),
                    Collections.emptySortedMap());
            Point point = Point.of(new RunInfo("r" + (first + i), header), Sample.Summary.of(value));
            (isNew ? candidate : history).add(point);
        }
        Series series = new Series(key, Unit.of("ms"), Better.LOWER, history, List.of());
        return Swing.of(series, Policy.DEFAULT.margin())
                .map(swing -> new Trial(swing.takenOut(series), swing.without(candidate), List.of()))
                .orElseGet(() -> new Trial(series, candidate, List.of()));
    }

    private static String text(Proportion proportion) {
        Interval interval = proportion.interval(0.95);
        return String.format(
                Locale.ROOT,
                "%5.1f %% (%.1f to %.1f)",
                100 * proportion.share(),
                100 * interval.low(),
                100 * interval.high());
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
