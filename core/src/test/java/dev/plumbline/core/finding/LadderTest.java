package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
    private static final Check RUNG = new Check("history", Check.Outcome.PASSED, "five runs", Map.of("runs", 5.0));

    @Test
    void what_is_told_below_the_decision_leaves_it_the_last() {
        Ladder ladder = new Ladder(false);
        ladder.add(RUNG);
        ladder.passed("prediction", () -> "far off", Map.of("student", 0.01));
        ladder.decided("suite", () -> "certain", Map.of());
        ladder.addBelowDecision(new Check("sensitivity", Check.Outcome.NOTED, "2 %", Map.of()));

        assertThat(ladder.isSilent()).isFalse();
        assertThat(ladder.rungs())
                .containsExactly(
                        RUNG,
                        new Check("prediction", Check.Outcome.PASSED, "far off", Map.of("student", 0.01)),
                        new Check("sensitivity", Check.Outcome.NOTED, "2 %", Map.of()),
                        new Check("suite", Check.Outcome.DECIDED, "certain", Map.of()));
    }

    @Test
    void a_silent_one_asks_for_no_words() {
        Ladder ladder = new Ladder(true);
        ladder.decided(
                "suite",
                () -> {
                    throw new AssertionError("asked for words");
                },
                Map.of());

        assertThat(ladder.isSilent()).isTrue();
        assertThat(ladder.rungs()).isEmpty();
        ladder.addAll(List.of(RUNG));
        assertThat(ladder.rungs()).containsExactly(RUNG);
    }

    @ParameterizedTest
    @CsvSource({
        "0, less than 0.01 %",
        "0.000099, less than 0.01 %",
        "0.0001, 0.01 %",
        "0.0099, 0.99 %",
        "0.01, 1.0 %",
        "0.056, 5.6 %",
        "1, 100.0 %"
    })
    void a_share_of_healthy_runs_is_told_as_exactly_as_it_is_known(double probability, String words) {
        assertThat(Ladder.share(probability)).isEqualTo(words);
    }

    @Test
    void numbers_that_a_check_tells_are_finite() {
        assertThat(Ladder.finite(-2.5)).isEqualTo(-2.5);
        assertThat(Ladder.finite(Double.POSITIVE_INFINITY)).isEqualTo(Double.MAX_VALUE);
        assertThat(Ladder.finite(Double.NEGATIVE_INFINITY)).isEqualTo(-Double.MAX_VALUE);
    }
}
