package dev.plumbline.bench;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
 * Prints how checks attribute a regression that the main branch had before a branch left it, and how they judge a
 * commit that is run again.
 *
 * <p>Suites of 20 benchmarks whose noise is 1, 2 and 3 % in turn. Twenty runs of main are recorded, then checks see 1,
 * 2, 3 or 5 more of them in which a quarter, or three quarters, of the benchmarks are 15 % slower; or these runs too
 * are only recorded, or there are none. A branch is cut there: it changes nothing; or it makes one of the slowed
 * benchmarks 15 or 20 % slower on top; or one of the others by 20 %; or it takes main's change back. Reruns: a healthy
 * commit whose first run had one benchmark 30 % slow, and one that really is 30 % slower, and the same of 30 % faster,
 * each run up to three times.
 * Further regressions: main is 30 % slower in one benchmark, and after 1, 3, 8 or 20 checks of that by 0, 8, 15 or 27 %
 * on top, for eight more checks. First checks: the first check ever sees one benchmark 15 % slower, permanently or in
 * that run alone, then 1, 3 or 8 runs are recorded without a check, and four are checked; in the last two of them the
 * one that was slow once is 15 % slower permanently.
 *
 * <p>Arguments: first seed, suites a cell; defaults 1 and 200.
 */
public final class BranchSuites {
    private static final int SERIES = 20;
    private static final int RECORDED = 20;
    private static final double[] NOISES = {0.01, 0.02, 0.03};
    private static final Environment BOX = Environment.unknown();

    /** One that main slowed, and one that it did not. */
    private static final int SLOWED = 1;

    private static final int OTHER = SERIES - 2;

    /** Checks after those runs that were only recorded; in the second half of them every benchmark that was slow is. */
    private static final int CHECKS_AFTER = 4;

    /** Checks behind a further regression. */
    private static final int FURTHER = 8;

    private final SplittableRandom random;
    private final List<List<Point>> points = new ArrayList<>();
    private final Set<PointKey> bad = new HashSet<>();
    private final Set<String> checked = new HashSet<>();
    private final List<KnownAcceptance> accepted = new ArrayList<>();
    private final List<AcceptedPoint> taken = new ArrayList<>();
    private int runs;

    private BranchSuites(long seed) {
        random = new SplittableRandom(seed).split();
        IntStream.range(0, SERIES).forEach(i -> points.add(new ArrayList<>()));
    }

    /** The effect of a branch on a benchmark. */
    private interface Change {
        double factor(int index);
    }

