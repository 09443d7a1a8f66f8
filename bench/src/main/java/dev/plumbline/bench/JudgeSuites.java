package dev.plumbline.bench;

import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Gate;
import dev.plumbline.core.detect.GateDecision;
import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.detect.Judge;
import dev.plumbline.core.detect.Policy;
import dev.plumbline.core.detect.Trial;
import dev.plumbline.core.detect.Verdict;
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
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.Proportion;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints how often the judge closes the gate for a healthy suite, and how often it finds a step.
 *
 * <p>Arguments: first seed, healthy suites per family, suites per cell of the power table; defaults 1, 200 and 4.
 */
public final class JudgeSuites {
    private static final int SERIES = 300;
    private static final int HISTORY = 60;

    /**
     * One series in so many is injected, so that the adjustment for the suite stays what one injected series would get.
     */
    private static final int INJECTED = 10;

    private static final Noise[] FAMILIES = {
        Noise.GAUSS,
        Noise.AUTOREGRESSIVE_05,
        Noise.SPIKES,
        Noise.BIMODAL,
        Noise.QUANTISED,
        Noise.SKEWED,
        Noise.HETEROSCEDASTIC
    };

    private final PrintStream out;
    private final long seed;

    private JudgeSuites(PrintStream out, long seed) {
        this.out = out;
        this.seed = seed;
    }

    /** Runs both tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int healthy = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        int power = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        JudgeSuites suites = new JudgeSuites(System.out, seed);
        suites.healthy(healthy);
        suites.power(power);
    }

    private void healthy(int suites) {
        out.println("healthy suites of " + SERIES + " series with " + HISTORY
                + " runs: share of runs that close the gate," + " share with any regression called, suspects a run");
        for (Noise family : FAMILIES) {
            for (int runs = 1; runs <= 2; runs++) {
                Proportion closed = new Proportion(0, 0);
                Proportion called = new Proportion(0, 0);
                long suspects = 0;
                for (int suite = 0; suite < suites; suite++) {
                    List<Trial> trials = new ArrayList<>();
                    for (int i = 0; i < SERIES; i++) {
                        double[] values = Histories.quiet(family, seed(suite, i), HISTORY + runs)
                                .values();
                        trials.add(trial(i, values, runs, 0));
                    }
                    List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
                    GateDecision decision = new Gate(GatePolicy.DEFAULT).decide(findings, List.of());
                    closed = closed.and(decision.state() == GateDecision.State.CLOSED);
                    called = called.and(findings.stream().anyMatch(JudgeSuites::isRegression));
                    suspects += findings.stream().filter(Finding::isSuspect).count();
                }
                print(
                        "  %-18s runs %d  closed %s  called %s  suspects %.1f%n",
                        family, runs, text(closed), text(called), (double) suspects / suites);
            }
        }
    }

    private void power(int suites) {
        out.println("found steps, k = 1, 2, 3 runs of the changed revision, one injected series in " + INJECTED);
        for (Noise family : new Noise[] {Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SPIKES}) {
            for (double variation : new double[] {0.01, 0.02, 0.03}) {
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

    private long seed(int suite, int series) {
        return seed * 1_000_000_007L + suite * 1_000L + series;
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
    }

    private static Trial trial(int number, double[] values, int runs, double size) {
        SeriesKey key = new SeriesKey(Benchmark.of("b" + number), "time", "unknown", Revision.DEFAULT_BRANCH);
        List<Point> history = new ArrayList<>();
        List<Point> candidate = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean isNew = i >= values.length - runs;
            double value = isNew ? values[i] * (1 + size) : values[i];
            RunHeader header = new RunHeader(
                    Revision.of("c" + Math.min(i, values.length - runs), Revision.DEFAULT_BRANCH),
                    Environment.unknown(),
                    Optional.empty(),
                    Instant.EPOCH.plusSeconds(i),
                    Collections.emptySortedMap());
            Point point = Point.of(new RunInfo("r" + i, header), Sample.Summary.of(value));
            (isNew ? candidate : history).add(point);
        }
        return new Trial(new Series(key, Unit.of("ms"), Better.LOWER, history, List.of()), candidate, List.of());
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
