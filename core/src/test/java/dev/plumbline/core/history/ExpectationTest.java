package dev.plumbline.core.history;

import static dev.plumbline.core.history.Expectations.LOGARITHMIC;
import static dev.plumbline.core.history.Expectations.PLAIN;
import static dev.plumbline.core.history.Expectations.constant;
import static dev.plumbline.core.history.Expectations.logarithmic;
import static dev.plumbline.core.history.Expectations.plain;
import static dev.plumbline.core.history.Expectations.regime;
import static dev.plumbline.core.history.Expectations.step;
import static dev.plumbline.core.history.Expectations.steps;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a history lets one expect, where the scan of it is given. */
class ExpectationTest {
    private static double[] logarithms(double... values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /** The regime since a place. */
    private static Regime since(int start, double[] values) {
        return new Regime(
                start, values.length - start, 100, 0.01, 0.2, 7, LOGARITHMIC, Math.log(100), 0.01, Math.log(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9})
    void of_few_values_the_level_is_the_mean_and_the_noise_the_standard_deviation(int count) {
        double[] values = noisy(1, count, 100, 0.1);

        Regime regime = Expectation.of(values, steps(since(0, values))).regime();

        double[] scores = logarithms(values);
        assertThat(regime.centre()).isEqualTo(Location.mean(scores), within(1e-12));
        assertThat(regime.expected()).isEqualTo(regime.centre());
        assertThat(regime.level()).isEqualTo(Math.exp(Location.mean(scores)), within(1e-9));
        assertThat(regime.deviation()).isEqualTo(Spread.standardDeviation(scores), within(1e-12));
        assertThat(regime.relativeNoise()).isEqualTo(regime.deviation());
        assertThat(regime.degrees()).isEqualTo(count - 1);
        assertThat(regime.autocorrelation()).isEqualTo(0.2);
        assertThat(regime.count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30})
    void of_one_value_and_of_many_the_scan_tells_the_regime(int count) {
        double[] values = noisy(1, count, 100, 0.1);

        assertThat(Expectation.of(values, steps(since(0, values))).regime()).isEqualTo(since(0, values));
    }

    @Test
    void few_values_show_no_less_noise_than_the_scan_believes_in() {
        double[] values = {100, 100.01, 99.99};

        assertThat(Expectation.of(values, steps(since(0, values))).regime().deviation())
                .isEqualTo(0.01);
    }

    @Test
    void of_few_values_below_zero_the_noise_is_relative_to_the_magnitude_of_the_level() {
        double[] values = {-98, -100, -102};
        Regime scanned = regime(new Regime.Linear(4), -100, 0, 3);

        Regime regime = Expectation.of(values, steps(scanned)).regime();

        assertThat(regime.centre()).isEqualTo(-25);
        assertThat(regime.level()).isEqualTo(-100);
        assertThat(regime.deviation()).isEqualTo(0.5, within(1e-12));
        assertThat(regime.relativeNoise()).isEqualTo(0.02, within(1e-12));
    }

    @Test
    void of_few_zeros_the_scan_tells_the_noise() {
        double[] values = {0, 0, 0};
        Regime scanned = new Regime(0, 3, 0, 0.25, 0, 8, PLAIN, 0, 0, 0);

        assertThat(Expectation.of(values, steps(scanned)).regime().relativeNoise())
                .isEqualTo(0.25);
    }

    @Test
    void what_did_not_move_since_the_last_step_is_constant_at_exactly_its_value() {
        double[] values = joined(noisy(1, 10, 30, 0.1), new double[] {40, 40, 40, 40, 40, 40});
        Regime scanned = new Regime(10, 6, 40.000000000000014, 0, 0, 8, LOGARITHMIC, Math.log(40), 0, Math.log(40));

        Expectation expected = Expectation.of(values, steps(scanned, step(10, 30, 40, 1e-9)));

        assertThat(expected.constant()).isTrue();
        assertThat(expected.level()).isEqualTo(40);
        assertThat(expected.runs()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 13, 15})
    void what_moved_once_is_not_constant(int moved) {
        double[] values = new double[16];
        Arrays.fill(values, 40);
        values[moved] = 41;
        Regime scanned = new Regime(10, 6, 40.2, 0, 0, 8, LOGARITHMIC, Math.log(40.2), 0, Math.log(40.2));

        Expectation expected = Expectation.of(values, steps(scanned, step(10, 40, 40.2, 1e-9)));

        assertThat(expected.constant()).isFalse();
        assertThat(expected.level()).isEqualTo(40.2);
    }

    private static Steps withNegligible(Regime regime, Step step) {
        return new Steps(
                regime.start() + regime.count(),
                List.of(),
                List.of(step),
                Optional.empty(),
                Optional.of(regime),
                Set.of());
    }

    /** Of each part the distances from its own middle, by the book. */
    private static double[] residuals(double[]... parts) {
        return joined(Arrays.stream(parts)
                .map(part -> {
                    double middle = Location.median(logarithms(part));
                    return Arrays.stream(logarithms(part))
                            .map(score -> score - middle)
                            .toArray();
                })
                .toArray(double[][]::new));
    }

    private static void assertAlike(Regime actual, Regime expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType((one, other) -> Math.abs(one - other) < 1e-9 ? 0 : 1, Double.class)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void where_the_noise_fell_the_regime_is_that_of_the_quiet_values(long seed) {
        double[] values = joined(noisy(seed, 80, 100, 0.12), noisy(seed + 99, 20, 100, 0.008));
        NoiseFall.Found found = NoiseFall.find(residuals(values), 0.2).orElseThrow();
        int quiet = found.newest();

        Expectation expected = Expectation.of(values, steps(since(0, values)));

        double[] newer = Arrays.copyOfRange(values, 100 - quiet, 100);
        assertThat(quiet).isBetween(18, 22);
        assertThat(expected.quiet()).hasValue(quiet);
        assertThat(expected.runs()).isEqualTo(quiet);
        assertAlike(
                expected.regime(), NoiseFall.quiet(since(0, values), logarithms(newer), 100 - quiet, found.caution()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void quiet_since_before_the_current_level_began_the_noise_is_that_of_all_quiet_values(long seed) {
        double[] first = joined(noisy(seed, 80, 100, 0.12), noisy(seed + 99, 25, 100, 0.008));
        double[] second = noisy(seed + 7, 15, 150, 0.008);
        double[] values = joined(first, second);
        double[] residuals = residuals(first, second);
        NoiseFall.Found found = NoiseFall.find(residuals, 0.2).orElseThrow();
        int quiet = found.newest();

        Expectation expected = Expectation.of(values, steps(since(105, values), step(105, 100, 150, 1e-9)));

        assertThat(quiet).isBetween(38, 42);
        assertThat(expected.quiet()).hasValue(quiet);
        assertThat(expected.runs()).isEqualTo(15);
        double noise = Spread.winsorisedDeviation(Arrays.copyOfRange(residuals, 120 - quiet, 120));
        assertAlike(expected.regime(), NoiseFall.quieter(since(105, values), noise, found.caution(), quiet));
    }

    @ParameterizedTest
    @CsvSource({"1, 40", "4, 39", "7, 41"})
    void the_noise_that_fell_is_counted_from_levels_that_small_steps_part(long seed, int quiet) {
        double[] first = noisy(seed, 60, 100, 0.12);
        double[] second = noisy(seed + 99, 40, 108, 0.008);
        double[] values = joined(first, second);
        double[] residuals = residuals(first, second);
        NoiseFall.Found found = NoiseFall.find(residuals, 0.2).orElseThrow();
        assertThat(found.newest()).isEqualTo(quiet);

        Expectation expected = Expectation.of(values, withNegligible(since(60, values), step(60, 100, 108, 1e-9)));

        assertThat(expected.quiet()).hasValue(quiet);
        if (quiet < 40) {
            assertAlike(
                    expected.regime(),
                    NoiseFall.quiet(
                            since(60, values),
                            logarithms(Arrays.copyOfRange(values, 100 - quiet, 100)),
                            100 - quiet,
                            found.caution()));
        } else {
            double noise = Spread.winsorisedDeviation(Arrays.copyOfRange(residuals, 100 - quiet, 100));
            assertAlike(expected.regime(), NoiseFall.quieter(since(60, values), noise, found.caution(), quiet));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 450})
    void what_lies_four_hundred_values_back_says_nothing_of_the_noise(int count) {
        double[] values = joined(noisy(1, count - 20, 100, 0.12), noisy(99, 20, 100, 0.008));
        double[] residuals = residuals(values);
        NoiseFall.Found found = NoiseFall.find(Arrays.copyOfRange(residuals, count - 400, count), 0.2)
                .orElseThrow();

        Expectation expected = Expectation.of(values, steps(since(0, values)));

        assertThat(expected.quiet()).hasValue(found.newest());
        assertThat(expected.regime().deviation())
                .isEqualTo(
                        found.caution()
                                * Spread.winsorisedDeviation(
                                        logarithms(Arrays.copyOfRange(values, count - found.newest(), count))),
                        within(1e-9));
    }

    @Test
    void a_fall_farther_back_than_four_hundred_values_is_forgotten() {
        double[] values = joined(noisy(1, 100, 100, 0.12), noisy(99, 400, 100, 0.008));

        assertThat(Expectation.of(values, steps(since(0, values))).quiet()).isEmpty();
        assertThat(Expectation.of(Arrays.copyOf(values, 300), steps(since(0, Arrays.copyOf(values, 300))))
                        .quiet())
                .isPresent();
    }

    @Test
    void without_a_fall_nothing_is_quiet() {
        double[] values = noisy(1, 60, 100, 0.02);

        assertThat(Expectation.of(values, steps(since(0, values))).quiet()).isEmpty();
    }

    @Test
    void an_accepted_level_has_the_noise_of_those_before() {
        double[] values = joined(noisy(1, 30, 100, 0.02), noisy(2, 5, 110, 0.02));
        Expectation before = Expectation.of(values, steps(since(30, values), step(30, 100, 110, 1e-9)));

        Expectation accepted = before.onLevel(Math.log(120), 3);

        assertThat(accepted.level()).isEqualTo(120, within(1e-9));
        assertThat(accepted.runs()).isEqualTo(3);
        assertThat(accepted.regime())
                .isEqualTo(new Regime(
                        30, 3, accepted.level(), 0.01, 0.2, 7, LOGARITHMIC, Math.log(120), 0.01, Math.log(120)));
        assertThat(accepted.constant()).isFalse();
        assertThat(accepted.quiet()).isEmpty();
    }

    @Test
    void the_regimes_lie_between_the_steps() {
        double[] values = {1, 2, 3, 4, 5, 6};

        assertThat(Expectation.regimes(values, steps(since(5, values), step(2, 1, 2, 0), step(5, 1, 2, 0))))
                .containsExactly(new double[] {1, 2}, new double[] {3, 4, 5}, new double[] {6});
        assertThat(Expectation.regimes(values, steps(since(0, values)))).containsExactly(values);
    }

    /** The variance of a mean of neighbours, and of the level as if it were one of endlessly many, by the book. */
    private static double literalError(double deviation, int runs, int count, double phi) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                sum += Math.pow(phi, Math.abs(i - j));
            }
        }
        return deviation * Math.sqrt(sum / count / count + (1 + phi) / (1 - phi) / runs);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "20, 0", "1, 0.5", "2, 0.5", "3, 0.5", "20, 0.5", "60, 0.8"})
    void the_standard_error_is_that_of_the_mean_of_neighbours_and_of_the_level(int count, double phi) {
        assertThat(plain().standardError(count, phi)).isEqualTo(literalError(2, 16, count, phi), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "ms, 1, 0.5",
        "ms, 4, 0.2",
        "ms, 19, 0.05",
        "ms, 20, 0",
        "ms, 21, 0",
        "allocations, 1, 0",
        "allocations, 20, 0"
    })
    void a_counter_is_exact_and_a_timer_may_be_coarse(String unit, int runs, double probability) {
        assertThat(constant(40, runs).movedProbability(Unit.of(unit))).isEqualTo(probability);
    }

    @Test
    void on_logarithms_a_shift_is_a_factor() {
        assertThat(Expectation.relative(logarithmic().regime(), Math.log(1.1))).isEqualTo(0.1, within(1e-12));
        assertThat(Expectation.relative(logarithmic().regime(), Double.NEGATIVE_INFINITY))
                .isEqualTo(-1);
    }

    @Test
    void on_a_plain_scale_a_shift_is_a_share_of_the_levels_magnitude() {
        assertThat(Expectation.relative(plain().regime(), 7)).isEqualTo(0.07, within(1e-12));
        assertThat(Expectation.relative(regime(new Regime.Linear(4), -100, 1, 9), 5))
                .isEqualTo(0.2, within(1e-12));
        assertThat(Expectation.relative(regime(PLAIN, 0, 1, 9), -1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Expectation.relative(regime(PLAIN, 0, 1, 9), 0)).isZero();
    }
}