    /** Prints the tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int suites = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        System.out.printf(Locale.ROOT, "branches of a main branch that is 15 %% slower, %d suites a cell:%n", suites);
        for (int slowed : new int[] {SERIES / 4, 3 * SERIES / 4}) {
            for (int bad : new int[] {1, 2, 3, 5}) {
                branches(seed, suites, slowed, bad, true);
            }
        }
        System.out.printf(Locale.ROOT, "the same of runs that were recorded and never checked:%n");
        for (int slowed : new int[] {2, SERIES / 4, 3 * SERIES / 4}) {
            for (int bad : new int[] {0, 1, 2, 3}) {
                branches(seed, suites, slowed, bad, false);
            }
        }
        System.out.printf(Locale.ROOT, "further regressions of main, %d suites a cell:%n", suites);
        for (double size : new double[] {0, 0.08, 0.15, 0.27}) {
            for (int before : new int[] {1, 3, 8, 20}) {
                further(seed, suites, before, size);
            }
        }
        System.out.printf(Locale.ROOT, "first checks, %d suites a cell:%n", suites);
        for (int recorded : new int[] {1, 3, 8}) {
            firstCheck(seed, suites, recorded, true);
            firstCheck(seed, suites, recorded, false);
        }
        System.out.printf(Locale.ROOT, "reruns of one commit, %d suites a cell:%n", suites);
        reruns("a healthy commit with a slow first run", seed, suites, 1.3, 1, 1);
        reruns("a healthy commit with a slow second run", seed, suites, 1, 1.3, 1);
        reruns("a commit that is slower with a fast second run", seed, suites, 1.3, 1, 1.3);
        reruns("a commit that is slower", seed, suites, 1.3, 1.3, 1.3);
        reruns("a healthy commit", seed, suites, 1, 1, 1);
        reruns("a healthy commit with a fast first run", seed, suites, 0.7, 1, 1);
        reruns("a healthy commit with a fast second run", seed, suites, 1, 0.7, 1);
        reruns("a commit that is faster with a normal second run", seed, suites, 0.7, 1, 0.7);
        System.out.printf(Locale.ROOT, "reruns of a commit whose regression is accepted, %d suites a cell:%n", suites);
        for (double size : new double[] {0.1, 0.2, 0.4}) {
            for (double times : new double[] {1, 2, 3}) {
                acceptedReruns(seed, suites, size, times);
            }
        }
    }

    private static void branches(long seed, int suites, int slowed, int badRuns, boolean isChecked) {
        Map<String, Change> changes = new TreeMap<>();
        changes.put("1 innocent", index -> 1);
        changes.put("2 +15 % on a slowed one", index -> index == SLOWED ? 1.15 : 1);
        changes.put("3 +20 % on a slowed one", index -> index == SLOWED ? 1.2 : 1);
        changes.put("4 +20 % on another", index -> index == OTHER ? 1.2 : 1);
        changes.put("5 takes it back", index -> index < slowed && badRuns > 0 ? 1 / 1.15 : 1);
        Map<String, int[]> closed = new TreeMap<>();
        int reported = 0;
        int called = 0;
        int once = 0;
        for (int suite = 0; suite < suites; suite++) {
            BranchSuites one = new BranchSuites(seed * 1_000_003 + suite * 101L + slowed * 11L + badRuns);
            IntStream.range(0, RECORDED).forEach(run -> one.record(one.run("main", "c" + one.runs), index -> 1));
            for (int run = 0; run < badRuns; run++) {
                RunInfo next = one.run("main", "c" + one.runs);
                Change change = index -> index < slowed ? 1.15 : 1;
                if (isChecked) {
                    one.check(next, change);
                } else {
                    one.record(next, change);
                }
            }
            called += (int) one.bad.stream().map(PointKey::benchmark).distinct().count();
            int shift = 0;
            for (Map.Entry<String, Change> change : changes.entrySet()) {
                Judgement judgement = one.branch(
                        shift++,
                        index -> (index < slowed && badRuns > 0 ? 1.15 : 1)
                                * change.getValue().factor(index));
                closed.computeIfAbsent(change.getKey(), none -> new int[1])[0] += isClosed(judgement) ? 1 : 0;
                boolean isAskedOnce = new Gate(GatePolicy.DEFAULT)
                                .decide(judgement.findings(), List.of())
                                .state()
                        == GateDecision.State.CLOSED;
                once += change.getKey().startsWith("1") && isAskedOnce ? 1 : 0;
                reported += change.getKey().startsWith("1")
                        ? (int) judgement.findings().stream()
                                .filter(finding -> finding.alreadyOpen().isPresent())
                                .count()
                        : 0;
            }
        }
        StringBuilder line = new StringBuilder();
        closed.forEach((what, count) ->
                line.append(String.format(Locale.ROOT, "; %s: %.1f %%", what.substring(2), 100.0 * count[0] / suites)));
        System.out.printf(
                Locale.ROOT,
                "  %2d of %d slowed, %d runs: detected on main %.1f, reported as open %.1f; closed%s; innocent, were what is"
                        + " open its own: %.1f %%%n",
                slowed,
                SERIES,
                badRuns,
                called / (double) suites,
                reported / (double) suites,
                line.substring(1),
                100.0 * once / suites);
    }

    /**
     * Prints, for checks of a regression that was detected before, the number that still report it, and the number that
     * report a further one on top of it.
     */
    private static void further(long seed, int suites, int before, double size) {
        int[] reported = new int[FURTHER];
        int[] called = new int[FURTHER];
        int[] placed = new int[FURTHER];
        int moved = 0;
        int called0 = 0;
        for (int suite = 0; suite < suites; suite++) {
            BranchSuites one = new BranchSuites(seed * 3_000_017 + suite * 107L + before);
            int index = suite % NOISES.length;
            IntStream.range(0, RECORDED).forEach(run -> one.record(one.run("main", "c" + one.runs), at -> 1));
            boolean isCalled = false;
            for (int run = 0; run < before; run++) {
                isCalled = isWorse(one.check(one.run("main", "c" + one.runs), at -> at == index ? 1.3 : 1), index);
            }
            if (!isCalled) {
                continue;
            }
            called0++;
            String first = "";
            for (int run = 0; run < FURTHER; run++) {
                Judgement judgement =
                        one.check(one.run("main", "c" + one.runs), at -> at == index ? 1.3 * (1 + size) : 1);
                Finding finding = judgement.findings().get(index);
                called[run] += isWorse(judgement, index) ? 1 : 0;
                boolean isFurther = finding.warnings().stream().anyMatch(Warning.OnOpenLevel.class::isInstance);
                reported[run] += isFurther ? 1 : 0;
                placed[run] += isFurther && finding.since().equals("c" + (RECORDED + before)) ? 1 : 0;
                moved += !first.isEmpty() && !finding.id().equals(first) ? 1 : 0;
                first = isFurther ? finding.id() : first;
            }
        }
        StringBuilder line = new StringBuilder();
        for (int run = 0; run < FURTHER; run++) {
            line.append(String.format(
                    Locale.ROOT,
                    "  %.1f/%.1f/%.1f",
                    100.0 * called[run] / called0,
                    100.0 * reported[run] / called0,
                    100.0 * placed[run] / called0));
        }
        System.out.printf(
                Locale.ROOT,
                "  %2d runs of it, then %+3.0f %%: called / as a further one / with its onset, by check:%s; checks with"
                        + " another id than the one before: %.2f %%%n",
                before,
                100 * size,
                line,
                100.0 * moved / called0 / FURTHER);
    }

