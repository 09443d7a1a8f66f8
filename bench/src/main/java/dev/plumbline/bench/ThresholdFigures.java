package dev.plumbline.bench;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.Tuning;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints whether the stated detectable change is correct, and whether tuned thresholds meet their target.
 *
 * <p>Arguments: {@code synthetic SEED SUITES}; {@code real FOLDER SEED} with {@code *.jsonl.gz} files of series;
 * {@code tune FOLDER SEED FIRST LAST} and {@code confirm FOLDER SEED FIRST LAST}, the sources counted from 0.
 */
public final class ThresholdFigures {
    private static final double[] FACTORS = {0.5, 0.75, 1, 1.25, 1.5};
    private static final int AT_STATED = 2;
    /** A run this many deviations better than its level is no healthy one. */
    private static final double LUCKY = 3;

    private static final int HISTORY = 60;
    private static final int INJECTED = 10;
    private static final int LEAST_RUNS = 60;
    private static final int MOST_RUNS = 100;
    private static final int MOST_SERIES = 40;
    private static final int REAL_RUNS = 10;
    /** A step is not certain with fewer runs. */
    private static final int JUST_MOVED = 3;

    private static final Noise[] FAMILIES = {
        Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SKEWED, Noise.SPIKES, Noise.BIMODAL, Noise.HETEROSCEDASTIC
    };

    private ThresholdFigures() {}

    /** Prints one of the tables. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        switch (arguments[0]) {
            case "synthetic" -> synthetic(Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), out);
            case "real" -> real(Path.of(arguments[1]), Long.parseLong(arguments[2]), out);
            case "tune" ->
                tune(
                        Path.of(arguments[1]),
                        Long.parseLong(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        out);
            case "confirm" ->
                confirm(
                        Path.of(arguments[1]),
                        Long.parseLong(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]),
                        out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** The share of found changes of a size, in relation to the stated one. */
    private static final class Curve {
        private final Proportion[] found = new Proportion[FACTORS.length];
        private final List<Double> stated = new ArrayList<>();
        private int unstated;
        private int missed;
        private int lucky;
        private int leftOut;

        Curve() {
            Arrays.fill(found, new Proportion(0, 0));
        }

        /**
         * Injects into some series of a suite, one size after the other.
         *
         * @param moved of each series, whether its own level changed with this run
         * @param first the first of the series into which is injected
         */
        void add(List<Trial> suite, List<Boolean> moved, int first) {
            Judge judge = new Judge(Policy.DEFAULT);
            List<Finding> quiet = judge.judge(suite);
            for (int factor = 0; factor < FACTORS.length; factor++) {
                List<Trial> injected = new ArrayList<>(suite);
                List<Integer> places = new ArrayList<>();
                for (int i = first % INJECTED; i < suite.size(); i += INJECTED) {
                    Finding finding = quiet.get(i);
                    double size = finding.detectableChange().orElse(Double.POSITIVE_INFINITY);
                    // of zero no share can be put in
                    boolean known = size <= 1 && suite.get(i).candidate().get(0).value() != 0;
                    if (known && moved.get(i)) {
                        leftOut += factor == 0 ? 1 : 0;
                        continue;
                    }
                    if (known) {
                        injected.set(i, worse(suite.get(i), FACTORS[factor] * size));
                        places.add(i);
                    }
                    if (factor == 0 && known) {
                        stated.add(size);
                    } else if (factor == 0) {
                        unstated++;
                    }
                }
                List<Finding> findings = judge.judge(injected);
                for (int place : places) {
                    boolean called = findings.get(place).verdict() instanceof Verdict.Regressed;
                    found[factor] = found[factor].and(called);
                    if (factor == AT_STATED && !called) {
                        missed++;
                        lucky += isLucky(suite.get(place), quiet.get(place)) ? 1 : 0;
                    }
                }
            }
        }

