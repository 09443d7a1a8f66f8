package dev.plumbline.core.history;

import static dev.plumbline.core.history.Expectations.LOGARITHMIC;
import static dev.plumbline.core.history.Expectations.expectation;
import static dev.plumbline.core.history.Expectations.regime;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BorrowedNoiseTest {
    private static final double[] BEFORE = noisy(1, 30, 100, 0.01);

    private static final Regime REGIME =
            Expectation.of(BEFORE, StepScan.analyze(BEFORE)).regime();

    private static BorrowedNoise borrowed(double... since) {
        return BorrowedNoise.of(BEFORE, since, 0.02).orElseThrow();
    }

    @Test
    void the_accepted_level_is_the_mean_of_its_logarithms() {
        assertThat(borrowed(120, 121).centre()).isEqualTo(Math.log(120 * 121) / 2, within(1e-12));
        assertThat(borrowed(120).centre()).isEqualTo(Math.log(120), within(1e-12));
    }

    @Test
    void a_value_far_from_the_middle_of_few_counts_as_one_two_and_a_half_deviations_away() {
        double far = 2.5 * REGIME.deviation();

        assertThat(borrowed(120, 121, 200).centre())
                .isEqualTo((Math.log(120) + Math.log(121) + Math.log(121) + far) / 3, within(1e-12));
        assertThat(borrowed(50, 120, 121).centre())
                .isEqualTo((Math.log(120) - far + Math.log(120) + Math.log(121)) / 3, within(1e-12));
        assertThat(far).isGreaterThan(Math.log(121.0 / 120));
        assertThat(borrowed(200, 120, 121).centre())
                .as("whatever the order")
                .isEqualTo(borrowed(120, 121, 200).centre(), within(1e-12));
    }

    @Test
    void the_values_before_are_taken_to_the_accepted_level() {
        BorrowedNoise borrowed = borrowed(120, 121);

        assertThat(borrowed.earlier()).isEqualTo(30);
        assertThat(borrowed.values()).hasSize(32).endsWith(120, 121);
        double factor = Math.sqrt(120 * 121) / REGIME.level();
        assertThat(Arrays.copyOf(borrowed.values(), 30))
                .containsExactly(
                        Arrays.stream(BEFORE).map(value -> value * factor).toArray(), within(1e-9));
    }

    @Test
    void it_is_the_newest_of_the_levels_before_that_is_taken_there() {
        double[] levels = Arrays.copyOf(BEFORE, 60);
        System.arraycopy(noisy(2, 30, 150, 0.01), 0, levels, 30, 30);

        double[] values =
                BorrowedNoise.of(levels, new double[] {300}, 0.02).orElseThrow().values();

        assertThat(Arrays.stream(values, 0, 30).average().orElseThrow()).isEqualTo(200, within(2.0));
        assertThat(Arrays.stream(values, 30, 60).average().orElseThrow()).isEqualTo(300, within(3.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 120", "-1, 120", "100, 0", "100, -1"})
    void noise_is_relative_to_a_level_only_where_all_values_are_positive(double before, double since) {
        double[] levels = BEFORE.clone();
        levels[7] = before;

        assertThat(BorrowedNoise.of(levels, new double[] {120, since}, 0.02)).isEmpty();
    }

    @Test
    void a_level_that_never_moved_has_no_noise_to_lend() {
        double[] equal = new double[30];
        Arrays.fill(equal, 100);

        assertThat(BorrowedNoise.of(equal, new double[] {120, 121}, 0.02)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true", "32, true"})
    void at_the_accepted_level_it_is_expected_unless_the_values_have_left_it(int runs, boolean isThere) {
        Expectation together = expectation(regime(LOGARITHMIC, 125, 0.01, runs));
        BorrowedNoise borrowed = borrowed(120, 121);

        Expectation expected = borrowed.on(together);

        if (isThere) {
            assertThat(expected.level()).isEqualTo(Math.sqrt(120 * 121), within(1e-9));
            assertThat(expected.runs()).isEqualTo(2);
            assertThat(expected.regime().deviation()).isEqualTo(0.01);
        } else {
            assertThat(expected).isSameAs(together);
        }
    }
}
