package dev.plumbline.bench;

import dev.plumbline.core.compare.Pair;
import dev.plumbline.core.compare.TailComparison;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Prints the measured rates of the comparison of tails: healthy suites with any tail reported, coverage of the
 * intervals, and the share of slower tails that are found.
 *
 * <p>Arguments: first seed, suites a cell; defaults 1 and 60.
 */
public final class TailSuites {
    private static final int BENCHMARKS = 25;
    private static final int SLOWED = 5;
    private static final double FORK_DEVIATION = 0.01;

    /** The durations of single executions. */
    private enum Latency {
        /** Logarithms are normal with standard deviation 0.3. */
        LOGNORMAL,
        /** A floor and an exponential tail. */
        EXPONENTIAL,
        /** One execution in thirty takes a path three times as long. */
        TWO_PATHS,
        /** Lognormal, recorded in steps of 1.6 %, as a recorder with six bits does. */
        RECORDED
    }

    private final SplittableRandom random;

    private TailSuites(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Prints the tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int suites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "suites of %d benchmarks, fork deviation %.0f %%; of those slowed, %d of them%n",
                BENCHMARKS,
                100 * FORK_DEVIATION,
                SLOWED);
        for (Latency latency : Latency.values()) {
            for (int[] shape : new int[][] {{3, 1000}, {5, 1000}, {10, 1000}, {5, 10_000}, {5, 60}}) {
                new TailSuites(seed).cell(latency, shape[0], shape[1], suites, out);
            }
        }
        out.println("unequal executions: 600 before, 6000 after");
        for (Latency latency : Latency.values()) {
            new TailSuites(seed).unequal(latency, suites, out);
        }
    }

    private void cell(Latency latency, int forks, int executions, int suites, PrintStream out) {
        Tally healthy = new Tally();
        Tally slowed = new Tally();
        int called = 0;
        for (int i = 0; i < suites; i++) {
            List<List<Finding>> same = judge(suite(latency, forks, executions, executions, 0));
            called += same.stream().flatMap(List::stream).anyMatch(TailSuites::isCalled) ? 1 : 0;
            same.forEach(tails -> tails.forEach(tail -> healthy.add(tail, 0)));
            List<List<Finding>> worse = judge(suite(latency, forks, executions, executions, 0.1));
            for (int k = 0; k < SLOWED; k++) {
                worse.get(k).forEach(tail -> slowed.add(tail, 0.1));
            }
        }
        out.printf(
                Locale.ROOT,
                "%-11s %2d x %5d  healthy suites with a call %3d/%d%n",
                latency.name().toLowerCase(Locale.ROOT),
                forks,
                executions,
                called,
                suites);
        healthy.print("healthy", out);
        slowed.print("+10 %", out);
    }

    private void unequal(Latency latency, int suites, PrintStream out) {
        Tally healthy = new Tally();
        int called = 0;
        for (int i = 0; i < suites; i++) {
            List<List<Finding>> same = judge(suite(latency, 5, 600, 6000, 0));
            called += same.stream().flatMap(List::stream).anyMatch(TailSuites::isCalled) ? 1 : 0;
            same.forEach(tails -> tails.forEach(tail -> healthy.add(tail, 0)));
        }
        out.printf(
                Locale.ROOT,
                "%-11s healthy suites with a call %3d/%d%n",
                latency.name().toLowerCase(Locale.ROOT),
                called,
                suites);
        healthy.print("healthy", out);
    }

    private static boolean isCalled(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed || finding.verdict() instanceof Verdict.Improved;
    }

    private static List<List<Finding>> judge(List<Pair> suite) {
        return new TailComparison(Policy.DEFAULT).compare(suite);
    }

    private List<Pair> suite(Latency latency, int forks, int before, int after, double slowdown) {
        Metric metric = new Metric("time", Unit.of("us"), Better.LOWER);
        List<Pair> suite = new ArrayList<>();
        for (int i = 0; i < BENCHMARKS; i++) {
            double factor = i < SLOWED ? 1 + slowdown : 1;
            suite.add(new Pair(
                    new SeriesKey(Benchmark.of("b" + i), "time", "lab", "main"),
                    metric,
                    List.of(sample(latency, forks, before, 1)),
                    metric.unit(),
                    List.of(sample(latency, forks, after, factor))));
        }
        return suite;
    }

    private Sample sample(Latency latency, int forks, int executions, double factor) {
        List<double[]> groups = new ArrayList<>();
        for (int f = 0; f < forks; f++) {
            double own = factor * Math.exp(FORK_DEVIATION * random.nextGaussian());
            double[] values = new double[executions];
            Arrays.setAll(values, i -> own * one(latency));
            if (latency == Latency.RECORDED) {
                Arrays.setAll(
                        values,
                        i -> Math.scalb(
                                Math.rint(Math.scalb(values[i], 6 - Math.getExponent(values[i]))),
                                Math.getExponent(values[i]) - 6));
            }
            groups.add(values);
        }
        return Sample.Values.of(Sample.Center.MEDIAN, groups);
    }

    private double one(Latency latency) {
        return switch (latency) {
            case LOGNORMAL, RECORDED -> 100 * Math.exp(0.3 * random.nextGaussian());
            case EXPONENTIAL -> 100 - 50 * Math.log(1 - random.nextDouble());
            case TWO_PATHS -> 100 * (random.nextDouble() < 1.0 / 30 ? 3 : 1) * Math.exp(0.05 * random.nextGaussian());
        };
    }

    /** Counts by percentile. */
    private static final class Tally {
        private final TreeMap<String, int[]> counts = new TreeMap<>();
        private final TreeMap<String, Double> detectable = new TreeMap<>();

        void add(Finding finding, double truth) {
            int[] count = counts.computeIfAbsent(finding.key().metric(), metric -> new int[5]);
            count[0]++;
            count[1] += isCalled(finding) ? 1 : 0;
            count[2] += finding.verdict() instanceof Verdict.Unchanged ? 1 : 0;
            if (finding.verdict().effect().isPresent()) {
                count[3]++;
                count[4] += finding.verdict().effect().orElseThrow().interval().contains(truth) ? 1 : 0;
            }
            if (finding.detectableChange().isPresent()) {
                detectable.merge(
                        finding.key().metric(), finding.detectableChange().getAsDouble(), Double::sum);
            }
        }

        void print(String what, PrintStream out) {
            counts.forEach((metric, count) -> out.printf(
                    Locale.ROOT,
                    "    %-8s %-10s called %5.1f %%  unchanged %5.1f %%  covered %5.1f %% of %d  detectable %5.1f %%%n",
                    what,
                    metric,
                    100.0 * count[1] / count[0],
                    100.0 * count[2] / count[0],
                    100.0 * count[4] / Math.max(1, count[3]),
                    count[3],
                    100 * detectable.getOrDefault(metric, Double.NaN) / Math.max(1, count[3])));
        }
    }
}