        /** Whether the run without anything put in is better than its level by more than noise explains. */
        private static boolean isLucky(Trial trial, Finding quiet) {
            Baseline level = quiet.baseline().orElseThrow();
            double change = Math.log(trial.candidate().get(0).value() / level.level());
            double better = trial.history().better() == Better.LOWER ? -change : change;
            return better > LUCKY * level.deviation();
        }

        private static Trial worse(Trial trial, double size) {
            boolean lower = trial.history().better() == Better.LOWER;
            List<Point> candidate = trial.candidate().stream()
                    .map(point -> new Point(
                            point.run(),
                            // the sizes are relative to the level before
                            lower ? point.value() * (1 + size) : point.value() * Math.max(0, 1 - size),
                            point.groupCount(),
                            point.groupDeviation(),
                            false))
                    .toList();
            return new Trial(trial.history(), candidate, trial.elsewhere());
        }

        void print(String name, PrintStream out) {
            Collections.sort(stated);
            StringBuilder line = new StringBuilder(name);
            line.append(String.format(
                    Locale.ROOT,
                    " | %d | %d | %s",
                    stated.size(),
                    unstated,
                    stated.isEmpty()
                            ? ""
                            : String.format(Locale.ROOT, "%.1f %%", 100 * stated.get(stated.size() / 2))));
            for (int i = 0; i < FACTORS.length; i++) {
                line.append(" | ").append(i == AT_STATED ? text(found[i]) : share(found[i]));
            }
            line.append(String.format(Locale.ROOT, " | %d | %d | %d", missed, lucky, leftOut));
            out.println(line);
        }
    }

    private static void head(PrintStream out) {
        out.println(
                "noise | changes | none stated | median stated | found at 0.5 | 0.75 | 1 | 1.25 | 1.5 times the stated"
                        + " | missed at 1 | of them better by themselves | left out, their level had changed");
    }

