package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("decode"), "time", "lab", "main");
    private static final GatePolicy DEFAULT = GatePolicy.DEFAULT;

    private static dev.plumbline.core.finding.Effect effect(double before, double after) {
        double change = dev.plumbline.core.finding.Effect.relativeChange(before, after);
        return new dev.plumbline.core.finding.Effect(before, after, change, new Interval(change, change, 0.95));
    }

    private static final HistoryEvidence.Suspect ODD = new HistoryEvidence.Suspect(true, 0.07, 0.05, 0.1);
    private static final HistoryEvidence.Doubt NOISY = new HistoryEvidence.Doubt(0.3, 0.05);

    private static HistoryEvidence.History history(int runs, int leftOut, int together) {
        return new HistoryEvidence.History(runs, leftOut, runs, OptionalInt.empty(), 100, 0.01, 0, false, together);
    }

    /** From a level of 100. */
    private static double change(double after) {
        return effect(100, after).relativeChange();
    }

    private static Cause cause(Cause.Fact fact) {
        return new Cause.OfSeries(KEY, fact, Optional.empty());
    }

    private static Cause cause(Cause.Fact fact, Cause.Lenience lenience) {
        return new Cause.OfSeries(KEY, fact, Optional.of(lenience));
    }

    private static List<Cause> causes(List<GateReason> reasons) {
        return reasons.stream().map(GateReason::cause).toList();
    }

    private static Finding finding(Verdict verdict, Severity severity, Unit unit, Better better) {
        return finding(KEY, verdict, severity, unit, better);
    }

    private static Finding finding(SeriesKey key, Verdict verdict, Severity severity, Unit unit, Better better) {
        return new Finding(
                key,
                unit,
                better,
                Policy.DEFAULT,
                verdict,
                severity,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static Finding finding(Verdict verdict) {
        return finding(verdict, Severity.NONE, Unit.of("ms"), Better.LOWER);
    }

    private static Finding regressed(Severity severity) {
        return finding(new Verdict.Regressed(effect(100, 107)), severity, Unit.of("ms"), Better.LOWER);
    }

    private static Finding suspect() {
        return finding(new Verdict.Inconclusive(ODD, true, OptionalInt.of(1), Optional.of(effect(100, 120))));
    }

    private static Finding suspect(double after, Unit unit) {
        Verdict verdict = new Verdict.Inconclusive(ODD, true, OptionalInt.of(1), Optional.of(effect(100, after)));
        return finding(verdict, Severity.NONE, unit, Better.LOWER);
    }

    private static Finding inconclusive() {
        return finding(new Verdict.Inconclusive(NOISY, false, OptionalInt.empty(), Optional.empty()));
    }

    private static State state(GatePolicy policy, Finding... findings) {
        return new Gate(policy).decide(List.of(findings), List.of()).state();
    }

    private static GatePolicy with(Effect suspect, Effect inconclusive, Effect missing, Effect tooGood) {
        return new GatePolicy(Severity.MAJOR, suspect, inconclusive, missing, tooGood, 5);
    }

    private static State of(Effect effect) {
        return switch (effect) {
            case PASS -> State.OPEN;
            case HOLD -> State.UNDECIDED;
            case CLOSE -> State.CLOSED;
        };
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void regressions_from_the_given_severity_on_close_it(Severity blockAt) {
        GatePolicy policy = new GatePolicy(blockAt, Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS, 5);
        for (Severity severity : Severity.values()) {
            assertThat(state(policy, regressed(severity)))
                    .isEqualTo(severity.compareTo(blockAt) >= 0 ? State.CLOSED : State.OPEN);
        }
    }

    @ParameterizedTest
    @EnumSource(Effect.class)
    void each_policy_does_what_it_says(Effect effect) {
        Verdict unchanged = new Verdict.Unchanged(effect(100, 100));
        Verdict good = new Verdict.Improved(effect(100, 10));
        Effect pass = Effect.PASS;

        assertThat(state(with(effect, pass, pass, pass), suspect())).isEqualTo(of(effect));
        assertThat(state(with(pass, effect, pass, pass), inconclusive())).isEqualTo(of(effect));
        assertThat(state(with(pass, effect, pass, pass), finding(new Verdict.NotComparable(NOISY))))
                .isEqualTo(of(effect));
        assertThat(state(with(pass, pass, pass, effect), finding(good))).isEqualTo(of(effect));
        GateDecision missing = new Gate(with(pass, pass, effect, pass))
                .decide(List.of(finding(unchanged)), List.of(Missing.benchmark(KEY)));
        assertThat(missing.state()).isEqualTo(of(effect));
        assertThat(missing.deciding()).hasSize(effect == Effect.PASS ? 0 : 1);
        assertThat(causes(missing.deciding())).allMatch(cause(new Cause.Missing(true, Optional.empty(), 1))::equals);
    }

    /** As without {@code -prof gc}: an option of the tool was forgotten, and nothing was taken away. */
    @Test
    void a_metric_that_no_benchmark_has_any_more_holds_and_one_that_some_lack_fails() {
        Finding fine = finding(new Verdict.Unchanged(effect(1, 1)));
        Missing other = Missing.metric(
                new SeriesKey(KEY.benchmark(), KEY.metric() + ".other", KEY.environment(), KEY.branch()));

        GateDecision none = new Gate(DEFAULT).decide(List.of(fine), List.of(other));
        GateDecision some = new Gate(DEFAULT).decide(List.of(fine), List.of(Missing.metric(KEY)));

        assertThat(none.state()).isEqualTo(GateDecision.State.UNDECIDED);
        assertThat(some.state()).isEqualTo(GateDecision.State.CLOSED);
    }

    @Test
    void what_the_branch_may_never_have_had_holds_where_it_would_close() {
        GateDecision unsure = new Gate(GatePolicy.DEFAULT)
                .decide(
                        List.of(finding(new Verdict.Unchanged(effect(100, 100)))),
                        List.of(Missing.benchmark(KEY).unsure()));
        GateDecision passing = new Gate(with(Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS))
                .decide(
                        List.of(finding(new Verdict.Unchanged(effect(100, 100)))),
                        List.of(Missing.benchmark(KEY).unsure()));

        assertThat(unsure.state()).isEqualTo(State.UNDECIDED);
        assertThat(causes(unsure.deciding()))
                .containsExactly(cause(new Cause.Missing(true, Optional.empty(), 1), new Cause.UnknownFork()));
        assertThat(passing.state()).isEqualTo(State.OPEN);
    }

    private static GatePolicy weighed(int grace, List<Budget> budgets, GateRule... rules) {
        return new GatePolicy(
                Severity.MAJOR,
                Effect.PASS,
                Effect.PASS,
                Effect.PASS,
                Effect.CLOSE,
                Effect.CLOSE,
                5,
                grace,
                List.of(rules),
                budgets);
    }

    private static GateRule rule(String benchmark, GateRule.Weight weight) {
        return new GateRule("a rule", Optional.of(new NamePattern(benchmark)), Optional.empty(), weight);
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, MINOR, CLOSED, UNDECIDED, CLOSED",
        "NORMAL, MINOR, OPEN, OPEN, CLOSED",
        "NORMAL, MAJOR, CLOSED, OPEN, CLOSED",
        "CONFIRMED, MINOR, OPEN, OPEN, CLOSED",
        "CONFIRMED, MAJOR, CLOSED, OPEN, CLOSED",
        "ADVISORY, CRITICAL, OPEN, OPEN, OPEN",
        "MUTED, CRITICAL, OPEN, OPEN, OPEN"
    })
    void a_series_weighs_what_its_last_rule_says(
            GateRule.Weight weight, Severity severity, State regressed, State suspect, State missing) {
        GatePolicy policy = weighed(0, List.of(), rule("*", GateRule.Weight.ADVISORY), rule("dec*", weight));

        assertThat(state(policy, regressed(severity))).isEqualTo(regressed);
        assertThat(state(policy, suspect())).isEqualTo(suspect);
        assertThat(new Gate(policy)
                        .decide(List.of(finding(new Verdict.Unchanged(effect(1, 1)))), List.of(Missing.benchmark(KEY)))
                        .state())
                .isEqualTo(missing);
    }

    private static RoleRule role(String metric, Role role) {
        return new RoleRule("a role", Optional.empty(), new NamePattern(metric), role, true);
    }

    private static GatePolicy secondary(GateRule... rules) {
        return weighed(0, List.of(), rules)
                .withRoles(new Roles(List.of(role(KEY.metric(), Role.SECONDARY)), List.of()));
    }

    private static Finding primaryBeside(Verdict verdict) {
        SeriesKey key = new SeriesKey(KEY.benchmark(), "main", KEY.environment(), KEY.branch());
        return finding(key, verdict, Severity.NONE, Unit.of("ms"), Better.LOWER);
    }

    @Test
    void a_secondary_metric_is_told_and_closes_nothing_unless_a_rule_names_it() {
        Finding bad = regressed(Severity.CRITICAL);
        Finding fine = primaryBeside(new Verdict.Unchanged(effect(1, 1)));
        GateRule critical = rule(KEY.benchmark().name(), GateRule.Weight.CRITICAL);
        GateRule named = new GateRule(
                "a rule", Optional.empty(), Optional.of(new NamePattern(KEY.metric())), GateRule.Weight.NORMAL);

        assertThat(causes(new Gate(secondary())
                        .decide(List.of(fine, bad), List.of())
                        .letPass()))
                .containsExactly(cause(
                        new Cause.Regressed(change(107), Severity.CRITICAL, false, Optional.empty()),
                        new Cause.Secondary()));
        assertThat(new Gate(secondary(critical))
                        .decide(List.of(fine, bad), List.of())
                        .state())
                .isEqualTo(State.OPEN);
        assertThat(new Gate(secondary(named))
                        .decide(List.of(fine, bad), List.of())
                        .state())
                .isEqualTo(State.CLOSED);
        assertThat(new Gate(secondary()).decide(List.of(bad), List.of()).state())
                .as("nothing else of the benchmark is there")
                .isEqualTo(State.CLOSED);
        assertThat(new Gate(secondary())
                        .decide(List.of(fine), List.of(Missing.benchmark(KEY)))
                        .state())
                .as("a secondary metric is missing")
                .isEqualTo(State.OPEN);
    }

    @Test
    void nothing_comparable_is_no_pass() {
        Reason elsewhere = new HistoryEvidence.OtherEnvironment("here", List.of("other"));
        Finding here = finding(new Verdict.NotComparable(elsewhere));
        Finding judged = primaryBeside(new Verdict.Unchanged(effect(1, 1)));

        GateDecision nothing = new Gate(GatePolicy.DEFAULT).decide(List.of(here), List.of());
        assertThat(nothing.state()).isEqualTo(State.UNDECIDED);
        assertThat(nothing.deciding()).extracting(GateReason::cause).containsExactly(new Cause.Incomparable(elsewhere));
        assertThat(new Gate(GatePolicy.DEFAULT)
                        .decide(List.of(here, judged), List.of())
                        .state())
                .as("one that is new here among others")
                .isEqualTo(State.OPEN);
        assertThat(new Gate(secondary())
                        .decide(List.of(primaryBeside(new Verdict.NotComparable(elsewhere)), here), List.of())
                        .state())
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void nothing_comparable_in_one_of_several_environments_is_no_pass() {
        SeriesKey there = new SeriesKey(KEY.benchmark(), KEY.metric(), "attic", KEY.branch());
        Reason elsewhere = new HistoryEvidence.OtherEnvironment("attic", List.of("lab"));
        Finding judged = finding(new Verdict.Unchanged(effect(1, 1)));
        Finding moved =
                finding(there, new Verdict.NotComparable(elsewhere), Severity.NONE, Unit.of("ms"), Better.LOWER);

        GateDecision decision = new Gate(DEFAULT).decide(List.of(judged, moved), List.of());

        assertThat(decision.state()).isEqualTo(State.UNDECIDED);
        assertThat(decision.deciding())
                .extracting(GateReason::cause)
                .containsExactly(new Cause.Incomparable(elsewhere, Optional.of("attic")));
        assertThat(new Gate(DEFAULT)
                        .decide(List.of(finding(new Verdict.NotComparable(elsewhere)), moved), List.of())
                        .deciding())
                .as("in all of them")
                .extracting(GateReason::cause)
                .containsExactly(new Cause.Incomparable(elsewhere));
    }

    @Test
    void another_unit_is_no_pass_either() {
        Reason bytes = new Evidence.ForeignUnit(
                Optional.of(Unit.of("ms")), new Evidence.ForeignUnit.EarlierRuns(3), Optional.empty());

        assertThat(new Gate(GatePolicy.DEFAULT)
                        .decide(
                                List.of(
                                        finding(new Verdict.NotComparable(bytes)),
                                        primaryBeside(new Verdict.Unchanged(effect(1, 1)))),
                                List.of())
                        .state())
                .isEqualTo(State.UNDECIDED);
        assertThat(new Gate(GatePolicy.DEFAULT)
                        .decide(
                                List.of(
                                        finding(new Verdict.NotComparable(
                                                new Evidence.OtherDirection(Better.HIGHER, Better.LOWER))),
                                        primaryBeside(new Verdict.Unchanged(effect(1, 1)))),
                                List.of())
                        .state())
                .as("nor is another direction")
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void what_is_advisory_is_told_and_of_what_is_muted_only_what_would_fail_the_gate() {
        Finding bad = regressed(Severity.CRITICAL);

        assertThat(causes(new Gate(weighed(0, List.of(), rule("decode", GateRule.Weight.ADVISORY)))
                        .decide(List.of(bad), List.of())
                        .letPass()))
                .containsExactly(cause(
                        new Cause.Regressed(change(107), Severity.CRITICAL, false, Optional.empty()),
                        new Cause.Advisory()));
        GateDecision muted = new Gate(weighed(0, List.of(), rule("decode", GateRule.Weight.MUTED)))
                .decide(List.of(bad, regressed(Severity.MINOR)), List.of(Missing.benchmark(KEY)));
        assertThat(muted.state()).isEqualTo(State.OPEN);
        assertThat(causes(muted.trace()))
                .containsExactly(cause(
                        new Cause.Regressed(change(107), Severity.CRITICAL, false, Optional.empty()),
                        new Cause.Muted()));
    }

    private static GateDecision confirmed(Effect onSuspect, Trial trial) {
        GatePolicy policy = new GatePolicy(
                Severity.MAJOR,
                onSuspect,
                Effect.PASS,
                Effect.PASS,
                Effect.CLOSE,
                Effect.CLOSE,
                5,
                0,
                List.of(rule("a", GateRule.Weight.CONFIRMED)),
                List.of());
        return new Gate(policy).decide(List.of(Trials.judge(trial)), List.of());
    }

    @Test
    void a_regression_of_a_confirmed_series_closes_the_gate_with_the_second_run_that_shows_it() {
        List<Point> history = new ArrayList<>(Trials.points(Trials.noisy(3, 40, 100, 0.01)));
        Trial first = Trials.DURATION.trial(history, 130);

        GateDecision alone = confirmed(Effect.PASS, first);
        assertThat(alone.state()).isEqualTo(State.OPEN);
        Cause.OfSeries once = (Cause.OfSeries) alone.letPass().get(0).cause();
        assertThat(once.fact()).isInstanceOf(Cause.RegressedOnce.class);
        assertThat(((Cause.RegressedOnce) once.fact()).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(((Cause.RegressedOnce) once.fact()).change()).isCloseTo(0.3, within(0.02));
        assertThat(confirmed(Effect.HOLD, first).state()).isEqualTo(State.UNDECIDED);
        assertThat(confirmed(Effect.PASS, Trials.DURATION.trial(history, 130, 131))
                        .state())
                .as("of the same commit")
                .isEqualTo(State.CLOSED);

        history.add(first.candidate().get(0).asJudgedBad());
        assertThat(confirmed(Effect.PASS, Trials.DURATION.trial(history, 128)).state())
                .as("of the next commit")
                .isEqualTo(State.CLOSED);
        assertThat(confirmed(Effect.PASS, Trials.DURATION.trial(history, 100)).state())
                .isEqualTo(State.OPEN);
    }

    @Test
    void a_regression_below_the_severity_that_blocks_is_told() {
        assertThat(causes(new Gate(DEFAULT)
                        .decide(List.of(regressed(Severity.MINOR)), List.of())
                        .letPass()))
                .containsExactly(
                        cause(new Cause.Regressed(change(107), Severity.MINOR, false, Optional.of(Severity.MAJOR))));
    }

    private static Finding after(Finding finding, Evidence evidence) {
        return new Finding(
                finding.key(),
                finding.unit(),
                finding.better(),
                Policy.DEFAULT,
                finding.verdict(),
                finding.severity(),
                OptionalDouble.of(107),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(Rung.decided(evidence)),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"7, 0, OPEN", "9, 0, OPEN", "7, 3, CLOSED", "10, 0, CLOSED"})
    void a_new_benchmark_has_grace_until_it_has_its_runs(int runs, int leftOut, State state) {
        GateDecision decision = new Gate(weighed(10, List.of()))
                .decide(List.of(after(regressed(Severity.MAJOR), history(runs, leftOut, 1))), List.of());

        assertThat(decision.state()).isEqualTo(state);
        if (state == State.OPEN) {
            assertThat(causes(decision.letPass()))
                    .containsExactly(cause(
                            new Cause.Regressed(change(107), Severity.MAJOR, false, Optional.empty()),
                            new Cause.Grace(runs, 10)));
        }
    }

    @Test
    void critical_benchmarks_have_no_grace_and_neither_has_one_whose_runs_are_not_known() {
        Finding young = after(regressed(Severity.MAJOR), history(6, 0, 1));

        assertThat(state(weighed(10, List.of(), rule("decode", GateRule.Weight.CRITICAL)), young))
                .isEqualTo(State.CLOSED);
        assertThat(state(weighed(10, List.of()), regressed(Severity.MAJOR))).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Effect.class)
    void what_is_too_new_to_judge_does_what_its_own_policy_says(Effect effect) {
        GatePolicy policy = new GatePolicy(
                Severity.MAJOR,
                Effect.PASS,
                Effect.CLOSE,
                effect,
                Effect.PASS,
                Effect.PASS,
                5,
                0,
                List.of(),
                List.of());

        assertThat(state(policy, after(inconclusive(), new HistoryEvidence.TooFewRuns(2, 5))))
                .isEqualTo(of(effect));
    }

    private static Budget budget(Budget.Side side, String limit) {
        Budget.Amount amount = Budget.Amount.parse(limit);
        return new Budget(
                "plumbline.yaml:3:5",
                Optional.of(new NamePattern("dec*")),
                Optional.empty(),
                side,
                amount.number(),
                amount.unit());
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST, 107 ms, OPEN",
        "AT_MOST, 106.9 ms, CLOSED",
        "AT_MOST, 0.107 s, OPEN",
        "AT_MOST, 106000 us, CLOSED",
        "AT_LEAST, 107 ms, OPEN",
        "AT_LEAST, 0.2 s, CLOSED",
        "AT_MOST, 1 MiB, OPEN",
        "AT_MOST, 5, OPEN"
    })
    void a_budget_is_a_limit_in_any_unit_of_its_kind(Budget.Side side, String limit, State state) {
        Finding unchanged = after(finding(new Verdict.Unchanged(effect(107, 107))), history(30, 0, 1));

        assertThat(state(weighed(0, List.of(budget(side, limit))), unchanged)).isEqualTo(state);
    }

    @Test
    void a_budget_tells_value_limit_and_where_it_stands_and_holds_for_accepted_changes_too() {
        Finding unchanged = after(finding(new Verdict.Unchanged(effect(107, 107))), history(30, 0, 1));
        Budget budget = budget(Budget.Side.AT_MOST, "0.1 s");
        GateDecision decision =
                new Gate(weighed(0, List.of(budget))).decide(List.of(unchanged), List.of(), Set.of(unchanged.id()));

        Cause.OverBudget over =
                (Cause.OverBudget) ((Cause.OfSeries) decision.deciding().get(0).cause()).fact();
        assertThat(over.budget()).isEqualTo(budget);
        assertThat(over.value()).isCloseTo(0.107, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "ms 3", "-3 ms", "1 2 3", "NaN"})
    void limits_that_are_none_are_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.Amount.parse(text));
    }

    @Test
    void the_ladder_goes_from_what_closes_to_what_passes() {
        GateDecision decision = new Gate(weighed(0, List.of(), rule("*", GateRule.Weight.CRITICAL)))
                .decide(List.of(suspect(), regressed(Severity.MINOR)), List.of());

        assertThat(decision.trace().stream().map(GateReason::effect)).containsExactly(Effect.CLOSE, Effect.HOLD);
        assertThat(decision.deciding()).hasSize(1);
        assertThat(decision.trace().get(0).series()).isEqualTo(KEY.id());
    }

    @Test
    void nothing_measured_closes_it_whatever_the_policy() {
        GatePolicy lax = new GatePolicy(Severity.CRITICAL, Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS, 5);
        GateDecision decision = new Gate(lax).decide(List.of(), List.of());

        assertThat(decision.state()).isEqualTo(State.CLOSED);
        assertThat(causes(decision.deciding())).containsExactly(new Cause.NothingMeasured());
    }

    @Test
    void a_closed_gate_gives_no_reasons_that_only_hold_it() {
        GateDecision decision = new Gate(with(Effect.PASS, Effect.HOLD, Effect.CLOSE, Effect.CLOSE))
                .decide(List.of(inconclusive(), regressed(Severity.CRITICAL)), List.of());

        assertThat(decision.state()).isEqualTo(State.CLOSED);
        assertThat(causes(decision.deciding()))
                .containsExactly(cause(new Cause.Regressed(change(107), Severity.CRITICAL, false, Optional.empty())));
    }

    @Test
    void healthy_findings_leave_it_open() {
        GateDecision decision = new Gate(DEFAULT)
                .decide(
                        List.of(
                                finding(new Verdict.Unchanged(effect(100, 100))),
                                finding(new Verdict.Improved(effect(100, 90))),
                                inconclusive(),
                                suspect(109, Unit.of("ms"))),
                        List.of());

        assertThat(decision.state()).isEqualTo(State.OPEN);
        assertThat(decision.deciding()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ms, LOWER, 100, 20, OPEN",
        "ms, LOWER, 100, 19.9, CLOSED",
        "ms, LOWER, 100, 0, CLOSED",
        "ops/s, HIGHER, 100, 500, OPEN",
        "ops/s, HIGHER, 100, 501, CLOSED",
        "MB, LOWER, 100, 1, OPEN",
        "allocations, LOWER, 100, 0, OPEN",
        "ms, LOWER, 0, 0, OPEN",
        "ms, LOWER, -5, -100, OPEN"
    })
    void speeds_that_are_too_good_close_it(String unit, Better better, double before, double after, State state) {
        Finding finding = finding(new Verdict.Improved(effect(before, after)), Severity.NONE, Unit.of(unit), better);

        assertThat(state(DEFAULT, finding)).isEqualTo(state);
    }

    @Test
    void a_change_out_of_zero_is_infinite() {
        Finding finding =
                finding(new Verdict.Regressed(effect(0, 3)), Severity.CRITICAL, Unit.of("allocations"), Better.LOWER);

        assertThat(causes(new Gate(DEFAULT).decide(List.of(finding), List.of()).deciding()))
                .containsExactly(cause(
                        new Cause.Regressed(Double.POSITIVE_INFINITY, Severity.CRITICAL, false, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "0, NONE",
        "0.0199999, NONE",
        "0.02, MINOR",
        "0.0499999, MINOR",
        "0.05, MAJOR",
        "0.0999999, MAJOR",
        "0.10, CRITICAL",
        "Infinity, CRITICAL",
        "NaN, NONE"
    })
    void severities_begin_exactly_at_two_five_and_ten_per_cent(double size, Severity severity) {
        assertThat(Severities.DEFAULT.of(size)).isEqualTo(severity);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.1, 1, 7})
    void settings_that_mean_nothing_are_refused(double bad) {
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.DEFAULT.withMargin(bad));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(0.02, Severities.DEFAULT, bad, 0.05, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(0.02, Severities.DEFAULT, 0.95, bad, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Severities(bad, 0.05, 0.1));
    }

    @Test
    void severities_rise_and_too_good_is_a_factor() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Severities(0.02, 0.02, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Severities(0.02, Double.NaN, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Severities(0.02, 0.05, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Severities(0.02, 0.05, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new GatePolicy(Severity.MAJOR, Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new GatePolicy(Severity.MAJOR, Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 2));
    }

    @Test
    void only_regressions_have_a_severity_and_changes_are_numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        finding(new Verdict.Unchanged(effect(1, 1)), Severity.MINOR, Unit.of("ms"), Better.LOWER));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new dev.plumbline.core.finding.Effect(1, 1, Double.NaN, new Interval(0, 0, 0.95)));
    }

    @Test
    void a_relative_change_is_signed_by_the_way_it_went() {
        assertThat(dev.plumbline.core.finding.Effect.relativeChange(100, 90)).isEqualTo(-0.1);
        assertThat(dev.plumbline.core.finding.Effect.relativeChange(-100, -90)).isEqualTo(0.1);
        assertThat(dev.plumbline.core.finding.Effect.relativeChange(0, 0)).isZero();
        assertThat(dev.plumbline.core.finding.Effect.relativeChange(0, -1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(dev.plumbline.core.finding.Effect.relativeChange(-0.0, 0.0)).isZero();
    }

    private static Finding regressed(String name, Severity severity, double after) {
        Finding finding = finding(new Verdict.Regressed(effect(100, after)), severity, Unit.of("ms"), Better.LOWER);
        return new Finding(
                new SeriesKey(Benchmark.of(name), "time", "lab", "main"),
                finding.unit(),
                finding.better(),
                Policy.DEFAULT,
                finding.verdict(),
                finding.severity(),
                finding.candidate(),
                finding.baseline(),
                finding.pValue(),
                finding.detectableChange(),
                finding.since(),
                finding.trace(),
                finding.warnings(),
                finding.history(),
                Optional.empty());
    }

    @Test
    void reasons_come_worst_first_and_in_the_order_of_findings_where_equal() {
        GateDecision decision = new Gate(with(Effect.CLOSE, Effect.CLOSE, Effect.CLOSE, Effect.CLOSE))
                .decide(
                        List.of(
                                inconclusive(),
                                suspect(),
                                regressed("small", Severity.MAJOR, 107),
                                regressed("first", Severity.CRITICAL, 130),
                                regressed("large", Severity.CRITICAL, 150),
                                regressed("second", Severity.CRITICAL, 130)),
                        List.of(Missing.benchmark(KEY)));

        assertThat(decision.deciding())
                .extracting(reason ->
                        ((Cause.OfSeries) reason.cause()).key().benchmark().name())
                .containsExactly("large", "first", "second", "small", "decode", "decode", "decode");
        assertThat(causes(decision.deciding()).subList(4, 7))
                .containsExactly(
                        cause(new Cause.Missing(true, Optional.empty(), 1)),
                        cause(new Cause.Suspected(OptionalDouble.of(change(120)), true, Cause.Remedy.RUN_AGAIN)),
                        cause(new Cause.Undecided(NOISY)));
    }

    @ParameterizedTest
    @CsvSource({"109.9, OPEN", "110, UNDECIDED", "250, UNDECIDED", "90, UNDECIDED"})
    void a_person_is_asked_about_critical_suspects_unless_the_policy_says_otherwise(double after, State state) {
        Finding suspect = suspect(after, Unit.of("ms"));

        assertThat(state(DEFAULT, suspect)).isEqualTo(state);
        assertThat(state(with(Effect.PASS, Effect.PASS, Effect.PASS, Effect.PASS), suspect))
                .isEqualTo(State.OPEN);
    }

    @Test
    void which_suspects_are_critical_is_told_by_the_severities_of_their_series() {
        Policy strict = new Policy(0.002, new Severities(0.005, 0.01, 0.02), 0.95, 0.05, 5);
        GatePolicy policy = new GatePolicy(
                Severity.MAJOR,
                GatePolicy.OnSuspect.bySize(strict),
                Effect.PASS,
                Effect.PASS,
                Effect.HOLD,
                Effect.PASS,
                Effect.PASS,
                5,
                0,
                List.of(),
                List.of(),
                Roles.ALL_PRIMARY,
                Optional.empty());

        assertThat(state(policy, suspect(102.1, Unit.of("ms")))).isEqualTo(State.UNDECIDED);
        assertThat(state(policy, suspect(101.9, Unit.of("ms")))).isEqualTo(State.OPEN);
    }

    @Test
    void the_reason_against_a_suspect_says_how_large_it_seems_and_what_settles_it() {
        assertThat(causes(new Gate(DEFAULT)
                        .decide(List.of(suspect(114.2, Unit.of("ms"))), List.of())
                        .deciding()))
                .containsExactly(
                        cause(new Cause.Suspected(OptionalDouble.of(change(114.2)), true, Cause.Remedy.RUN_AGAIN)));
        Gate longer = new Gate(DEFAULT, Cause.Remedy.MEASURE_LONGER);
        assertThat(causes(longer.decide(List.of(suspect(114.2, Unit.of("MiB"))), List.of())
                        .deciding()))
                .containsExactly(cause(
                        new Cause.Suspected(OptionalDouble.of(change(114.2)), false, Cause.Remedy.MEASURE_LONGER)));
        Finding outOfNothing = finding(
                new Verdict.Inconclusive(ODD, true, OptionalInt.of(1), Optional.of(effect(0, 3))),
                Severity.NONE,
                Unit.of("MiB"),
                Better.LOWER);
        assertThat(causes(longer.decide(List.of(outOfNothing), List.of()).deciding()))
                .containsExactly(
                        cause(new Cause.Suspected(OptionalDouble.empty(), false, Cause.Remedy.MEASURE_LONGER)));
    }

    @Test
    void a_suspect_counts_however_small_it_seems() {
        Finding small = finding(new Verdict.Inconclusive(ODD, true, OptionalInt.of(1), Optional.of(effect(100, 101))));

        assertThat(state(with(Effect.HOLD, Effect.PASS, Effect.PASS, Effect.PASS), small))
                .isEqualTo(State.UNDECIDED);
    }

    @Test
    void a_series_that_has_been_as_good_in_three_runs_is_not_too_good() {
        Finding finding = finding(new Verdict.Improved(effect(100, 10)), Severity.NONE, Unit.of("ms"), Better.LOWER);

        assertThat(state(DEFAULT, withHistory(finding, List.of(100.0, 99.0, 21.0))))
                .isEqualTo(State.CLOSED);
        assertThat(state(DEFAULT, withHistory(finding, List.of(100.0, 15.0, 101.0))))
                .as("one may be the run that was stopped before")
                .isEqualTo(State.CLOSED);
        assertThat(state(DEFAULT, withHistory(finding, List.of(100.0, 10.0, 10.1))))
                .isEqualTo(State.CLOSED);
        assertThat(state(DEFAULT, withHistory(finding, List.of(15.0, 100.0, 10.0, 10.1))))
                .isEqualTo(State.OPEN);
    }

    @Test
    void a_result_as_good_as_three_runs_that_were_stopped_is_confirmed_once() {
        Gate gate = new Gate(DEFAULT);
        Finding level = finding(new Verdict.Improved(effect(100, 10)), Severity.NONE, Unit.of("ms"), Better.LOWER);

        for (int stopped = 0; stopped < 6; stopped++) {
            List<Double> values = new ArrayList<>(Collections.nCopies(8, 100.0));
            values.addAll(Collections.nCopies(stopped, 10.0));
            assertThat(gate.confirmedAsGood(List.of(withHistory(level, values))))
                    .as("%d before", stopped)
                    .hasSize(stopped == 3 ? 1 : 0);
        }
    }

    @Test
    void too_good_is_only_what_is_so_at_the_near_end_of_its_interval() {
        Interval wide = new Interval(-0.95, -0.75, 0.95);
        Interval narrow = new Interval(-0.95, -0.81, 0.95);

        for (Interval interval : List.of(wide, narrow)) {
            Finding finding = finding(
                    new Verdict.Improved(new dev.plumbline.core.finding.Effect(100, 10, -0.9, interval)),
                    Severity.NONE,
                    Unit.of("ms"),
                    Better.LOWER);
            assertThat(state(DEFAULT, finding)).isEqualTo(interval == wide ? State.OPEN : State.CLOSED);
        }
        Interval rate = new Interval(3.9, 12, 0.95);
        assertThat(state(
                        DEFAULT,
                        finding(
                                new Verdict.Improved(new dev.plumbline.core.finding.Effect(100, 900, 8, rate)),
                                Severity.NONE,
                                Unit.of("ops/s"),
                                Better.HIGHER)))
                .isEqualTo(State.OPEN);
    }

    @ParameterizedTest
    @CsvSource({"2, OPEN", "4, OPEN", "5, CLOSED"})
    void nothing_is_too_good_for_a_history_of_few_runs(int runs, State state) {
        Finding finding = finding(new Verdict.Improved(effect(100, 10)), Severity.NONE, Unit.of("ms"), Better.LOWER);

        assertThat(state(DEFAULT, after(finding, history(runs, 0, 1)))).isEqualTo(state);
    }

    @Test
    void a_secondary_metric_is_never_too_good() {
        Finding good = finding(new Verdict.Improved(effect(100, 10)), Severity.NONE, Unit.of("ms"), Better.LOWER);
        Finding other = primaryBeside(new Verdict.Unchanged(effect(1, 1)));

        assertThat(new Gate(secondary()).decide(List.of(good, other), List.of()).trace())
                .extracting(GateReason::kind)
                .doesNotContain(GateReason.Kind.TOO_GOOD);
        assertThat(new Gate(secondary()).isAnyTooGood(List.of(good, other))).isFalse();
        assertThat(new Gate(DEFAULT).isAnyTooGood(List.of(good, other))).isTrue();
    }

    private static Finding withHistory(Finding finding, List<Double> history) {
        return new Finding(
                finding.key(),
                finding.unit(),
                finding.better(),
                Policy.DEFAULT,
                finding.verdict(),
                finding.severity(),
                finding.verdict().effect().stream()
                        .mapToDouble(change -> change.after())
                        .findFirst(),
                finding.baseline(),
                finding.pValue(),
                finding.detectableChange(),
                finding.since(),
                finding.trace(),
                finding.warnings(),
                history,
                Optional.empty());
    }

    @Test
    void one_more_thing_never_opens_a_gate_and_stands_among_its_equals() {
        GateDecision open = new Gate(DEFAULT).decide(List.of(finding(new Verdict.Unchanged(effect(1, 1)))), List.of());
        GateReason holds = new GateReason(Effect.HOLD, GateReason.Kind.UNKNOWN, "", "", new Cause.NothingJudged(true));
        GateReason passes = new GateReason(Effect.PASS, GateReason.Kind.UNKNOWN, "", "", new Cause.NothingComparable());
        GateDecision closed = new Gate(DEFAULT).decide(List.of(regressed(Severity.MAJOR)), List.of());

        assertThat(open.with(passes).state()).isEqualTo(State.OPEN);
        assertThat(open.with(holds).state()).isEqualTo(State.UNDECIDED);
        assertThat(open.with(holds).deciding()).containsExactly(holds);
        assertThat(open.with(passes).letPass()).containsExactly(passes);
        assertThat(closed.with(holds).state()).isEqualTo(State.CLOSED);
        assertThat(closed.with(holds).trace()).last().isEqualTo(holds);
    }
}
