package dev.plumbline.report;

import static dev.plumbline.report.Examples.MILLISECONDS;
import static dev.plumbline.report.Examples.OPERATIONS;
import static dev.plumbline.report.Examples.effect;
import static dev.plumbline.report.Examples.finding;
import static dev.plumbline.report.Examples.key;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.gate.UnitFactor;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.content.ContextMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What may meet a person who looks at a report, one report for each, and what every form of it has to answer: whether
 * it passed, what happened, and what to do next.
 */
public enum Situation {
    PASS(
            () -> of(unchanged("Sort.quick"), unchanged("Sort.merge")),
            "PASS",
            "no regression · 2 unchanged",
            "No action"),
    FAIL(
            () -> of(worse("Sort.quick", 0.24), unchanged("Sort.merge")),
            "FAIL",
            "1 regression in this change · 1 unchanged",
            "Start with org.tally.Sort.quick time, which changed at commit cccccccccc"),
    FAIL_WITHOUT_A_COMMIT(
            () -> withoutCommit(worse("Sort.quick", 0.24).beginning("")),
            "FAIL",
            "1 regression · order and commit unknown: set --commit",
            "Start with org.tally.Sort.quick time"),
    HOLD_WITHOUT_A_COMMIT(
            () -> withoutCommit(suspect("Sort.quick", 100, 124)),
            "HOLD",
            "1 possible regression · order and commit unknown: set --commit",
            "Measure the same commit once more"),
    PASS_WITHOUT_A_COMMIT(
            () -> withoutCommit(unchanged("Sort.quick")),
            "PASS",
            "no regression · 1 unchanged · order and commit unknown: set --commit",
            "No action"),
    A_SMALL_REGRESSION(
            () -> of(worse("Sort.quick", 0.03)),
            "PASS",
            "1 minor regression in this change",
            "plumb accept " + id("Sort.quick") + "-cccccccc --reason WHY"),
    FROM_AN_EARLIER_COMMIT(
            () -> of(worse("Sort.quick", 0.24).beginning("0123456789abcdef")),
            "FAIL",
            "1 regression from an earlier commit",
            "which changed at commit 0123456789"),
    FROM_AN_EARLIER_COMMIT_OF_THE_BRANCH(
            () -> of(worse("Sort.quick", 0.24)
                    .beginning(
                            "0123456789abcdef", new HistoryEvidence.EarlierOnBranch("feature", "0123456789abcdef", 2))),
            "FAIL",
            "1 regression from an earlier commit of this branch",
            "(this branch)"),
    HOLD(
            () -> of(suspect("Sort.quick", 100, 124)),
            "HOLD",
            "1 possible regression",
            "Measure the same commit once more and check that result too, to settle 1 possible regression."),
    A_SMALL_SUSPECT(
            () -> of(suspect("Sort.quick", 100, 104)),
            "PASS",
            "1 possible regression",
            "Measure the same commit once more"),
    A_SUSPECT_OUT_OF_ZERO(
            () -> of(suspect("Sort.quick", 0, 24)),
            "HOLD",
            "1 possible regression",
            "Measure the same commit once more"),
    RUNS_DISAGREE(
            () -> of(disagreeing("Sort.quick", 0.24)),
            "HOLD",
            "1 possible regression",
            "Measure the same commit once more"),
    NEWEST_RUN_IS_WORSE(
            () -> of(disputed("Sort.quick", 0.24), unchanged("Sort.merge")),
            "HOLD",
            "1 regression in only half of the runs of this commit · 1 unchanged",
            "Measure the same commit once more"),
    RUNS_DISAGREE_FOR_THE_BETTER(
            () -> of(disagreeing("Sort.quick", -0.24)),
            "HOLD",
            "runs disagree on 1 benchmark",
            "Measure the same commit once more"),
    FIRST_RUN(() -> of(young("Sort.quick", 0)), "PASS", "nothing judged yet · 1 too new", "Go on recording runs"),
    TOO_YOUNG(
            () -> of(young("Sort.quick", 3), unchanged("Sort.merge")),
            "PASS",
            "no regression · 1 unchanged · 1 too new",
            "No action"),
    TOO_YOUNG_HELD(
            () -> with(
                    new Policies().onNew(GatePolicy.Effect.HOLD).policy(), List.of(young("Sort.quick", 3)), List.of()),
            "HOLD",
            "nothing judged yet · 1 too new",
            "2 more runs of this commit can settle at least one of them"),
    IN_ITS_GRACE(
            () -> with(
                    new Policies().grace(10).policy(), List.of(withHistory(worse("Sort.quick", 0.24), 7)), List.of()),
            "PASS",
            "1 regression in this change · it does not fail the gate",
            "plumb accept " + id("Sort.quick") + "-cccccccc --reason WHY"),
    NOISY(() -> of(noisy("Sort.quick")), "PASS", "no regression · 1 inconclusive", "No action"),
    NOTHING_COMPARABLE(
            () -> of(elsewhere("Sort.quick"), elsewhere("Sort.merge")),
            "HOLD",
            "2 not comparable",
            "give both environments one name: --environment fedcba987654."),
    ANOTHER_UNIT(
            () -> of(anotherUnit("Sort.quick"), unchanged("Sort.merge")),
            "HOLD",
            "no regression · 1 not comparable · 1 unchanged",
            "correct the unit in the results"),
    MISSING_BENCHMARK(
            () -> with(GatePolicy.DEFAULT, List.of(unchanged("Sort.merge")), List.of(missing("Sort.quick"))),
            "FAIL",
            "1 missing · 1 unchanged",
            "If it was removed on purpose: plumb accept " + id("Sort.quick") + "-missing --reason WHY"),
    MISSING_METRIC(
            () -> with(
                    GatePolicy.DEFAULT,
                    List.of(unchanged("Sort.merge")),
                    List.of(Missing.metric(key(Situation.PACK + "Sort.merge", "p99")))),
            "HOLD",
            "1 missing a metric",
            "1 primary metric was not measured: run the missing benchmarks"),
    MISSING_PERHAPS(
            () -> with(
                    GatePolicy.DEFAULT,
                    List.of(unchanged("Sort.merge")),
                    List.of(missing("Sort.quick").unsure())),
            "HOLD",
            "1 missing · 1 unchanged",
            "fetch-depth: 0"),
    IN_ANOTHER_MODE(
            () -> with(
                    GatePolicy.DEFAULT,
                    List.of(young("Sort.quick {mode=thrpt}", 0)),
                    List.of(missing("Sort.quick")
                            .measured(Optional.of(new Missing.OtherMode(
                                    Benchmark.of(Situation.PACK + "Sort.quick"), "avgt", "thrpt"))))),
            "FAIL",
            "1 in another JMH mode · 1 too new",
            "avgt"),
    RENAMED(
            () -> with(
                    GatePolicy.DEFAULT,
                    List.of(young("Sort.fast", 0)),
                    List.of(new Missing(
                            key(Situation.PACK + "Sort.quick", "time"),
                            true,
                            Optional.of(new Missing.Renamed(
                                    Benchmark.of(Situation.PACK + "Sort.fast"),
                                    Situation.PACK + "Sort.quick",
                                    Situation.PACK + "Sort.fast"))))),
            "FAIL",
            "1 looks renamed · 1 too new",
            "If it was renamed: plumb series rename org.tally.Sort.quick org.tally.Sort.fast"),
    IMPROVEMENT(
            () -> of(better("Sort.quick", -0.3), unchanged("Sort.merge")),
            "PASS",
            "no regression · 1 improved · 1 unchanged",
            "No action"),
    TOO_GOOD(
            () -> of(withHistory(better("Sort.quick", -0.95), 30)),
            "FAIL",
            "1 too good to be true",
            "Fix the benchmark, for so much better usually means that it does no work"),
    MUTED_BY_A_RULE(
            () -> with(
                    GatePolicy.DEFAULT.withRules(List.of(rule("Sort.quick", GateRule.Weight.MUTED))),
                    List.of(worse("Sort.quick", 0.24), unchanged("Sort.merge")),
                    List.of()),
            "PASS",
            "1 regression in this change · it is muted · 1 unchanged",
            "plumb accept"),
    ADVISORY(
            () -> with(
                    GatePolicy.DEFAULT.withRules(List.of(rule("Sort.quick", GateRule.Weight.ADVISORY))),
                    List.of(worse("Sort.quick", 0.24)),
                    List.of()),
            "PASS",
            "1 regression in this change · it does not fail the gate",
            "plumb accept"),
    WAITS_FOR_ANOTHER_RUN(
            () -> with(
                    GatePolicy.DEFAULT.withRules(List.of(rule("Sort.quick", GateRule.Weight.CONFIRMED))),
                    List.of(withHistory(worse("Sort.quick", 0.24), 30)),
                    List.of()),
            "HOLD",
            "1 regression in this change",
            "Start with org.tally.Sort.quick time"),
    MUTED(() -> known(Annotation.Kind.MUTED), "PASS", "no new regression · 1 muted · 1 unchanged", "No action"),
    ACKNOWLEDGED(
            () -> known(Annotation.Kind.ACKNOWLEDGED),
            "PASS",
            "no new regression · 1 acknowledged · 1 unchanged",
            "No action"),
    ACCEPTED(
            () -> known(Annotation.Kind.ACCEPTED), "PASS", "no new regression · 1 accepted · 1 unchanged", "No action"),
    FALSE_ALARM(
            () -> known(Annotation.Kind.FALSE_ALARM),
            "PASS",
            "no new regression · 1 false alarm · 1 unchanged",
            "No action"),
    FIX_PROMISED(
            () -> known(Annotation.Kind.FIXED),
            "PASS",
            "no new regression · 1 fix promised · 1 unchanged",
            "No action"),
    BROKEN_PROMISE(
            () -> of(worse("Sort.quick", 0.24)
                    .withWarning(new Warning.BrokenPromise((Annotation.Fixed) stated(Annotation.Kind.FIXED)))),
            "FAIL",
            "1 regression in this change",
            "Start with"),
    ALREADY_OPEN_ON_MAIN(
            () -> accepted(worse("Sort.quick", 0.24).with(open())),
            "PASS",
            "no new regression · 1 already open on main",
            "No action"),
    PERHAPS_OPEN_ON_MAIN(
            () -> accepted(worse("Sort.quick", 0.24).with(open().unsure())),
            "PASS",
            "1 open on main too (cause unknown in a shallow clone: use fetch-depth: 0)",
            "fetch-depth: 0"),
    ON_TOP_OF_WHAT_IS_OPEN(
            () -> of(worse("Sort.quick", 0.24).withWarning(new Warning.OnOpenLevel(open(), 0.1))),
            "FAIL",
            "1 regression in this change",
            "Start with"),
    LARGER_THAN_ACCEPTED(
            () -> of(worse("Sort.quick", 0.24).withWarning(new Warning.BeyondAccepted(0.08, 0.24))),
            "FAIL",
            "1 regression in this change",
            "Start with"),
    A_SECONDARY_METRIC(
            () -> with(
                    GatePolicy.DEFAULT.withRoles(secondary("p1.00")),
                    List.of(unchanged("Sort.quick"), worse("Sort.quick", "p1.00", 0.24)),
                    List.of()),
            "PASS",
            "no regression · 1 unchanged · secondary metrics of 1 benchmark regressed",
            "No action"),
    BESIDE_CONTEXT(
            () -> of(unchanged("Sort.quick"))
                    .withContext(List.of(
                            new ContextMetric(key(Situation.PACK + "Sort.quick", "gc.count"), Unit.of("counts"), 0))),
            "PASS",
            "no regression · 1 unchanged",
            "No action"),
    ONLY_CONTEXT(
            Situation::onlyContext,
            "FAIL",
            "nothing was judged",
            "give the metric that matters the role primary under metrics: in plumbline.yaml"),
    OUT_OF_ZERO(
            () -> of(finding(
                    key(Situation.PACK + "Sort.quick", "gc.alloc.rate.norm"),
                    Unit.of("B/op"),
                    Better.LOWER,
                    new Verdict.Regressed(new Effect(
                            0, 24, Double.POSITIVE_INFINITY, new Interval(0.1, Double.POSITIVE_INFINITY, 0.95))))),
            "FAIL",
            "1 regression in this change",
            "Start with org.tally.Sort.quick gc.alloc.rate.norm"),
    ZERO_AND_STILL_ZERO(
            () -> of(finding(
                    key(Situation.PACK + "Sort.quick", "gc.alloc.rate.norm"),
                    Unit.of("B/op"),
                    Better.LOWER,
                    new Verdict.Unchanged(new Effect(0, 0, 0, new Interval(0, 0, 0.95))))),
            "PASS",
            "no regression · 1 unchanged",
            "No action"),
    OVER_BUDGET(
            () -> with(
                    new Policies()
                            .budget("latency", Budget.Side.AT_MOST, 50, MILLISECONDS)
                            .policy(),
                    List.of(unchanged("Sort.quick")),
                    List.of()),
            "FAIL",
            "1 beyond a limit of the gate · 1 unchanged",
            "See the reasons above"),
    OVER_A_FIXED_LIMIT(
            () -> with(
                    GatePolicy.DEFAULT.withFixed(Optional.of(new FixedRule(FixedRule.Kind.SHARE, 0.05, 5))),
                    List.of(noisy("Sort.quick")),
                    List.of()),
            "FAIL",
            "1 beyond a limit of the gate · 1 inconclusive",
            "See the reasons above"),
    NOTHING_MEASURED(
            () -> Examples.report(List.of(), List.of(), List.of(new Problem("jmh.json", "is empty"))),
            "FAIL",
            "nothing was measured",
            "check that the benchmarks ran and wrote their results"),
    COPIED(
            () -> deciding(GatePolicy.Effect.HOLD, new Cause.Copied(Examples.run(7, "aaaaaaaaaaaa"))),
            "HOLD",
            "copied results",
            "then plumb check RESULT"),
    COPIES_AMONG_THE_RUNS(
            () -> deciding(
                    GatePolicy.Effect.HOLD,
                    new Cause.CopiedAmong(
                            List.of(Examples.run(8, "bbbbbbbbbbbb")), Examples.run(7, "aaaaaaaaaaaa"), 2)),
            "HOLD",
            "no regression · 1 unchanged",
            "Delete the copies, then plumb report"),
    IN_ANOTHER_UNIT(
            () -> deciding(GatePolicy.Effect.HOLD, new Cause.OtherUnit(new UnitFactor(3, 2, Optional.of("time")))),
            "HOLD",
            "no regression · 1 unchanged",
            "Check the unit of the results"),
    BEFORE_THE_HISTORY(
            () -> deciding(GatePolicy.Effect.HOLD, new Cause.BeforeHistory(1, 20, 5)),
            "HOLD",
            "no regression · 1 unchanged",
            "Record 4 more runs of earlier commits"),
    ODD_RUN(
            () -> of(worse("Sort.quick", 0.24), worse("Sort.merge", 0.3))
                    .withOdd(Optional.of("Most benchmarks of this run are slower, so suspect the machine")),
            "FAIL",
            "2 regressions in this change",
            "Measure this commit again on an idle machine"),
    A_COMPARISON(() -> compared(of(worse("Sort.quick", 0.24).beginning(""))), "FAIL", "1 regression", "Start with"),
    HIGHER_IS_BETTER(
            () -> of(finding(
                    key(Situation.PACK + "Sort.quick", "throughput"),
                    OPERATIONS,
                    Better.HIGHER,
                    new Verdict.Regressed(effect(812_000, 616_000, 0.02)))),
            "FAIL",
            "1 regression in this change",
            "Start with org.tally.Sort.quick throughput");

