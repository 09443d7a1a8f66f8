package dev.plumbline.core.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which series rules, weights and budgets are for. */
class ScopesTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("Sort.quick"), "peak_memory", "lab", "main");
    private static final Unit BYTES = Unit.of("MiB");

    private static Optional<NamePattern> pattern(String text) {
        return Optional.ofNullable(text).map(NamePattern::new);
    }

    @ParameterizedTest
    @CsvSource({
        ",,,,, true",
        "Sort.*, peak*, l*, m*, MEMORY, true",
        "Search.*,,,,, false",
        ",time,,,, false",
        ",,ci-*,,, false",
        ",,,release/*,, false",
        ",,,,LATENCY, false",
        "Sort.*,,,,, true",
        ",*memory,,,, true",
        ",,lab,,, true",
        ",,,main,, true",
        ",,,,MEMORY, true",
    })
    void a_rule_is_for_series_that_match_everything_that_is_given(
            String benchmark, String metric, String environment, String branch, MetricKind kind, boolean covers) {
        ThresholdRule.Scope scope = new ThresholdRule.Scope(
                pattern(benchmark), pattern(metric), pattern(environment), pattern(branch), Optional.ofNullable(kind));

        assertThat(scope.covers(KEY, BYTES)).isEqualTo(covers);
    }

    @Test
    void a_scope_says_what_it_is_for() {
        assertThat(ThresholdRule.Scope.ALL).hasToString("every series");
        assertThat(new ThresholdRule.Scope(
                        pattern("Sort.*"),
                        pattern("time"),
                        pattern("ci"),
                        pattern("main"),
                        Optional.of(MetricKind.LOSS)))
                .hasToString("kind loss, benchmark Sort.*, metric time, environment ci, branch main");
        assertThat(MetricKind.values())
                .extracting(MetricKind::word)
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void thresholds_give_back_what_they_are_made_of() {
        ThresholdRule rule = ThresholdRule.ofMargin("mine", ThresholdRule.Scope.ALL, 0.1);
        Thresholds thresholds = new Thresholds(Policy.DEFAULT, List.of(rule));

        assertThat(thresholds.general()).isEqualTo(Policy.DEFAULT);
        assertThat(thresholds.rules()).containsExactly(rule);
        assertThat(Thresholds.Property.values())
                .extracting(Thresholds.Property::key)
                .containsExactly("margin", "severities", "floor", "minimum-runs");
    }

    @ParameterizedTest
    @CsvSource({",, true", "Sort.*, peak*, true", "Search.*,, false", ",time, false", "Sort.*, time, false"})
    void a_weight_and_a_budget_are_for_series_that_match(String benchmark, String metric, boolean covers) {
        assertThat(new GateRule("r", pattern(benchmark), pattern(metric), GateRule.Weight.MUTED).covers(KEY))
                .isEqualTo(covers);
        Budget budget = new Budget("b", pattern(benchmark), pattern(metric), Budget.Side.AT_MOST, 1, Unit.of("GiB"));
        assertThat(budget.names(KEY)).isEqualTo(covers);
        assertThat(budget.isFor(KEY, BYTES)).isEqualTo(covers);
        assertThat(budget.isFor(KEY, Unit.of("ms"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST, 1024, false",
        "AT_MOST, 1024.1, true",
        "AT_MOST, 0, false",
        "AT_LEAST, 1024, false",
        "AT_LEAST, 2048, false",
        "AT_LEAST, 512, true",
        "AT_LEAST, 0.0001, true",
        "AT_MOST, 2e18, true",
    })
    void a_budget_tells_what_lies_beyond_it_in_its_own_unit(Budget.Side side, double mebibytes, boolean beyond) {
        Budget budget = new Budget("here", Optional.empty(), Optional.empty(), side, 1, Unit.of("GiB"));

        assertThat(budget.exceeding(mebibytes, BYTES).isPresent()).isEqualTo(beyond);
        budget.exceeding(mebibytes, BYTES)
                .ifPresent(value -> assertThat(value).isCloseTo(mebibytes / 1024, withinPercentage(1e-9)));
    }

    @Test
    void a_budget_has_a_limit() {
        assertThat(new Budget("b", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, 0, BYTES).limit())
                .isZero();
        for (double limit : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new Budget("b", Optional.empty(), Optional.empty(), Budget.Side.AT_MOST, limit, BYTES));
        }
    }
}
