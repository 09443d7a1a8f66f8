package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Prints the share of changes of the minimum detectable size that a check detects.
 *
 * <p>Every series of a healthy suite states its change; then that change, and three quarters of it, is put into one
 * series in ten, and the suite is judged again. Arguments: first seed, changes a cell, what the runs do to all series
 * as a multiple of each one's own noise; defaults 1, 2,000 and 0. What a run does to a series differs from what it does
 * to the others by a third.
 */
public final class DetectableChange {
    private static final int INJECTED = 10;
    private static final double[] VARIATIONS = {0.003, 0.01, 0.05};
    private static final int[] HISTORIES = {10, 24, 60, 200};
    private static final int[] SIZES = {1, 20, 300};

    private final PrintStream out;
    private final long seed;
    private final int changes;
    private final double shared;

    private DetectableChange(PrintStream out, long seed, int changes, double shared) {
        this.shared = shared;
        this.out = out;
        this.seed = seed;
        this.changes = changes;
    }

    /** Runs all cells. */
    public static void main(String[] arguments) {
        DetectableChange check = new DetectableChange(
                System.out,
                arguments.length > 0 ? Long.parseLong(arguments[0]) : 1,
                arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000,
                arguments.length > 2 ? Double.parseDouble(arguments[2]) : 0);
        for (Noise noise : List.of(Noise.GAUSS, Noise.AUTOREGRESSIVE_05)) {
            for (int runs : new int[] {1, 2, 3}) {
                for (int size : SIZES) {
                    for (int history : HISTORIES) {
                        for (double variation : runs == 1 ? VARIATIONS : new double[] {0.003, 0.02}) {
                            check.cell(noise, runs, size, history, variation);
                        }
                    }
                }
            }
        }
    }

    private void cell(Noise noise, int runs, int size, int history, double variation) {
        Proportion stated = new Proportion(0, 0);
        Proportion less = new Proportion(0, 0);
        double sum = 0;
        int none = 0;
        for (int suite = 0; stated.count() + none < changes; suite++) {
            List<double[]> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                values.add(Histories.quiet(noise, seed(suite, i), history + runs, variation)
                        .values());
            }
            share(values, new SplittableRandom(seed(suite, size)).split(), shared * variation);
            List<OptionalDouble> detectable = judge(values, runs, List.of(), 0).stream()
                    .map(Finding::detectableChange)
                    .toList();
            List<Finding> whole = judge(values, runs, detectable, 1);
            List<Finding> most = judge(values, runs, detectable, 0.75);
            for (int i = 0; i < size; i += INJECTED) {
                if (detectable.get(i).isEmpty()) {
                    none++;
                    continue;
                }
                stated = stated.and(whole.get(i).verdict() instanceof Verdict.Regressed);
                less = less.and(most.get(i).verdict() instanceof Verdict.Regressed);
                sum += detectable.get(i).getAsDouble();
            }
        }
        out.printf(
                Locale.ROOT,
                "%-18s runs %d suite %3d history %3d CV %.1f %%: stated %.1f %% (%d without), found %s, 3/4 of it %s%n",
                noise,
                runs,
                size,
                history,
                100 * variation,
                100 * sum / Math.max(1, stated.count()),
                none,
                text(stated),
                text(less));
    }

    /**
     * Adds the common effect of each run to all series: to each of them as far as it is exposed, give or take a third.
     */
    private static void share(List<double[]> values, SplittableRandom random, double deviation) {
        double[] exposed = random.doubles(values.size(), 0.5, 1.5).toArray();
        for (int run = 0; deviation > 0 && run < values.get(0).length; run++) {
            double all = deviation * random.nextGaussian();
            for (int i = 0; i < exposed.length; i++) {
                values.get(i)[run] *= Math.exp(all * exposed[i] * (1 + random.nextGaussian() / 3));
            }
        }
    }

    private static List<Finding> judge(
            List<double[]> values, int runs, List<OptionalDouble> detectable, double multiple) {
        List<Trial> trials = IntStream.range(0, values.size())
                .mapToObj(i -> JudgeSuites.trial(
                        i,
                        values.get(i),
                        runs,
                        i % INJECTED == 0 && !detectable.isEmpty()
                                ? multiple * detectable.get(i).orElse(0)
                                : 0))
                .toList();
        return new Judge(Policy.DEFAULT).judge(trials);
    }

    private long seed(int suite, int series) {
        return seed * 1_000_000_007L + suite * 1_000L + series;
    }

    private static String text(Proportion proportion) {
        Interval interval = proportion.interval(0.95);
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f to %.1f)",
                100 * proportion.share(),
                100 * interval.low(),
                100 * interval.high());
    }
}