    static final String PACK = "org.tally.";

    private static AlreadyOpen open() {
        return new AlreadyOpen("main", "3f2a1c9d00aa", Optional.of("i1f2e3d4c"));
    }

    private final Supplier<Report> maker;

    /** {@code PASS}, {@code FAIL} or {@code HOLD}. */
    public final String word;

    /** What the headline says behind that word. */
    public final String counts;

    /** What is a part of the steps that a person takes next. */
    public final String next;

    Situation(Supplier<Report> maker, String word, String counts, String next) {
        this.maker = maker;
        this.word = word;
        this.counts = counts;
        this.next = next;
    }

    public Report report() {
        return maker.get();
    }

    private static Report of(Finding... findings) {
        return with(GatePolicy.DEFAULT, List.of(findings), List.of());
    }

    static Report with(GatePolicy policy, List<Finding> findings, List<Missing> missing) {
        return decided(findings, missing, new Gate(policy).decide(findings, missing));
    }

    private static Report withoutCommit(Finding finding) {
        GateDecision gate = new Gate(GatePolicy.DEFAULT).decide(List.of(finding), List.of());
        return decided(List.of(finding), List.of(), gate, "");
    }

    private static Report decided(List<Finding> findings, List<Missing> missing, GateDecision gate) {
        return decided(findings, missing, gate, "cccccccccccccccccccc");
    }

