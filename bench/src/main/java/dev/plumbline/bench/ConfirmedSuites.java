package dev.plumbline.bench;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Looks;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Costs and benefits of measuring suspects again: simulated suites of ten benchmarks with 5 % of noise, one value in
 * twenty three times as far off, 20 earlier runs; healthy ones, and ones with a benchmark that is a fifth slower.
 *
 * <p>Arguments: seed, healthy suites, suites with a slower benchmark.
 */
public final class ConfirmedSuites {
    private static final int SERIES = 10;
    private static final int HISTORY = 20;
    private static final int LOOKS = 5;
    private static final double NOISE = 0.05;

    private ConfirmedSuites() {}

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        PrintStream out = System.out;
        print("healthy", new Tally(seed, Integer.parseInt(arguments[1]), 1), out);
        print("one 20 % slower", new Tally(seed + 1, Integer.parseInt(arguments[2]), 1.2), out);
    }

    private static void print(String name, Tally tally, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %d suites; the first benchmark called by one run %d, any other %d; with confirmation %d, %d;"
                        + " suites with suspects %d, left with some %d; further runs %d%n",
                name,
                tally.suites,
                tally.first,
                tally.others,
                tally.firstConfirmed,
                tally.othersConfirmed,
                tally.suspected,
                tally.unsettled,
                tally.further);
    }

    private static final class Tally {
        private final int suites;
        private int first;
        private int others;
        private int firstConfirmed;
        private int othersConfirmed;
        private int suspected;
        private int unsettled;
        private int further;

        Tally(long seed, int suites, double factor) {
            this.suites = suites;
            for (int suite = 0; suite < suites; suite++) {
                Random random = new Random(seed * 1_000_003L + suite);
                List<List<Point>> histories = new ArrayList<>();
                List<List<Point>> candidates = new ArrayList<>();
                for (int i = 0; i < SERIES; i++) {
                    List<Point> history = new ArrayList<>();
                    for (int run = 0; run < HISTORY; run++) {
                        history.add(point(run, random, 1));
                    }
                    histories.add(history);
                    candidates.add(new ArrayList<>(List.of(point(HISTORY, random, i == 0 ? factor : 1))));
                }
                boolean[] alone = called(judge(histories, candidates, 1));
                first += alone[0] ? 1 : 0;
                others += alone[1] ? 1 : 0;
                boolean[] confirmed = confirmed(histories, candidates, random, factor);
                firstConfirmed += confirmed[0] ? 1 : 0;
                othersConfirmed += confirmed[1] ? 1 : 0;
            }
        }

        /** Like a check with confirmation: what the whole error rate shows is settled with the shares of the looks. */
        private boolean[] confirmed(
                List<List<Point>> histories, List<List<Point>> candidates, Random random, double factor) {
            boolean[] called = new boolean[SERIES];
            for (int look = 1; look <= LOOKS; look++) {
                List<Finding> whole = judge(histories, candidates, 1);
                List<Finding> shared = judge(histories, candidates, new Looks(LOOKS).share(look));
                List<Integer> open = new ArrayList<>();
                for (int i = 0; i < SERIES; i++) {
                    called[i] |= isRegressed(shared.get(i));
                    if (!called[i] && (isRegressed(whole.get(i)) || whole.get(i).isSuspect())) {
                        open.add(i);
                    }
                }
                suspected += !open.isEmpty() && look == 1 ? 1 : 0;
                unsettled += !open.isEmpty() && look == LOOKS ? 1 : 0;
                if (open.isEmpty() || look == LOOKS) {
                    break;
                }
                further++;
                for (int i : open) {
                    candidates.get(i).add(point(HISTORY + look, random, i == 0 ? factor : 1));
                }
            }
            boolean isOther = false;
            for (int i = 1; i < SERIES; i++) {
                isOther |= called[i];
            }
            return new boolean[] {called[0], isOther};
        }
    }

    private static boolean isRegressed(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed;
    }

    /** Whether a regression of the first benchmark is reported, and whether any other is. */
    private static boolean[] called(List<Finding> findings) {
        return new boolean[] {
            isRegressed(findings.get(0)), findings.stream().skip(1).anyMatch(ConfirmedSuites::isRegressed)
        };
    }

    private static List<Finding> judge(List<List<Point>> histories, List<List<Point>> candidates, double share) {
        Trial[] suite = new Trial[SERIES];
        Arrays.setAll(suite, i -> {
            SeriesKey key = new SeriesKey(Benchmark.of("b" + i), "time", "unknown", "main");
            Series history = new Series(key, Unit.of("ms"), Better.LOWER, histories.get(i), List.of());
            return new Trial(history, candidates.get(i), List.of());
        });
        return new Judge(Policy.DEFAULT.spending(share)).judge(List.of(suite));
    }

    private static Point point(int run, Random random, double factor) {
        double deviation = NOISE * (random.nextInt(20) == 0 ? 3 : 1) * random.nextGaussian();
        return Point.of(CheckedSuite.run(run), Sample.Summary.of(100 * factor * Math.exp(deviation)));
    }
}
