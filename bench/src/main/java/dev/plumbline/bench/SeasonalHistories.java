package dev.plumbline.bench;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Prints the effect of seasonality on checks: suites of six series, three of which vary with the weekday and, with
 * several runs a day, with the hour; each run is checked, detected regressions are marked, and the next one is judged
 * with that.
 *
 * <p>Columns: by weeks of the history, false calls in 100 judgements of a swinging series; how often the swing was
 * lost that the check before had; points that checks marked, and those that are still bad at the end; and how many
 * regressions that begin with the run after the end are detected.
 *
 * <p>Arguments: first seed, suites a cell; defaults 1 and 10. The noise is 1.5 % of the level.
 */
public final class SeasonalHistories {
    private static final double NOISE = 0.015;
    private static final int SERIES = 6;
    private static final int SWINGING = 3;
    private static final int FIRST_CHECKED = 6;
    private static final int[] WEEKS = {2, 3, 4, 6, 10};
    private static final double[] AMPLITUDES = {0, 0.06, 0.10, 0.15};
    private static final double[] STEPS = {1.1, 1.2};
    private static final Environment BOX = Environment.of(Map.of("host", "box"));
    private static final Instant MONDAY = Instant.parse("2025-12-01T06:00:00Z");
    private static final long SECONDS_A_DAY = 86_400;

    private final PrintStream out;
    private final long seed;
    private final int suites;

    private SeasonalHistories(PrintStream out, long seed, int suites) {
        this.out = out;
        this.seed = seed;
        this.suites = suites;
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int suites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        new SeasonalHistories(System.out, seed, suites).print();
    }

    private void print() {
        out.println("a day  swing   false calls in 100, to week 2    3    4    6   10   lost  marked  still bad"
                + "   found of +10, +20 %");
        for (int perDay : new int[] {1, 3}) {
            for (double amplitude : AMPLITUDES) {
                List<Outcome> outcomes = IntStream.range(0, suites)
                        .parallel()
                        .mapToObj(i -> new Suite(seed + i, perDay, amplitude).outcome())
                        .toList();
                print(perDay, amplitude, outcomes);
            }
        }
    }