    private static Report decided(List<Finding> findings, List<Missing> missing, GateDecision gate, String commit) {
        return new Report(
                "0.1.0",
                Report.Kind.CHECK,
                List.of(Examples.run(31, commit)),
                "the history of main (30 runs)",
                findings,
                missing,
                gate,
                List.of(),
                List.of(),
                Policy.DEFAULT);
    }

    private static Report accepted(Finding... findings) {
        List<Finding> all = List.of(findings);
        return decided(all, List.of(), new Gate(GatePolicy.DEFAULT).decide(all, List.of(), ids(all)));
    }

    private static Set<String> ids(List<Finding> findings) {
        return Set.copyOf(
                findings.stream().filter(Finding::isKnown).map(Finding::id).toList());
    }

    private static Report known(Annotation.Kind kind) {
        return accepted(worse("Sort.quick", 0.24).with(stated(kind)), unchanged("Sort.merge"));
    }

    static Annotation stated(Annotation.Kind kind) {
        return Annotation.of(
                kind,
                new Annotation.Origin("a79970412", "Ann", Instant.parse("2026-01-31T12:00:00Z"), "stricter checks"),
                kind == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2026-03-01T00:00:00Z")) : Optional.empty(),
                kind == Annotation.Kind.FIXED ? "575cc706f1aa" : "");
    }

