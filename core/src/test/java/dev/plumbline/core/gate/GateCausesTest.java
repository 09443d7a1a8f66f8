package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate tells of what it weighed, and what it looks at. */
class GateCausesTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("decode"), "time", "lab", "main");
    private static final Verdict REGRESSED = new Verdict.Regressed(effect(100, 107));
    private static final HistoryEvidence.Doubt NOISY = new HistoryEvidence.Doubt(0.3, 0.05);
    private static final Verdict OPEN = new Verdict.Inconclusive(NOISY, false, OptionalInt.empty(), Optional.empty());
    private static final Verdict SUSPECT = new Verdict.Inconclusive(NOISY, true, OptionalInt.of(1), Optional.empty());

    private static dev.plumbline.core.finding.Effect effect(double before, double after) {
        return new dev.plumbline.core.finding.Effect(before, after, after / before - 1, Interval.unbounded(0.95));
    }

    private static Finding finding(Verdict verdict, Rung... trace) {
        return new Finding(
                KEY,
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                verdict,
                verdict instanceof Verdict.Regressed ? Severity.MAJOR : Severity.NONE,
                OptionalDouble.of(107),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(trace),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static Rung history(int runs, int leftOut, int together) {
        return Rung.passed(
                new HistoryEvidence.History(runs, leftOut, runs, OptionalInt.empty(), 100, 0.01, 0, false, together));
    }

    private static Cause cause(Cause.Fact fact) {
        return new Cause.OfSeries(KEY, fact, Optional.empty());
    }

    private static Cause cause(Cause.Fact fact, Cause.Lenience lenience) {
        return new Cause.OfSeries(KEY, fact, Optional.of(lenience));
    }

    private static double change() {
        return effect(100, 107).relativeChange();
    }

    private static GatePolicy policy(
            Effect effect, double tooGood, int grace, GateRule.Weight weight, Budget... budgets) {
        GateRule rule = new GateRule("a rule", Optional.of(new NamePattern("decode")), Optional.empty(), weight);
        return new GatePolicy(
                Severity.MAJOR,
                effect,
                effect,
                Effect.HOLD,
                effect,
                Effect.CLOSE,
                tooGood,
                grace,
                List.of(rule),
                Arrays.asList(budgets));
    }

    private static GateDecision decided(GatePolicy policy, Finding... findings) {
        return new Gate(policy).decide(List.of(findings), List.of());
    }

    @ParameterizedTest
    @CsvSource({"NORMAL, OPEN", "CONFIRMED, OPEN", "CRITICAL, CLOSED"})
    void what_is_new_has_its_grace_unless_it_is_critical(GateRule.Weight weight, State state) {
        Finding young = finding(REGRESSED, history(3, 1, 2));

        GateDecision decision = decided(policy(Effect.PASS, 5, 5, weight), young);

        assertThat(decision.state()).isEqualTo(state);
        if (state == State.OPEN) {
            assertThat(decision.letPass())
                    .extracting(GateReason::cause)
                    .containsExactly(cause(
                            new Cause.Regressed(change(), Severity.MAJOR, false, Optional.empty()),
                            new Cause.Grace(4, 5)));
        }
        assertThat(decided(policy(Effect.PASS, 5, 4, weight), young).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void earlier_runs_are_those_that_the_rungs_on_the_history_tell() {
        Rung other = Rung.passed(new HistoryEvidence.Standing(99));
        Rung tooFew = Rung.decided(new HistoryEvidence.TooFewRuns(3, 5));
        GatePolicy graced = policy(Effect.PASS, 5, 5, GateRule.Weight.NORMAL);

        assertThat(decided(graced, finding(REGRESSED, other, history(3, 0, 1))).state())
                .isEqualTo(State.OPEN);
        assertThat(decided(graced, finding(REGRESSED, tooFew)).state()).isEqualTo(State.OPEN);
        assertThat(decided(graced, finding(REGRESSED, history(3, 2, 1))).state())
                .isEqualTo(State.CLOSED);
        assertThat(decided(graced, finding(REGRESSED, Rung.passed(new HistoryEvidence.Standing(3))))
                        .state())
                .isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "ADVISORY, CLOSE, true",
        "ADVISORY, PASS, false",
        "NORMAL, PASS, false",
        "NORMAL, CLOSE, false",
        "CRITICAL, PASS, false"
    })
    void what_is_missing_is_told_and_advisory_only_where_it_would_count(
            GateRule.Weight weight, Effect onMissing, boolean advisory) {
        GateDecision decision = new Gate(policy(onMissing, 5, 0, weight))
                .decide(List.of(finding(OPEN)), List.of(Missing.benchmark(KEY)));

        assertThat(decision.trace())
                .filteredOn(reason -> reason.kind() == GateReason.Kind.MISSING)
                .extracting(GateReason::cause)
                .containsExactly(
                        advisory
                                ? cause(new Cause.Missing(true, Optional.empty(), 1), new Cause.Advisory())
                                : cause(new Cause.Missing(true, Optional.empty(), 1)));
    }

    @Test
    void what_has_too_little_history_is_new_and_all_else_that_cannot_be_told_unknown() {
        GatePolicy closing = policy(Effect.CLOSE, 5, 0, GateRule.Weight.NORMAL);
        Evidence tooFew = new HistoryEvidence.TooFewRuns(2, 5);
        Rung decided = Rung.decided(tooFew);
        Rung noted = Rung.passed(tooFew);
        Rung other = Rung.decided(NOISY);

        assertThat(decided(closing, finding(OPEN, decided)).trace())
                .extracting(GateReason::kind, GateReason::effect, GateReason::cause)
                .containsExactly(tuple(GateReason.Kind.NEW, Effect.HOLD, cause(new Cause.Undecided(NOISY))));
        for (Finding finding :
                List.of(finding(OPEN, noted), finding(OPEN, other), finding(new Verdict.NotComparable(NOISY)))) {
            assertThat(decided(closing, finding).trace())
                    .extracting(GateReason::kind, GateReason::effect, GateReason::cause)
                    .containsExactly(tuple(GateReason.Kind.UNKNOWN, Effect.CLOSE, cause(new Cause.Undecided(NOISY))));
        }
    }

    @Test
    void what_the_policy_passes_anyway_is_not_told() {
        GatePolicy passing = policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL);

        assertThat(decided(passing, finding(OPEN), finding(SUSPECT), finding(new Verdict.NotComparable(NOISY)))
                        .trace())
                .isEmpty();
    }

    @Test
    void a_budget_of_another_unit_or_benchmark_says_nothing() {
        Budget memory = new Budget("m", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, 1, Unit.of("MiB"));
        Budget other = new Budget(
                "o", Optional.of(new NamePattern("encode")), Optional.empty(), Budget.Side.AT_MOST, 1, Unit.of("ms"));
        Budget own = new Budget("b", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, 1, Unit.of("ms"));
        Finding unchanged = finding(new Verdict.Unchanged(effect(107, 107)));

        assertThat(decided(policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL, memory, other), unchanged)
                        .trace())
                .isEmpty();
        assertThat(decided(policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL, memory, other, own), unchanged)
                        .deciding())
                .extracting(GateReason::cause)
                .containsExactly(cause(new Cause.OverBudget(own, 107)));
    }

    @ParameterizedTest
    @CsvSource({"5, 19", "2.5, 39"})
    void how_much_is_too_good_is_told_as_it_was_set(double tooGood, double after) {
        double change = after / 100 - 1;
        Finding good = finding(new Verdict.Improved(
                new dev.plumbline.core.finding.Effect(100, after, change, new Interval(change, change, 0.95))));

        assertThat(decided(policy(Effect.PASS, tooGood, 0, GateRule.Weight.NORMAL), good)
                        .deciding())
                .extracting(GateReason::cause)
                .containsExactly(cause(new Cause.TooGood(tooGood)));
    }

    @Test
    void what_was_let_pass_is_told_apart_from_what_decided() {
        Budget own = new Budget("b", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, 1, Unit.of("ms"));
        Finding minor = new Finding(
                KEY,
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                REGRESSED,
                Severity.MINOR,
                OptionalDouble.of(107),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());

        GateDecision decision = decided(policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL, own), minor);

        assertThat(decision.deciding())
                .extracting(GateReason::cause)
                .containsExactly(cause(new Cause.OverBudget(own, 107)));
        assertThat(decision.letPass())
                .extracting(GateReason::cause)
                .containsExactly(
                        cause(new Cause.Regressed(change(), Severity.MINOR, false, Optional.of(Severity.MAJOR))));
    }

    @ParameterizedTest
    @CsvSource({
        "decode, time, lab, main, true",
        "encode, time, lab, main, false",
        "decode, memory, lab, main, false",
        "decode, time, box, main, false",
        "decode, time, lab, dev, false"
    })
    void a_rule_covers_what_matches_everything_that_it_names(
            String benchmark, String metric, String environment, String branch, boolean covers) {
        GateRule rule = new GateRule(
                "a rule",
                Optional.of(new NamePattern(benchmark)),
                Optional.of(new NamePattern(metric)),
                Optional.of(new NamePattern(environment)),
                Optional.of(new NamePattern(branch)),
                GateRule.Weight.CRITICAL);

        assertThat(rule.covers(KEY)).isEqualTo(covers);
    }
}
