package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshStepTest {
    /** The values are their own places. */
    private static final double[] BASE = new double[40];

    private static final double[] ADDED = {40, 41};

    static {
        Arrays.setAll(BASE, i -> i);
    }

    private static Steps at(int... places) {
        List<Step> steps = Arrays.stream(places)
                .mapToObj(place -> new Step(
                        place,
                        place,
                        place,
                        100,
                        110,
                        0.1,
                        0.09,
                        0.11,
                        1e-6,
                        OptionalDouble.empty(),
                        Tier.CONFIRMED,
                        List.of()))
                .toList();
        return new Steps(42, steps, List.of(), Optional.empty(), Optional.empty(), Set.of());
    }

    @Test
    void the_newest_step_is_told_with_the_values_since() {
        FreshStep fresh = FreshStep.of(at(10), at(10, 38), BASE, ADDED).orElseThrow();

        assertThat(fresh.step().index()).isEqualTo(38);
        assertThat(fresh.since()).containsExactly(38, 39, 40, 41);
    }

    @ParameterizedTest
    @CsvSource({"33, 38, true", "35, 38, true", "36, 38, false", "38, 38, false", "40, 38, false", "41, 38, true"})
    void a_step_so_near_an_earlier_one_is_that_one(int before, int after, boolean isFresh) {
        assertThat(FreshStep.of(at(before), at(after), BASE, ADDED).isPresent()).isEqualTo(isFresh);
    }

    @ParameterizedTest
    @CsvSource({"19, false", "20, true", "40, true"})
    void a_step_that_ended_long_before_the_new_runs_is_no_news(int after, boolean isFresh) {
        assertThat(FreshStep.of(at(), at(after), BASE, ADDED).isPresent()).isEqualTo(isFresh);
    }

    @Test
    void without_a_step_there_is_none() {
        assertThat(FreshStep.of(at(38), at(), BASE, ADDED)).isEmpty();
    }
}
