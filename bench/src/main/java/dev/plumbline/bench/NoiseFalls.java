package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints how often a check detects a step in series whose noise fell some runs ago, and how often it fails the gate for
 * healthy suites of them, alone and among others.
 *
 * <p>Arguments: first seed, healthy suites a kind, changes a cell of the power table; defaults 1, 100 and 300.
 */
public final class NoiseFalls {
    private static final int SERIES = 300;
    private static final int LOUD_RUNS = 80;
    private static final double LOUD = 0.12;
    private static final int INJECTED = 10;

    /** The noise of a series as a multiple of the loud one, by place and length. */
    private enum Course {
        /** Falls to a third some runs ago. */
        THIRD {
            @Override
            double at(int index, int length, int since) {
                return index < length - since ? 1 : 1.0 / 3;
            }
        },
        /** Falls to a tenth. */
        TENTH {
            @Override
            double at(int index, int length, int since) {
                return index < length - since ? 1 : 0.1;
            }
        },
        /** Loud and quiet by turns, a third, and about to turn at the end or not. */
        TURNS {
            @Override
            double at(int index, int length, int since) {
                return (length - 1 - index) / since % 2 == 0 ? 1.0 / 3 : 1;
            }
        },
        /** Quiet, loud, quiet for a while, and loud again with the newest runs. */
        BACK {
            @Override
            double at(int index, int length, int since) {
                return index >= length - 4 || index < length - since && index >= length - since - 40 ? 1 : 1.0 / 3;
            }
        };

        abstract double at(int index, int length, int since);
    }

    private final long seed;

    private NoiseFalls(long seed) {
        this.seed = seed;
    }

    /** Runs both tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int healthy = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int changes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
        NoiseFalls falls = new NoiseFalls(seed);
        if (healthy > 0) {
            falls.healthy(healthy);
        }
        if (changes > 0) {
            falls.power(changes);
        }
    }

    private void healthy(int suites) {
        for (Noise family : List.of(Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SPIKES, Noise.SKEWED, Noise.BIMODAL)) {
            for (Course course : Course.values()) {
                healthy(family, course, suites);
            }
        }
        healthy(null, null, suites);
    }

    private void power(int changes) {
        for (Noise family : List.of(Noise.GAUSS, Noise.AUTOREGRESSIVE_05)) {
            for (Course course : List.of(Course.THIRD, Course.TENTH)) {
                for (int since : new int[] {10, 15, 20, 30, 40}) {
                    power(family, course, since, changes);
                }
            }
        }
    }

    /** A family or a course that is null is every one in turn. */
    private void healthy(Noise family, Course course, int suites) {
        Proportion called = new Proportion(0, 0);
        long suspects = 0;
        for (int suite = 0; suite < suites; suite++) {
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < SERIES; i++) {
                SplittableRandom random = new SplittableRandom(seed * 1_000_000_007L + suite * 1_000L + i);
                Noise own = family == null ? Noise.values()[i % Noise.values().length] : family;
                Course turn = course == null ? Course.values()[i / Noise.values().length % 4] : course;
                trials.add(trial(i, own, turn, 10 + random.nextInt(31), 0, random));
            }
            List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
            called = called.and(findings.stream().anyMatch(NoiseFalls::isRegression));
            suspects += findings.stream().filter(Finding::isSuspect).count();
        }
        System.out.printf(
                Locale.ROOT,
                "healthy %-18s %-6s: called %s, suspects %.1f%n",
                family == null ? "every family" : family,
                course == null ? "any" : course,
                text(called),
                (double) suspects / suites);
    }

    /** The suite is half of series whose noise fell; one in ten of all series is injected. */
    private void power(Noise family, Course course, int since, int changes) {
        StringBuilder line = new StringBuilder();
        for (double size : new double[] {0.1, 0.2, 0.4}) {
            Proportion found = new Proportion(0, 0);
            for (int suite = 0; found.count() < changes; suite++) {
                List<Trial> trials = new ArrayList<>();
                for (int i = 0; i < SERIES; i++) {
                    SplittableRandom random = new SplittableRandom(seed * 1_000_000_009L + suite * 1_000L + i);
                    trials.add(
                            i % 2 == 0
                                    ? trial(i, family, course, since, i % INJECTED == 0 ? size : 0, random)
                                    : JudgeSuites.trial(
                                            i,
                                            Histories.quiet(family, random.nextLong(1 << 30), LOUD_RUNS + 1)
                                                    .values(),
                                            1,
                                            0));
                }
                List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
                for (int i = 0; i < SERIES; i += INJECTED) {
                    found = found.and(isRegression(findings.get(i)));
                }
            }
            line.append(String.format(Locale.ROOT, "  %+.0f %% %5.1f %%", 100 * size, 100 * found.share()));
        }
        System.out.printf(Locale.ROOT, "power %-18s %-6s since %2d:%s%n", family, course, since, line);
    }

    private static Trial trial(
            int number, Noise family, Course course, int since, double size, SplittableRandom random) {
        int length = LOUD_RUNS + since;
        double[] noise = family.draw(random, length + 1, LOUD);
        double[] values = new double[length + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 * Math.max(0.01, 1 + LOUD * course.at(i, length, since) * noise[i]);
        }
        return JudgeSuites.trial(number, values, 1, size);
    }

    private static boolean isRegression(Finding finding) {
        return finding.verdict().kind() == Verdict.Kind.REGRESSED;
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
