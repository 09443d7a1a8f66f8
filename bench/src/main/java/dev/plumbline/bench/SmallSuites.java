package dev.plumbline.bench;

import dev.plumbline.bench.CheckedSuite.Outcome;
import dev.plumbline.bench.CheckedSuite.Track;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.distribution.Proportion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints the false alarms of small young healthy suites, and the delay until a slowdown is found.
 *
 * <p>Suites of 8 and 40 benchmarks have 8 or 20 recorded runs; five more are checked one after the other. The noise of
 * the benchmarks is 0.5, 1.5 and 3 % in turn. One of 1.5 % is slower from the first check on: by nothing, 8 % or 20 %.
 * Nothing else happens; or another benchmark became 20 % faster permanently four runs before; or another had one value
 * 30 % up five runs before; or all were 7 to 13 % slower in the run three before; or so they are in one run of ten, the
 * checked ones among them.
 *
 * <p>Arguments: first seed, suites a cell; defaults 1 and 100. Further arguments name families of {@link Noise};
 * Gaussian noise if there are none.
 */
public final class SmallSuites {
    private static final int CHECKS = 5;
    private static final double[] VARIATIONS = {0.005, 0.015, 0.03};
    private static final double[] SIZES = {0, 0.08, 0.2};
    private static final int SLOWED = 1;
    private static final int OTHER = 3;

    private final long seed;
    private final int suites;

    private SmallSuites(long seed, int suites) {
        this.seed = seed;
        this.suites = suites;
    }

    /** The earlier events in another benchmark than the slowed one. */
    private enum Before {
        NOTHING {
            @Override
            double factor(int run, int recorded) {
                return 1;
            }
        },
        IMPROVEMENT {
            @Override
            double factor(int run, int recorded) {
                return run >= recorded - 4 ? 0.8 : 1;
            }
        },
        SPIKE {
            @Override
            double factor(int run, int recorded) {
                return run == recorded - 5 ? 1.3 : 1;
            }
        },
        ODD_RUN {
            @Override
            double factor(int run, int recorded) {
                return run == recorded - 3 ? 1.1 : 1;
            }
        },
        ODD_RUNS {
            @Override
            double factor(int run, int recorded) {
                return 1;
            }
        };

        abstract double factor(int run, int recorded);
    }

    /** Prints the tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int suites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        List<Noise> families = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).map(Noise::valueOf).toList()
                : List.of(Noise.GAUSS);
        PrintStream out = System.out;
        out.println(
                "suites of benchmarks x recorded runs; in percent: healthy suites closed at check 1 / 3 / 5 and at any,"
                        + " healthy benchmarks called a check; 8 and 20 percent found at check 1 / 2 / 3 / 4 / 5");
        for (Noise family : families) {
            for (Before before : Before.values()) {
                for (int benchmarks : new int[] {8, 40}) {
                    for (int recorded : new int[] {8, 20}) {
                        String cell = new SmallSuites(seed, suites).cell(family, before, benchmarks, recorded);
                        out.printf(
                                Locale.ROOT,
                                "  %-17s %-11s %2d x %2d  %s%n",
                                family.name().toLowerCase(Locale.ROOT),
                                before.name().toLowerCase(Locale.ROOT),
                                benchmarks,
                                recorded,
                                cell);
                    }
                }
            }
        }
    }

    private String cell(Noise family, Before before, int benchmarks, int recorded) {
        Proportion[] closed = new Proportion[CHECKS];
        Arrays.fill(closed, new Proportion(0, 0));
        Proportion any = new Proportion(0, 0);
        Proportion called = new Proportion(0, 0);
        Proportion[][] found = new Proportion[SIZES.length][CHECKS];
        for (Proportion[] each : found) {
            Arrays.fill(each, new Proportion(0, 0));
        }
        for (int suite = 0; suite < suites; suite++) {
            for (int size = 0; size < SIZES.length; size++) {
                boolean isHealthy = SIZES[size] == 0;
                CheckedSuite checked = new CheckedSuite(
                        tracks(family, before, benchmarks, recorded, suite * SIZES.length + size, SIZES[size]),
                        recorded);
                boolean anyClosed = false;
                for (int k = 0; k < CHECKS; k++) {
                    Outcome outcome = checked.check();
                    found[size][k] = found[size][k].and(outcome.isCalled(SLOWED));
                    for (int i = 0; i < benchmarks; i++) {
                        if (isHealthy || i != SLOWED) {
                            called = called.and(outcome.isCalled(i));
                        }
                    }
                    if (isHealthy) {
                        closed[k] = closed[k].and(outcome.isClosed());
                        anyClosed |= outcome.isClosed();
                    }
                }
                any = isHealthy ? any.and(anyClosed) : any;
            }
        }
        return String.format(
                Locale.ROOT,
                "closed %s / %s / %s, any %s, benchmarks %.2f  found %s  %s",
                percent(closed[0]),
                percent(closed[2]),
                percent(closed[4]),
                percent(any),
                100 * called.share(),
                percents(found[1]),
                percents(found[2]));
    }

    private List<Track> tracks(Noise family, Before before, int benchmarks, int recorded, int suite, double size) {
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < benchmarks; i++) {
            long own = seed * 1_000_000_007L + (suite * 10L + before.ordinal()) * 10_000L + benchmarks * 100L + i;
            double[] values = Histories.quiet(family, own, recorded + CHECKS, VARIATIONS[i % VARIATIONS.length])
                    .values();
            SplittableRandom odd = new SplittableRandom(seed * 1_000_003L + suite);
            double share = 0.7 + 0.1 * (i % 7);
            for (int run = 0; run < values.length; run++) {
                boolean isOdd = odd.nextInt(10) == 0 && before == Before.ODD_RUNS;
                double factor = isOdd ? 1.1 : before.factor(run, recorded);
                if (before == Before.ODD_RUN || isOdd) {
                    values[run] *= 1 + share * (factor - 1);
                } else if (i == OTHER) {
                    values[run] *= factor;
                }
            }
            Track track = new Track(Better.LOWER, values);
            tracks.add(i == SLOWED ? track.worse(recorded, size) : track);
        }
        return tracks;
    }

    private static String percents(Proportion[] shares) {
        StringBuilder text = new StringBuilder();
        for (Proportion share : shares) {
            text.append(text.isEmpty() ? "" : " / ").append(percent(share));
        }
        return text.toString();
    }

    private static String percent(Proportion share) {
        return String.format(Locale.ROOT, "%3.0f", 100 * share.share());
    }
}
