package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.threshold.Floor;
import dev.plumbline.core.threshold.Thresholds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Policy FLOORED = policy(0.02, 0.95, 0.05, 5, 7);

    private static Policy policy(double margin, double confidence, double rate, int runs, double floor) {
        return new Policy(margin, Severities.DEFAULT, confidence, rate, runs, floor);
    }

    private static Effect effect(double before, double after) {
        double change = Effect.relativeChange(before, after);
        return new Effect(before, after, change, new Interval(change, change, 0.95));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.51, 0.001, 3, 0",
        "0.999, 0.999, 0.999, 1000, 1e300",
    })
    void takes_everything_up_to_its_bounds(double margin, double confidence, double rate, int runs, double floor) {
        assertThatCode(() -> policy(margin, confidence, rate, runs, floor)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "-0.001, 0.95, 0.05, 5, 0, a margin",
        "1, 0.95, 0.05, 5, 0, a margin",
        "NaN, 0.95, 0.05, 5, 0, a margin",
        "0.02, 0.5, 0.05, 5, 0, a confidence",
        "0.02, 1, 0.05, 5, 0, a confidence",
        "0.02, NaN, 0.05, 5, 0, a confidence",
        "0.02, 0.95, 0, 5, 0, an error rate",
        "0.02, 0.95, 1, 5, 0, an error rate",
        "0.02, 0.95, NaN, 5, 0, an error rate",
        "0.02, 0.95, 0.05, 2, 0, a history",
        "0.02, 0.95, 0.05, 5, -1, a floor",
        "0.02, 0.95, 0.05, 5, Infinity, a floor",
        "0.02, 0.95, 0.05, 5, NaN, a floor",
    })
    void refuses_what_lies_outside(
            double margin, double confidence, double rate, int runs, double floor, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(margin, confidence, rate, runs, floor))
                .withMessageContaining(words);
    }

    @Test
    void a_share_of_the_error_rate_can_be_spent() {
        assertThat(FLOORED.spending(0.5)).isEqualTo(policy(0.02, 0.95, 0.025, 5, 7));
        assertThat(FLOORED.general()).isEqualTo(FLOORED);
    }

    @Test
    void a_change_matters_from_the_margin_and_the_floor_on() {
        assertThat(Policy.DEFAULT.isRelevant(effect(100, 102))).isTrue();
        assertThat(Policy.DEFAULT.isRelevant(effect(100, 98))).isTrue();
        assertThat(Policy.DEFAULT.isRelevant(effect(100, 101.999))).isFalse();
        assertThat(FLOORED.isRelevant(effect(100, 107))).isTrue();
        assertThat(FLOORED.isRelevant(effect(100, 93))).isTrue();
        assertThat(FLOORED.isRelevant(effect(100, 106.9))).isFalse();
        assertThat(FLOORED.isBelowFloor(effect(-10, -3.5))).isTrue();
    }

    @Test
    void a_floor_larger_than_the_margin_takes_its_place_at_that_level() {
        assertThat(FLOORED.at(100).margin()).isEqualTo(0.07);
        assertThat(FLOORED.at(-100).margin()).isEqualTo(0.07);
        assertThat(FLOORED.at(1000)).isSameAs(FLOORED);
        assertThat(FLOORED.at(350)).isSameAs(FLOORED);
        assertThat(FLOORED.at(0).margin()).isEqualTo(0.99);
        assertThat(Policy.DEFAULT.at(0)).isSameAs(Policy.DEFAULT);
    }

    @Test
    void the_floor_is_told_where_it_decides() {
        Unit ms = Unit.of("ms");

        assertThat(FLOORED.at(1000).largeFloor(FLOORED, 1000, ms)).isEmpty();
        assertThat(Policy.DEFAULT.at(0).largeFloor(Policy.DEFAULT, 0, ms)).isEmpty();
        assertThat(FLOORED.at(100).largeFloor(FLOORED, 100, ms))
                .contains(new Evidence.LargeFloor(
                        7, ms, 100, 0.02, FLOORED.at(100).margin()));
        assertThat(FLOORED.at(0).largeFloor(FLOORED, 0, ms))
                .contains(new Evidence.LargeFloor(7, ms, 0, 0.02, FLOORED.at(0).margin()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.05, 0.1",
        "-0.1, 0.05, 0.1",
        "0.05, 0.05, 0.1",
        "0.02, 0.1, 0.1",
        "0.02, 0.05, Infinity",
        "0.06, 0.05, 0.1",
        "0.02, 0.2, 0.1",
        "NaN, 0.05, 0.1",
    })
    void severities_rise(double minor, double major, double critical) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Severities(minor, major, critical))
                .withMessageContaining("rise");
    }

    @Test
    void a_severity_begins_with_its_limit() {
        assertThat(Severities.DEFAULT.of(0.0199)).isEqualTo(Severity.NONE);
        assertThat(Severities.DEFAULT.of(0.02)).isEqualTo(Severity.MINOR);
        assertThat(Severities.DEFAULT.of(0.05)).isEqualTo(Severity.MAJOR);
        assertThat(Severities.DEFAULT.of(0.10)).isEqualTo(Severity.CRITICAL);
        assertThat(Severities.DEFAULT.of(Double.POSITIVE_INFINITY)).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_floor_is_not_negative_and_finite() {
        assertThat(new Floor(0, Unit.of("ns")).amount()).isZero();
        for (double amount : new double[] {-1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Floor(amount, Unit.of("ns")));
        }
    }

    @Test
    void a_share_of_the_error_rate_of_thresholds_can_be_spent_too() {
        Policies general = new Thresholds(Policy.DEFAULT, List.of(Thresholds.ofMemory()));

        Policies half = general.spending(0.5);

        assertThat(half.general().suiteErrorRate()).isEqualTo(0.025);
        SeriesKey peak = new SeriesKey(Benchmark.of("a"), "peak_rss", "lab", "main");
        Policy memory = half.of(peak, Unit.of("MiB"));
        assertThat(memory.suiteErrorRate()).isEqualTo(0.025);
        assertThat(memory.margin()).isEqualTo(0.10);
    }

    @Test
    void no_change_is_tested_against_something_also_where_every_change_matters() {
        assertThat(Policy.DEFAULT.testedMargin()).isEqualTo(0.02);
        assertThat(Policy.DEFAULT.withMargin(0).testedMargin()).isPositive();
    }
}