    /** @param lasts whether what the first check sees is there permanently; else it is of that run alone */
    private static void firstCheck(long seed, int suites, int recorded, boolean lasts) {
        int[] called = new int[CHECKS_AFTER];
        int[] others = new int[CHECKS_AFTER];
        int first = 0;
        for (int suite = 0; suite < suites; suite++) {
            BranchSuites one = new BranchSuites(seed * 4_000_037 + suite * 109L + recorded);
            int index = suite % NOISES.length;
            IntStream.range(0, RECORDED).forEach(run -> one.record(one.run("main", "c" + one.runs), at -> 1));
            Change slow = at -> at == index ? 1.15 : 1;
            Change then = lasts ? slow : at -> 1;
            if (!isWorse(one.check(one.run("main", "c" + one.runs), slow), index)) {
                continue;
            }
            first++;
            IntStream.range(0, recorded).forEach(run -> one.record(one.run("main", "c" + one.runs), then));
            for (int run = 0; run < CHECKS_AFTER; run++) {
                Judgement judgement = one.check(one.run("main", "c" + one.runs), 2 * run < CHECKS_AFTER ? then : slow);
                called[run] += isWorse(judgement, index) ? 1 : 0;
                others[run] += IntStream.range(0, SERIES).anyMatch(at -> at != index && isWorse(judgement, at)) ? 1 : 0;
            }
        }
        StringBuilder line = new StringBuilder();
        for (int run = 0; run < CHECKS_AFTER; run++) {
            line.append(String.format(
                    Locale.ROOT, "  %.1f/%.1f", 100.0 * called[run] / first, 100.0 * others[run] / first));
        }
        System.out.printf(
                Locale.ROOT,
                "  %s, called by the first check in %d, then %d recorded: the same called / any other, by check:%s%n",
                lasts ? "slower for good" : "slow in one run",
                first,
                recorded,
                line);
    }

    private static boolean isWorse(Judgement judgement, int index) {
        return judgement.findings().get(index).verdict() instanceof Verdict.Regressed;
    }

    private static void reruns(String what, long seed, int suites, double... factors) {
        int[][] states = new int[factors.length][GateDecision.State.values().length];
        for (int suite = 0; suite < suites; suite++) {
            BranchSuites one = new BranchSuites(seed * 2_000_003 + suite * 103L);
            IntStream.range(0, RECORDED).forEach(run -> one.record(one.run("main", "c" + one.runs), index -> 1));
            for (int i = 0; i < factors.length; i++) {
                double factor = factors[i];
                Judgement judgement = one.check(one.run("main", "again"), index -> index == SLOWED ? factor : 1);
                states[i][gate(judgement).ordinal()]++;
            }
        }
        StringBuilder line = new StringBuilder();
        for (int[] state : states) {
            line.append("; ");
            for (GateDecision.State each : GateDecision.State.values()) {
                line.append(String.format(
                        Locale.ROOT,
                        " %s %.1f %%",
                        each.name().toLowerCase(Locale.ROOT),
                        100.0 * state[each.ordinal()] / suites));
            }
        }
        System.out.printf(Locale.ROOT, "  %s:%s%n", what, line.substring(1));
    }

    /** @param times how many times as large as what was accepted the regression is in the reruns */
    private static void acceptedReruns(long seed, int suites, double size, double times) {
        int reruns = 4;
        int[] closed = new int[reruns];
        int[] worse = new int[reruns];
        int accepted = 0;
        for (int suite = 0; suite < suites; suite++) {
            BranchSuites one = new BranchSuites(seed * 5_000_011 + suite * 113L);
            int index = suite % NOISES.length;
            IntStream.range(0, RECORDED).forEach(run -> one.record(one.run("main", "c" + one.runs), at -> 1));
            Judgement first = one.check(one.run("main", "accepted"), at -> at == index ? 1 + size : 1);
            if (!isWorse(first, index)) {
                continue; // only what a check detected can be accepted
            }
            accepted++;
            one.accept(first.findings().get(index), index);
            for (int run = 0; run < reruns; run++) {
                Judgement judgement = one.check(one.run("main", "accepted"), at -> at == index ? 1 + times * size : 1);
                closed[run] += isClosed(judgement) ? 1 : 0;
                Finding finding = judgement.findings().get(index);
                worse[run] += isWorse(judgement, index) && !finding.isKnown() ? 1 : 0;
            }
        }
        StringBuilder line = new StringBuilder();
        for (int run = 0; run < reruns; run++) {
            line.append(String.format(
                    Locale.ROOT, "  %.1f/%.1f", 100.0 * worse[run] / accepted, 100.0 * closed[run] / accepted));
        }
        System.out.printf(
                Locale.ROOT,
                "  %+.0f %% accepted (%d), %.0f times that measured: larger than accepted / gate closed, by rerun:%s%n",
                100 * size,
                accepted,
                times,
                line);
    }

