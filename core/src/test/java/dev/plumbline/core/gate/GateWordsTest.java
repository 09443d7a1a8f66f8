package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.core.finding.Check;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.NamePattern;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate tells of what it weighed, and what it looks at. */
class GateWordsTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("decode"), "time", "lab", "main");
    private static final Verdict REGRESSED = new Verdict.Regressed(effect(100, 107));
    private static final Verdict OPEN =
            new Verdict.Inconclusive("too noisy", false, OptionalInt.empty(), Optional.empty());
    private static final Verdict SUSPECT = new Verdict.Inconclusive("odd", true, OptionalInt.of(1), Optional.empty());

    private static dev.plumbline.core.finding.Effect effect(double before, double after) {
        return new dev.plumbline.core.finding.Effect(before, after, after / before - 1, Interval.unbounded(0.95));
    }

    private static Finding finding(Verdict verdict, Check... ladder) {
        return new Finding(
                KEY,
                Unit.of("ms"),
                Better.LOWER,
                verdict,
                verdict instanceof Verdict.Regressed ? Severity.MAJOR : Severity.NONE,
                OptionalDouble.of(107),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(ladder),
                List.of(),
                List.of());
    }

    private static Check rung(String name, Map<String, Double> numbers) {
        return new Check(name, Check.Outcome.PASSED, "", numbers);
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
        Finding young = finding(REGRESSED, rung("history", Map.of("runs", 3.0, "leftOut", 1.0, "together", 2.0)));

        GateDecision decision = decided(policy(Effect.PASS, 5, 5, weight), young);

        assertThat(decision.state()).isEqualTo(state);
        if (state == State.OPEN) {
            assertThat(decision.letPass())
                    .containsExactly(
                            "decode time regressed by +7.0 % (major); it is new and in its grace, 4 of 5 runs");
        }
        assertThat(decided(policy(Effect.PASS, 5, 4, weight), young).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void earlier_runs_are_those_that_the_rungs_on_the_history_tell() {
        Check other = rung("prediction", Map.of("runs", 99.0));
        Check history = rung("history", Map.of("runs", 3.0));
        Check unknown = rung("history", Map.of("level", 100.0));
        GatePolicy graced = policy(Effect.PASS, 5, 5, GateRule.Weight.NORMAL);

        assertThat(decided(graced, finding(REGRESSED, other, history)).state()).isEqualTo(State.OPEN);
        assertThat(decided(graced, finding(REGRESSED, unknown)).state()).isEqualTo(State.CLOSED);
        assertThat(decided(graced, finding(REGRESSED, rung("prediction", Map.of("runs", 3.0))))
                        .state())
                .isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "ADVISORY, CLOSE, '; it is advisory'",
        "ADVISORY, PASS, ''",
        "NORMAL, PASS, ''",
        "NORMAL, CLOSE, ''",
        "CRITICAL, PASS, ''"
    })
    void what_is_missing_is_told_and_advisory_only_where_it_would_count(
            GateRule.Weight weight, Effect onMissing, String more) {
        GateDecision decision = new Gate(policy(onMissing, 5, 0, weight)).decide(List.of(finding(OPEN)), List.of(KEY));

        assertThat(decision.ladder())
                .filteredOn(reason -> reason.kind() == GateReason.Kind.MISSING)
                .extracting(GateReason::words)
                .containsExactly("decode time is missing from this run" + more);
    }

    @Test
    void what_has_too_little_history_is_new_and_all_else_that_cannot_be_told_unknown() {
        GatePolicy closing = policy(Effect.CLOSE, 5, 0, GateRule.Weight.NORMAL);
        Check decided = new Check("enough-history", Check.Outcome.DECIDED, "", Map.of("runs", 2.0));
        Check noted = new Check("enough-history", Check.Outcome.PASSED, "", Map.of("runs", 9.0));
        Check other = new Check("sensitivity", Check.Outcome.DECIDED, "", Map.of());

        assertThat(decided(closing, finding(OPEN, decided)).ladder())
                .extracting(GateReason::kind, GateReason::effect, GateReason::words)
                .containsExactly(tuple(GateReason.Kind.NEW, Effect.HOLD, "decode time: too noisy"));
        for (Finding finding :
                List.of(finding(OPEN, noted), finding(OPEN, other), finding(new Verdict.NotComparable("too noisy")))) {
            assertThat(decided(closing, finding).ladder())
                    .extracting(GateReason::kind, GateReason::effect, GateReason::words)
                    .containsExactly(tuple(GateReason.Kind.UNKNOWN, Effect.CLOSE, "decode time: too noisy"));
        }
    }

    @Test
    void what_the_policy_passes_anyway_is_not_told() {
        GatePolicy passing = policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL);

        assertThat(decided(passing, finding(OPEN), finding(SUSPECT), finding(new Verdict.NotComparable("elsewhere")))
                        .ladder())
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
                        .ladder())
                .isEmpty();
        assertThat(decided(policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL, memory, other, own), unchanged)
                        .reasons())
                .containsExactly("decode time is 107 ms, over its budget of 1 ms (b)");
    }

    @ParameterizedTest
    @CsvSource({"5, 19, 5", "2.5, 39, 2.5"})
    void how_much_is_too_good_is_told_as_it_was_set(double tooGood, double after, String words) {
        Finding good = finding(new Verdict.Improved(effect(100, after)));

        assertThat(decided(policy(Effect.PASS, tooGood, 0, GateRule.Weight.NORMAL), good)
                        .reasons())
                .containsExactly("decode time is more than " + words
                        + " times better than before: too good to be true, was anything measured?");
    }

    @Test
    void what_was_let_pass_is_told_apart_from_what_decided() {
        Budget own = new Budget("b", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, 1, Unit.of("ms"));
        Finding minor = new Finding(
                KEY,
                Unit.of("ms"),
                Better.LOWER,
                REGRESSED,
                Severity.MINOR,
                OptionalDouble.of(107),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                List.of(),
                List.of());

        GateDecision decision = decided(policy(Effect.PASS, 5, 0, GateRule.Weight.NORMAL, own), minor);

        assertThat(decision.reasons()).containsExactly("decode time is 107 ms, over its budget of 1 ms (b)");
        assertThat(decision.letPass())
                .containsExactly("decode time regressed by +7.0 % (minor); the gate closes at major");
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