    private void print(int perDay, double amplitude, List<Outcome> outcomes) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%5d  %4.0f %%                              ", perDay, 100 * amplitude));
        for (int w = 0; w < WEEKS.length; w++) {
            int week = w;
            int called = outcomes.stream().mapToInt(one -> one.called[week]).sum();
            int judged = outcomes.stream().mapToInt(one -> one.judged[week]).sum();
            line.append(String.format(Locale.ROOT, "%5.1f", 100.0 * called / judged));
        }
        line.append(String.format(
                Locale.ROOT,
                "%7d%8d%12d",
                outcomes.stream().mapToInt(one -> one.lost).sum(),
                outcomes.stream().mapToInt(one -> one.marked).sum(),
                outcomes.stream().mapToInt(one -> one.bad).sum()));
        for (int s = 0; s < STEPS.length; s++) {
            int step = s;
            line.append(String.format(
                    Locale.ROOT,
                    "   %d of %d",
                    outcomes.stream().mapToInt(one -> one.found[step]).sum(),
                    SWINGING * outcomes.size()));
        }
        out.println(line);
    }

    /** The outcome of one suite. */
    private static final class Outcome {
        private final int[] called = new int[WEEKS.length];
        private final int[] judged = new int[WEEKS.length];
        private final int[] found = new int[STEPS.length];
        private int lost;
        private int marked;
        private int bad;
    }

    private static final class Suite {
        private final SplittableRandom random;
        private final int perDay;
        private final double amplitude;
        private final Annotations annotations = new Annotations(
                new Annotations.Facts(List.of(), List.of(), List.of()),
                MONDAY.plusSeconds(1000 * SECONDS_A_DAY),
                CommitOrder.UNKNOWN);
        private final List<List<Point>> points = new ArrayList<>();
        private final Set<PointKey> bad = new HashSet<>();
        private final Set<String> checked = new HashSet<>();

        Suite(long seed, int perDay, double amplitude) {
            random = new SplittableRandom(seed).split();
            this.perDay = perDay;
            this.amplitude = amplitude;
            for (int i = 0; i < SERIES; i++) {
                points.add(new ArrayList<>());
            }
        }

        Outcome outcome() {
            Outcome outcome = new Outcome();
            Set<SeriesKey> before = Set.of();
            int end = 7 * perDay * WEEKS[WEEKS.length - 1];
            for (int run = 0; run < end; run++) {
                RunInfo info = measure(run, new double[] {1, 1, 1});
                if (run < FIRST_CHECKED * perDay) {
                    continue;
                }
                Judgement judgement = check(info);
                Set<SeriesKey> swings = swings(judgement);
                outcome.lost += (int)
                        before.stream().filter(key -> !swings.contains(key)).count();
                before = swings;
                int week = week(run);
                for (Finding finding : judgement.findings()) {
                    if (isSwinging(finding.key())) {
                        outcome.judged[week]++;
                        outcome.called[week] += isCalled(finding) ? 1 : 0;
                    }
                }
                bad.addAll(judgement.facts().bad());
                checked.add(info.id());
            }
            for (int i = 0; i < SWINGING; i++) {
                outcome.marked += bad(series(i));
                outcome.bad += bad(Swing.explainedIn(series(i), Policy.DEFAULT.margin()));
            }
            for (int s = 0; s < STEPS.length; s++) {
                for (int i = 0; i < SWINGING; i++) {
                    double[] factors = {1, 1, 1};
                    factors[i] = STEPS[s];
                    RunInfo info = measure(end + i, factors);
                    Finding finding = check(info).findings().get(i);
                    outcome.found[s] += isCalled(finding) ? 1 : 0;
                    points.forEach(list -> list.remove(list.size() - 1));
                }
            }
            return outcome;
        }

        private static int bad(Series series) {
            return (int) series.points().stream().filter(Point::judgedBad).count();
        }

        private int week(int run) {
            int week = 0;
            while (week < WEEKS.length - 1 && run >= 7 * perDay * WEEKS[week]) {
                week++;
            }
            return week;
        }

        private static boolean isCalled(Finding finding) {
            return finding.verdict() instanceof Verdict.Regressed;
        }

        private static boolean isSwinging(SeriesKey key) {
            return IntStream.range(0, SWINGING).anyMatch(i -> key.equals(key(i)));
        }

        private static Set<SeriesKey> swings(Judgement judgement) {
            Set<SeriesKey> swings = new HashSet<>();
            for (Note note : judgement.notes()) {
                if (note instanceof Note.SwingTakenOut taken) {
                    swings.add(taken.series());
                }
            }
            return swings;
        }

        private RunInfo measure(int run, double... factors) {
            double day = Math.floorDiv(run, perDay) + (double) (run % perDay) / perDay;
            Instant time = MONDAY.plusSeconds((long) (day * SECONDS_A_DAY));
            RunInfo info = new RunInfo(
                    "run-" + run,
                    new RunHeader(
                            new Revision(
                                    String.format(Locale.ROOT, "%040x", 0xabc000 + run),
                                    "main",
                                    Optional.of(time),
                                    java.util.OptionalLong.empty()),
                            BOX,
                            Optional.of(time),
                            time,
                            new TreeMap<>()));
            for (int i = 0; i < SERIES; i++) {
                double level = 100 * (i + 1) * (i < SWINGING ? factors[i] * swing(i, day) : 1);
                points.get(i).add(new Point(info, level * Math.exp(NOISE * random.nextGaussian()), 1, 0, false));
            }
            return info;
        }

        /** Slower at the weekend, faster at the weekend, and a wave through the week; with the hour, a wave of half. */
        private double swing(int index, double day) {
            boolean isWeekend = (int) day % 7 >= 5;
            double week =
                    switch (index) {
                        case 0 -> isWeekend ? amplitude : 0;
                        case 1 -> isWeekend ? -amplitude : 0;
                        default -> amplitude / 2 * Math.sin(2 * Math.PI * Math.floor(day) / 7);
                    };
            double hour = perDay == 1 ? 0 : amplitude / 2 * Math.sin(2 * Math.PI * (day - Math.floor(day)));
            return (1 + week) * (1 + hour);
        }

        private Judgement check(RunInfo run) {
            return new Judge(Policy.DEFAULT)
                    .judge(new Snapshot(
                            List.of(run),
                            IntStream.range(0, SERIES).mapToObj(this::series).toList(),
                            Map.of(
                                    BOX.key(),
                                    new Snapshot.EnvironmentHistory(
                                            "main", Optional.empty(), Optional.empty(), List.of())),
                            new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                            annotations,
                            checked,
                            key -> List.of(),
                            true));
        }

        private Series series(int index) {
            Series series = new Series(key(index), Unit.of("ms"), Better.LOWER, points.get(index), List.of());
            return series.withPoints(series.points().stream()
                    .map(point -> bad.contains(series.keyOf(point)) ? point.asJudgedBad() : point)
                    .toList());
        }

        private static SeriesKey key(int index) {
            return new SeriesKey(Benchmark.of("b" + index), "time", BOX.key(), "main");
        }
    }
}