    /** Accepts what the newest run shows. */
    private void accept(Finding finding, int index) {
        Acceptance acceptance = Acceptance.of(
                finding.key(),
                Acceptance.Scope.ENV,
                finding.since(),
                finding.verdict().effect().orElseThrow().relativeChange(),
                "agreed",
                "Ann",
                Instant.EPOCH.plusSeconds(runs),
                Optional.empty());
        accepted.add(new KnownAcceptance(acceptance, "command", Optional.empty()));
        Series series = series(index);
        Point newest = points.get(index).get(points.get(index).size() - 1);
        taken.add(new AcceptedPoint(acceptance.id(), series.key(), newest.run().id()));
        bad.remove(series.keyOf(newest));
    }

    private static GateDecision.State gate(Judgement judgement) {
        return new Gate(GatePolicy.DEFAULT)
                .decide(judgement.findings(), List.of(), judgement.annotated())
                .state();
    }

    private static boolean isClosed(Judgement judgement) {
        return gate(judgement) == GateDecision.State.CLOSED;
    }

    private RunInfo run(String branch, String commit) {
        runs++;
        return new RunInfo(
                String.format(Locale.ROOT, "run%06d", runs),
                new RunHeader(
                        Revision.of(commit, branch),
                        BOX,
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(runs),
                        Collections.emptySortedMap()));
    }

    private List<Point> measured(RunInfo run, Change level) {
        return IntStream.range(0, SERIES)
                .mapToObj(index -> new Point(
                        run,
                        100 * level.factor(index) * Math.exp(NOISES[index % NOISES.length] * random.nextGaussian()),
                        1,
                        0,
                        false))
                .toList();
    }

    private void record(RunInfo run, Change level) {
        List<Point> measured = measured(run, level);
        IntStream.range(0, SERIES).forEach(index -> points.get(index).add(measured.get(index)));
    }

    private Judgement check(RunInfo run, Change level) {
        record(run, level);
        Judgement judgement = new Judge(Policy.DEFAULT)
                .judge(snapshot(
                        run, IntStream.range(0, SERIES).mapToObj(this::series).toList(), Optional.empty()));
        Judgement.Facts facts = judgement.facts();
        bad.addAll(facts.bad());
        checked.addAll(facts.checked());
        return judgement;
    }

    private Judgement branch(int number, Change level) {
        RunInfo run = run("branch" + number, "b" + number);
        List<Point> measured = measured(run, level);
        List<Series> own = IntStream.range(0, SERIES)
                .mapToObj(index -> new Series(
                        key(index, "branch" + number),
                        Unit.of("ms"),
                        Better.LOWER,
                        List.of(measured.get(index)),
                        List.of()))
                .toList();
        return new Judge(Policy.DEFAULT)
                .judge(snapshot(
                        run,
                        own,
                        Optional.of(IntStream.range(0, SERIES)
                                .mapToObj(this::series)
                                .toList())));
    }

    private Snapshot snapshot(RunInfo run, List<Series> extended, Optional<List<Series>> base) {
        return new Snapshot(
                List.of(run),
                extended,
                Map.of(
                        BOX.key(),
                        new Snapshot.EnvironmentHistory(
                                "main",
                                base,
                                base.isPresent() ? Optional.of(any -> true) : Optional.empty(),
                                List.of())),
                new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                new Annotations(
                        new Annotations.Facts(accepted, taken, List.of()),
                        Instant.EPOCH.plusSeconds(1_000_000),
                        CommitOrder.UNKNOWN),
                checked,
                key -> List.of(),
                true);
    }

    private Series series(int index) {
        Series series = new Series(key(index, "main"), Unit.of("ms"), Better.LOWER, points.get(index), List.of());
        return series.withPoints(series.points().stream()
                .map(point -> bad.contains(series.keyOf(point)) ? point.asJudgedBad() : point)
                .toList());
    }

    private static SeriesKey key(int index, String branch) {
        return new SeriesKey(Benchmark.of("b" + index), "time", BOX.key(), branch);
    }
}
