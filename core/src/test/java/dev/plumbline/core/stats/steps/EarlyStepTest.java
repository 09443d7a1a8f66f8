package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStepTest {
    private static double[] values(Random random, int count, double noise, IntToDoubleFunction level) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> level.applyAsDouble(i) * Math.exp(noise * random.nextGaussian()));
        return values;
    }

    @Test
    void three_values_and_six_that_lie_apart_are_a_possible_step() {
        EarlyStep step =
                EarlyStep.of(100, 101, 99, 125, 126, 124, 125, 126, 124).orElseThrow();

        assertThat(step.index()).isEqualTo(3);
        assertThat(step.values()).isEqualTo(6);
        assertThat(step.before()).isEqualTo(100, within(0.01));
        assertThat(step.relativeChange()).isEqualTo(0.25, within(0.001));
    }

    @Test
    void what_comes_later_does_not_change_what_the_first_values_show() {
        double[] values = new double[40];
        Arrays.setAll(values, i -> i < 3 ? 100 + i : i < 20 ? 125 + i % 3 : 90 + i % 5 * 8);

        assertThat(EarlyStep.of(values)).isEqualTo(EarlyStep.of(Arrays.copyOf(values, 6)));
    }

    @ParameterizedTest
    @CsvSource({
        "'100, 101, 125, 126, 124, 125, 126'",
        "'100, 101, 99, 125, 126'",
        "'100, 101, 99, 125, 126, 101, 99, 100'",
        "'100, 110, 120, 130, 140, 150, 160, 170'",
        "'100, 101, 99, 112, 120, 124, 125, 126'",
        "'100, 101, 99, 180, 100, 101, 99, 100'",
        "'100, 101, 0, 125, 126, 124, 125, 126'"
    })
    void fewer_values_a_slope_a_spike_and_what_came_back_are_none(String text) {
        assertThat(EarlyStep.of(Arrays.stream(text.split(", "))
                        .mapToDouble(Double::parseDouble)
                        .toArray()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0.10, 6, 95", "0.015, 0.25, 6, 85", "0.015, 0.25, 8, 97", "0.015, 0.50, 6, 98"})
    void steps_beyond_the_noise_are_found(double noise, double change, int count, int least) {
        Random random = new Random(31);
        int found = 0;
        for (int i = 0; i < 1000; i++) {
            found += EarlyStep.of(values(random, count, noise, at -> at < 3 ? 100 : 100 * (1 + change)))
                            .filter(step -> step.index() == 3)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(10 * least);
    }

    @ParameterizedTest
    @CsvSource({"0.005, 0", "0.015, 0", "0.08, 0", "0.015, 0.5"})
    void healthy_series_show_one_in_five_of_a_thousand_at_the_most(double noise, double correlation) {
        Random random = new Random(32);
        int found = 0;
        for (int i = 0; i < 10_000; i++) {
            double[] values = new double[EarlyStep.MOST];
            double last = random.nextGaussian() / Math.sqrt(1 - correlation * correlation);
            for (int at = 0; at < values.length; at++) {
                values[at] = 100 * Math.exp(noise * last);
                last = correlation * last + random.nextGaussian();
            }
            found += EarlyStep.of(values).isPresent() ? 1 : 0;
        }
        assertThat(found).isLessThanOrEqualTo(50);
    }
}
