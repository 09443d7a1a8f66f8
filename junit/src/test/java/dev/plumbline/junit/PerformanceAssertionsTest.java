package dev.plumbline.junit;

import static dev.plumbline.junit.PerformanceAssertions.assertThat;
import static dev.plumbline.junit.PerformanceAssertions.measure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class PerformanceAssertionsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private long seed = System.nanoTime();

    private long work(int units) {
        long x = seed;
        for (int i = 0; i < units * 1000; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        seed = x;
        return x;
    }

    @Test
    void code_that_does_a_fifth_more_is_slower() {
        assertThatThrownBy(() -> assertThat(measure(() -> work(12)).as("the new one"))
                        .withBudget(LONG)
                        .isNotSlowerThan(measure(() -> work(10)).as("the old one"))
                        .withinPercent(3))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Expecting:\n  the new one, ")
                .hasMessageContaining("to be at most 3 % slower than:\n  the old one, ")
                .hasMessageContaining("but it is ")
                .hasMessageContaining("% slower with 90 % confidence, after ");
    }

    @Test
    void the_same_code_is_not_slower() {
        assertThat(measure(() -> work(10)))
                .withBudget(LONG)
                .isNotSlowerThan(measure(() -> work(10)))
                .withinPercent(5);
    }

    @Test
    void code_that_does_half_of_it_is_faster_by_a_third_but_not_by_two_thirds() {
        assertThat(measure(() -> work(5)))
                .withBudget(LONG)
                .isFasterThan(measure(() -> work(10)))
                .byPercent(33);
        assertThatThrownBy(() -> assertThat(measure(() -> work(5)))
                        .withBudget(LONG)
                        .isFasterThan(measure(() -> work(10)))
                        .byPercent(66))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("to be at least 66 % faster than:");
    }

    @Test
    void a_budget_that_is_too_short_aborts_and_says_what_would_decide() {
        assertThatThrownBy(() -> assertThat(measure(() -> work(10)))
                        .withBudget(Duration.ofMillis(1))
                        .isNotSlowerThan(measure(() -> work(10)))
                        .withinPercent(3))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("inconclusive whether the code is at most 3 % slower than the other code")
                .hasMessageContaining("raise the budget with -Dplumbline.budget=");
    }

    @Test
    void code_without_effect_is_not_compared() {
        assertThatThrownBy(() -> assertThat(measure((Runnable) () -> {}))
                        .withBudget(LONG)
                        .isNotSlowerThan(measure(() -> work(1)))
                        .withinPercent(3))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("it does nothing that can be measured");
    }

    @Test
    void what_the_code_throws_is_passed_on_as_it_is() {
        IOException thrown = new IOException("no such document");

        assertThatThrownBy(() -> assertThat(measure(() -> {
                            throw thrown;
                        }))
                        .isNotSlowerThan(measure(() -> work(1)))
                        .withinPercent(3))
                .isSameAs(thrown);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -3, Double.NaN, Double.POSITIVE_INFINITY, 5000})
    void a_margin_that_is_none_is_refused(double percent) {
        assertThatThrownBy(() -> assertThat(measure(() -> work(1)))
                        .isNotSlowerThan(measure(() -> work(1)))
                        .withinPercent(percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has to be above 0, such as 3");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 100, Double.NaN})
    void a_size_that_nothing_can_have_is_refused(double percent) {
        assertThatThrownBy(() -> assertThat(measure(() -> work(1)))
                        .isFasterThan(measure(() -> work(1)))
                        .byPercent(percent))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