    private static Report onlyContext() {
        List<ContextMetric> context =
                List.of(new ContextMetric(key(PACK + "Sort.quick", "gc.count"), Unit.of("counts"), 12));
        return decided(
                        List.of(),
                        List.of(),
                        new Gate(GatePolicy.DEFAULT)
                                .decide(
                                        List.of(),
                                        List.of(),
                                        Set.of(),
                                        context.stream().map(ContextMetric::key).toList()))
                .withContext(context);
    }

    private static Report deciding(GatePolicy.Effect effect, Cause cause) {
        List<Finding> findings = List.of(unchanged("Sort.quick"));
        return decided(
                findings,
                List.of(),
                new Gate(GatePolicy.DEFAULT)
                        .decide(findings, List.of())
                        .with(new GateReason(
                                effect,
                                cause instanceof Cause.Copied ? GateReason.Kind.COPIED : GateReason.Kind.NOTHING,
                                "",
                                "",
                                cause)));
    }

    static Report compared(Report check) {
        return new Report(
                check.version(),
                Report.Kind.COMPARISON,
                check.candidates(),
                "base.json",
                check.findings(),
                check.missing(),
                check.gate(),
                check.problems(),
                check.notes(),
                check.policy());
    }

    static Roles secondary(String metric) {
        return new Roles(
                List.of(new RoleRule("aside", Optional.empty(), new NamePattern(metric), Role.SECONDARY, true)),
                List.of());
    }