    private static void synthetic(long seed, int suites, PrintStream out) {
        head(out);
        for (int size : new int[] {1, 30}) {
            for (Noise family : FAMILIES) {
                Curve curve = new Curve();
                for (int suite = 0; suite < suites * (size == 1 ? 10 : 1); suite++) {
                    List<Trial> trials = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        double[] values = Histories.quiet(family, seed * 1_000_003L + suite * 1_000L + i, HISTORY + 1)
                                .values();
                        trials.add(trial("b" + i, values));
                    }
                    curve.add(trials, Collections.nCopies(trials.size(), false), 0);
                }
                curve.print(family + ", suite of " + size, out);
            }
        }
    }

    private static Trial trial(String name, double[] values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(BaselineFigures.point(i, BaselineFigures.START.plusSeconds(43_200L * i), values[i], false));
        }
        Series series = new Series(
                new SeriesKey(Benchmark.of(name), "time", "unknown", "main"),
                dev.plumbline.core.model.Unit.of("ms"),
                Better.LOWER,
                points.subList(0, points.size() - 1),
                List.of());
        return new Trial(series, points.subList(points.size() - 1, points.size()), List.of());
    }

    // ---- real histories

    /** The suites of the files: series with enough runs, at most forty of each, their newest runs. */
    private static Map<String, List<Series>> suites(Path folder) throws IOException {
        Map<String, List<Series>> all = new TreeMap<>();
        for (BaselineFigures.Loaded loaded : BaselineFigures.load(folder)) {
            if (loaded.series().points().size() >= LEAST_RUNS) {
                all.computeIfAbsent(loaded.source(), source -> new ArrayList<>())
                        .add(loaded.series());
            }
        }
        Map<String, List<Series>> suites = new TreeMap<>();
        all.forEach((source, series) -> {
            List<Series> some = new ArrayList<>();
            int step = (series.size() + MOST_SERIES - 1) / MOST_SERIES;
            for (int i = 0; i < series.size(); i += step) {
                some.add(renamed(series.get(i), i));
            }
            suites.put(source, some);
        });
        return suites;
    }

    /** Names that were cut may be alike. */
    private static Series renamed(Series series, int number) {
        List<Point> points = series.points();
        return new Series(
                new SeriesKey(Benchmark.of("b" + number), "value", "unknown", "main"),
                series.unit(),
                series.better(),
                points.subList(Math.max(0, points.size() - MOST_RUNS), points.size()),
                List.of());
    }

    /** Makes the newest real runs of every history worse by the minimum detectable change, and judges them. */
    private static void real(Path folder, long seed, PrintStream out) throws IOException {
        head(out);
        Curve all = new Curve();
        for (Map.Entry<String, List<Series>> suite : suites(folder).entrySet()) {
            Curve curve = new Curve();
            for (int run = 1; run <= REAL_RUNS; run++) {
                List<Trial> trials = new ArrayList<>();
                List<Boolean> moved = new ArrayList<>();
                for (Series series : suite.getValue()) {
                    int end = series.points().size() - run;
                    moved.add(hasMoved(series, end));
                    trials.add(new Trial(
                            series.withPoints(series.points().subList(0, end)),
                            series.points().subList(end, end + 1),
                            List.of()));
                }
                curve.add(trials, moved, (int) (seed + run));
                all.add(trials, moved, (int) (seed + run));
            }
            curve.print(suite.getKey().replace(".jsonl.gz", ""), out);
        }
        all.print("all", out);
    }

    /**
     * Whether the level really changed with a run or just before it, so that what is put in is no change of that size:
     * a scan of the whole series, with all that came later, finds the step.
     */
    private static boolean hasMoved(Series series, int index) {
        return StepScan.analyze(series.values(), StepScan.Settings.DEFAULT).steps().stream()
                .anyMatch(step -> step.index() <= index && step.index() > index - JUST_MOVED);
    }

    // ---- tuning

    private static void tune(Path folder, long seed, int first, int last, PrintStream out) throws IOException {
        out.println("history | series | closes before | after | called before | after | margins proposed | widest"
                + " | confirmed | one run shows 5 % in");
        Replay.Settings settings = new Replay.Settings(200, 1, MOST_SERIES, MOST_RUNS, seed);
        int number = 0;
        for (Map.Entry<String, List<Series>> suite : suites(folder).entrySet()) {
            if (number >= first && number <= last) {
                Tuning.Outcome outcome = new Tuning(ThresholdFigures::inForce, ThresholdFigures::gate, settings, 0.05)
                        .tune(suite.getValue(), (what, done, total) -> {});
                out.printf(
                        Locale.ROOT,
                        "%s | %d | %s | %s | %s | %s | %d | %s | %d | %d%n",
                        suite.getKey().replace(".jsonl.gz", ""),
                        outcome.series(),
                        text(outcome.before().closed()),
                        text(outcome.after().closed()),
                        text(outcome.before().falseAlarms()),
                        text(outcome.after().falseAlarms()),
                        outcome.proposals().size(),
                        outcome.proposals().stream().mapToDouble(Tuning.Proposal::margin).max().stream()
                                .mapToObj(margin -> String.format(Locale.ROOT, "%.1f %%", 100 * margin))
                                .findFirst()
                                .orElse(""),
                        outcome.weights().size(),
                        outcome.seeing(0.05, 1));
            }
            number++;
        }
    }

    // ---- what waiting for a second run costs

    private static final double[] LARGE = {0.2, 0.5, 1};
    private static final int STARTS = 5;
    private static final int RUNS = 4;

    /**
     * Regressions put into the newest real runs of the series that tuning gives the weight "confirmed", one series at a
     * time: with how many runs the gate closes, and with how many it does without the weight.
     */
    private static void confirm(Path folder, long seed, int first, int last, PrintStream out) throws IOException {
        out.println("history | change | regressions | closed by run 1, 2, 3, 4 as normal | as confirmed");
        Replay.Settings settings = new Replay.Settings(200, 1, MOST_SERIES, MOST_RUNS, seed);
        int number = 0;
        for (Map.Entry<String, List<Series>> suite : suites(folder).entrySet()) {
            if (number >= first && number <= last) {
                Tuning.Outcome outcome = new Tuning(ThresholdFigures::inForce, ThresholdFigures::gate, settings, 0.05)
                        .tune(suite.getValue(), (what, done, total) -> {});
                for (double size : LARGE) {
                    int[][] closed = new int[2][RUNS];
                    int count = 0;
                    for (GateRule rule : outcome.weights()) {
                        for (int start = 0; start < STARTS; start++) {
                            count++;
                            Gate[] gates = {new Gate(gate(List.of())), new Gate(gate(outcome.weights()))};
                            int[] runs = runsUntilClosed(suite.getValue(), rule, size, start, gates);
                            for (int i = 0; i < runs.length; i++) {
                                for (int run = runs[i]; run <= RUNS; run++) {
                                    closed[i][run - 1]++;
                                }
                            }
                        }
                    }
                    out.printf(
                            Locale.ROOT,
                            "%s | %.0f %% | %d | %s | %s%n",
                            suite.getKey().replace(".jsonl.gz", ""),
                            100 * size,
                            count,
                            Arrays.toString(closed[0]),
                            Arrays.toString(closed[1]));
                }
            }
            number++;
        }
    }

    /** The run with which each gate closes for the series, counted from one; more than all runs where none does. */
    private static int[] runsUntilClosed(List<Series> suite, GateRule rule, double size, int start, Gate[] gates) {
        int[] closed = {RUNS + 1, RUNS + 1};
        Set<Integer> bad = new HashSet<>();
        for (int run = 0; run < RUNS; run++) {
            List<Trial> trials = new ArrayList<>();
            int place = -1;
            int end = 0;
            for (Series series : suite) {
                List<Point> points = new ArrayList<>(series.points());
                int judged = points.size() - RUNS - start + run;
                if (rule.covers(series.key())) {
                    place = trials.size();
                    end = judged;
                    for (int i = judged - run; i <= judged; i++) {
                        points.set(i, worse(points.get(i), size, series.better(), bad.contains(i)));
                    }
                }
                trials.add(new Trial(
                        series.withPoints(points.subList(0, judged)), points.subList(judged, judged + 1), List.of()));
            }
            Finding finding = new Judge(inForce(List.of())).judge(trials).get(place);
            for (int i = 0; i < gates.length; i++) {
                boolean closes = gates[i].decide(List.of(finding), List.of()).state() == GateDecision.State.CLOSED;
                closed[i] = closes ? Math.min(closed[i], run + 1) : closed[i];
            }
            if (finding.verdict() instanceof Verdict.Regressed) {
                bad.add(end);
            }
        }
        return closed;
    }

    private static Point worse(Point point, double size, Better better, boolean bad) {
        double value = better == Better.LOWER ? point.value() * (1 + size) : point.value() / (1 + size);
        return new Point(point.run(), value, point.groupCount(), point.groupDeviation(), bad);
    }

    private static Thresholds inForce(List<ThresholdRule> tuned) {
        List<ThresholdRule> rules = new ArrayList<>(List.of(Thresholds.ofMemory()));
        rules.addAll(tuned);
        return new Thresholds(Policy.DEFAULT, rules);
    }

    /** The default gate with tuned weights. */
    private static GatePolicy gate(List<GateRule> weights) {
        return GatePolicy.DEFAULT.withRules(weights);
    }

    private static String share(Proportion proportion) {
        return proportion.count() == 0 ? "" : String.format(Locale.ROOT, "%.1f", 100 * proportion.share());
    }

    private static String text(Proportion proportion) {
        if (proportion.count() == 0) {
            return "";
        }
        Interval interval = proportion.interval(0.95);
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f..%.1f)",
                100 * proportion.share(),
                100 * interval.low(),
                100 * interval.high());
    }
}