    private static GateRule rule(String benchmark, GateRule.Weight weight) {
        return new GateRule("rule", Optional.of(new NamePattern(PACK + benchmark)), Optional.empty(), weight);
    }

    static Finding unchanged(String name) {
        return time(name, "time", new Verdict.Unchanged(effect(100, 100.2, 0.006)));
    }

    static Finding worse(String name, double change) {
        return worse(name, "time", change);
    }

    static Finding worse(String name, String metric, double change) {
        return time(name, metric, new Verdict.Regressed(effect(100, 100 * (1 + change), 0.02)));
    }

    static Finding better(String name, double change) {
        return time(name, "time", new Verdict.Improved(effect(100, 100 * (1 + change), 0.02)));
    }

    static Finding suspect(String name, double before, double after) {
        HistoryEvidence.Suspect why = new HistoryEvidence.Suspect(true, 0.004, 0.001, 0.01);
        return Examples.withLadder(
                time(
                        name,
                        "time",
                        new Verdict.Inconclusive(why, true, OptionalInt.of(1), Optional.of(changed(before, after)))),
                Rung.decided(why));
    }

    private static Effect changed(double before, double after) {
        return before == 0
                ? new Effect(0, after, Double.POSITIVE_INFINITY, new Interval(-1, Double.POSITIVE_INFINITY, 0.95))
                : effect(before, after, 0.1);
    }

    private static Finding disagreeing(String name, double change) {
        List<Double> values = List.of(100.0, 100 * (1 + change));
        HistoryEvidence.Disagreement why =
                new HistoryEvidence.Disagreement(change > 0, "cccccccccc", values, MILLISECONDS, 1, change);
        return Examples.withLadder(
                        time(
                                name,
                                "time",
                                new Verdict.Inconclusive(
                                        why,
                                        change > 0,
                                        OptionalInt.of(1),
                                        Optional.of(effect(100, 100 * (1 + change), 0.1)))),
                        Rung.decided(why))
                .withWarning(new Warning.RunsApart(values, MILLISECONDS));
    }

    /** The newest of two runs is worse. */
    private static Finding disputed(String name, double change) {
        List<Double> values = List.of(100.0, 100 * (1 + change));
        return worse(name, change)
                .noting(new HistoryEvidence.Disagreement(true, "cccccccccc", values, MILLISECONDS, 1, change))
                .withWarning(new Warning.RunsApart(values, MILLISECONDS));
    }

    static Finding young(String name, int runs) {
        HistoryEvidence.TooFewRuns why = new HistoryEvidence.TooFewRuns(runs, 5);
        return Examples.withLadder(
                time(name, "time", new Verdict.Inconclusive(why, false, OptionalInt.of(5 - runs), Optional.empty())),
                Rung.decided(why));
    }

    static Finding noisy(String name) {
        HistoryEvidence.Hidden why = new HistoryEvidence.Hidden(
                false, true, new Interval(-0.02, 0.18, 0.9), OptionalDouble.of(0.08), 0.02, true);
        return Examples.withLadder(
                time(
                        name,
                        "time",
                        new Verdict.Inconclusive(why, false, OptionalInt.of(9), Optional.of(effect(100, 108, 0.1)))),
                Rung.decided(why));
    }

    private static Finding elsewhere(String name) {
        HistoryEvidence.OtherEnvironment why =
                new HistoryEvidence.OtherEnvironment(Examples.ENVIRONMENT, List.of("fedcba987654"));
        return Examples.withLadder(time(name, "time", new Verdict.NotComparable(why)), Rung.decided(why));
    }

    private static Finding anotherUnit(String name) {
        Evidence.ForeignUnit why = new Evidence.ForeignUnit(
                Optional.of(Unit.of("B")), new Evidence.ForeignUnit.EarlierRuns(12), Optional.of(MILLISECONDS));
        return Examples.withLadder(time(name, "time", new Verdict.NotComparable(why)), Rung.decided(why));
    }

    private static Missing missing(String name) {
        return Missing.benchmark(key(PACK + name, "time"));
    }

    /** The same finding, as judged against this number of earlier runs. */
    static Finding withHistory(Finding finding, int runs) {
        List<Rung> trace = new ArrayList<>();
        trace.add(Rung.passed(new HistoryEvidence.History(runs, 0, runs, OptionalInt.empty(), 100, 0.01, 0, false, 1)));
        trace.addAll(finding.trace());
        return Examples.withLadder(finding, trace.toArray(Rung[]::new));
    }

    private static Finding time(String name, String metric, Verdict verdict) {
        return finding(key(PACK + name, metric), MILLISECONDS, Better.LOWER, verdict);
    }

    private static String id(String name) {
        return key("org.tally." + name, "time").findingId();
    }

    /** The default policy of a gate with another setting. */
    private static final class Policies {
        private GatePolicy.Effect onNew = GatePolicy.Effect.PASS;
        private int grace;
        private List<Budget> budgets = List.of();

        Policies onNew(GatePolicy.Effect effect) {
            onNew = effect;
            return this;
        }

        Policies grace(int runs) {
            grace = runs;
            return this;
        }

        Policies budget(String name, Budget.Side side, double limit, Unit unit) {
            budgets = List.of(new Budget(name, Optional.empty(), Optional.empty(), side, limit, unit));
            return this;
        }

        GatePolicy policy() {
            GatePolicy plain = GatePolicy.DEFAULT;
            return new GatePolicy(
                    plain.blockAt(),
                    plain.onSuspect(),
                    plain.onInconclusive(),
                    onNew,
                    plain.onIncomparable(),
                    plain.onMissing(),
                    plain.onTooGood(),
                    plain.tooGood(),
                    grace,
                    plain.rules(),
                    budgets,
                    plain.roles(),
                    plain.fixed());
        }
    }
}
