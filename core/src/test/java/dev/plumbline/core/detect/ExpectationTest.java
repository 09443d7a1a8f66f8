package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Expectations.LOGARITHMIC;
import static dev.plumbline.core.detect.Expectations.PLAIN;
import static dev.plumbline.core.detect.Expectations.constant;
import static dev.plumbline.core.detect.Expectations.expectation;
import static dev.plumbline.core.detect.Expectations.logarithmic;
import static dev.plumbline.core.detect.Expectations.plain;
import static dev.plumbline.core.detect.Expectations.regime;
import static dev.plumbline.core.detect.Expectations.step;
import static dev.plumbline.core.detect.Expectations.steps;
import static dev.plumbline.core.detect.Expectations.tail;
import static dev.plumbline.core.detect.Expectations.withPast;
import static dev.plumbline.core.detect.Expectations.withScatter;
import static dev.plumbline.core.detect.Expectations.young;
import static dev.plumbline.core.detect.Trials.COUNTER;
import static dev.plumbline.core.detect.Trials.DURATION;
import static dev.plumbline.core.detect.Trials.THROUGHPUT;
import static dev.plumbline.core.detect.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
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
        assertThat(expected.middle()).isEqualTo(Math.log(40));
        assertThat(expected.scatter()).isZero();
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

    @ParameterizedTest
    @CsvSource({"4, 4", "5, 4", "9, 8", "10, 8", "14, 12", "15, 12", "30, 27"})
    void the_newest_values_say_nothing_of_surprises_a_fifth_of_them_or_three(int count, int told) {
        double[] values = noisy(1, count, 100, 0.01);

        Expectation expected = Expectation.of(values, steps(since(0, values)));

        double[] deviations = Surprises.of(logarithms(values)).deviations();
        assertThat(expected.deviations()).containsExactly(Arrays.copyOf(deviations, told), within(1e-9));
        assertThat(expected.surprises())
                .containsExactly(
                        Arrays.stream(deviations).limit(told).map(Math::abs).toArray(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"4, 13", "5, 17"})
    void a_regime_of_few_values_says_nothing_of_surprises(int first, int told) {
        // of the 20 values the newest three are held back
        double[] values = noisy(1, 20, 100, 0.01);

        Expectation expected = Expectation.of(values, steps(since(first, values), step(first, 100, 100, 1e-9)));

        assertThat(expected.deviations()).hasSize(told);
        List<double[]> enough = new ArrayList<>(List.of(logarithms(Arrays.copyOfRange(values, first, 20))));
        if (first == 5) {
            enough.add(0, logarithms(Arrays.copyOf(values, 5)));
        }
        assertThat(expected.neighbours().correlation())
                .isEqualTo(Neighbours.of(enough).correlation(), within(1e-9));
        assertThat(expected.neighbours().count()).isEqualTo(first == 5 ? 20 : 16);
    }

    @Test
    void a_whole_history_of_few_values_says_what_it_can() {
        double[] values = {100, 101, 103};

        Expectation expected = Expectation.of(values, steps(since(0, values)));

        assertThat(expected.deviations()).hasSize(3);
        assertThat(expected.scatter())
                .isEqualTo(Surprises.of(logarithms(values)).scatter(), within(1e-9));
        assertThat(expected.neighbours().count()).isEqualTo(3);
    }

    @Test
    void a_regime_that_never_moved_says_nothing_of_surprises() {
        double[] values = joined(new double[] {7, 7, 7, 7, 7, 7, 7}, noisy(1, 10, 100, 0.01));

        assertThat(Expectation.of(values, steps(since(7, values), step(7, 7, 100, 1e-9)))
                        .deviations())
                .hasSize(10 - 2);
        double[] equal = new double[12];
        Arrays.fill(equal, 7);
        Expectation constant = Expectation.of(equal, steps(since(0, equal)));
        assertThat(constant.deviations()).isEmpty();
        // the scan's own level and noise are all that is left to measure by
        assertThat(constant.middle()).isEqualTo(Math.log(100));
        assertThat(constant.scatter()).isEqualTo(0.01);
    }

    @Test
    void surprises_are_counted_from_the_middle_of_the_current_regime_in_its_own_scatter() {
        double[] values = joined(noisy(1, 15, 50, 0.05), noisy(2, 5, 100, 0.01));

        Expectation expected = Expectation.of(values, steps(since(15, values), step(15, 50, 100, 1e-9)));

        Surprises own = Surprises.of(logarithms(Arrays.copyOfRange(values, 15, 20)));
        assertThat(expected.middle()).isEqualTo(own.middle(), within(1e-9));
        assertThat(expected.scatter()).isEqualTo(own.scatter(), within(1e-9));
        assertThat(expected.runs()).isEqualTo(5);
    }

    @Test
    void four_values_after_a_step_have_no_scatter_of_their_own_yet() {
        double[] values = joined(noisy(1, 16, 50, 0.05), noisy(2, 4, 100, 0.01));

        Expectation expected = Expectation.of(values, steps(since(16, values), step(16, 50, 100, 1e-9)));

        assertThat(expected.middle()).isEqualTo(Math.log(100));
        assertThat(expected.scatter()).isEqualTo(0.01);
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

    @Test
    void a_step_that_does_not_matter_ends_a_regime_and_no_part_of_the_past() {
        double[] values = joined(noisy(1, 12, 100, 0.01), noisy(2, 8, 101, 0.01));

        Expectation expected = Expectation.of(values, withNegligible(since(12, values), step(12, 100, 101, 1e-9)));

        Surprises own = Surprises.of(logarithms(Arrays.copyOfRange(values, 12, 20)));
        assertThat(expected.runs()).isEqualTo(8);
        assertThat(expected.middle()).isEqualTo(own.middle(), within(1e-9));
        assertThat(expected.scatter()).isEqualTo(own.scatter(), within(1e-9));
        double[] all = Surprises.of(logarithms(values)).deviations();
        assertThat(expected.deviations()).containsExactly(Arrays.copyOf(all, 17), within(1e-9));
    }

    /** As a scan of values around two levels, of which the second began lately, has it. */
    private static Expectation lately(int before, int runs) {
        double[] values = joined(noisy(1, before, 100, 0.01), noisy(2, runs, 110, 0.01));
        return Expectation.of(values, steps(since(before, values), step(before, 100, 110, 1e-9)));
    }

    @ParameterizedTest
    @CsvSource({"30, 1, true", "30, 24, true", "30, 25, false", "5, 24, true", "4, 24, false"})
    void a_level_is_young_for_some_runs_after_one_that_is_known(int before, int runs, boolean isYoung) {
        assertThat(lately(before, runs).young().isPresent()).isEqualTo(isYoung);
    }

    @Test
    void a_young_level_knows_the_one_before_and_the_values_since() {
        double[] values = joined(noisy(3, 9, 80, 0.02), noisy(1, 11, 100, 0.01), noisy(2, 6, 110, 0.01));
        Step first = step(9, 80, 100, 1e-9);
        Step second = step(20, 100, 110, 1e-7);

        YoungLevel young = Expectation.of(values, steps(since(20, values), first, second))
                .young()
                .orElseThrow();

        assertThat(young.step()).isEqualTo(second);
        assertThat(young.since()).containsExactly(logarithms(Arrays.copyOfRange(values, 20, 26)), within(1e-12));
        Surprises before = Surprises.of(logarithms(Arrays.copyOfRange(values, 9, 20)));
        assertThat(young.before().middle()).isEqualTo(before.middle(), within(1e-12));
        assertThat(young.before().scatter()).isEqualTo(before.scatter(), within(1e-12));
    }

    @Test
    void a_level_after_one_of_few_values_has_none_to_be_held_against() {
        double[] values = joined(noisy(3, 9, 80, 0.02), noisy(1, 4, 100, 0.01), noisy(2, 7, 110, 0.01));

        assertThat(Expectation.of(values, steps(since(13, values), step(9, 80, 100, 1e-9), step(13, 100, 110, 1e-7)))
                        .young())
                .isEmpty();
    }

    @Test
    void a_step_that_does_not_matter_begins_a_young_level_too() {
        double[] values = joined(noisy(1, 12, 100, 0.01), noisy(2, 8, 101, 0.01));
        Step small = step(12, 100, 101, 1e-9);

        assertThat(Expectation.of(values, withNegligible(since(12, values), small))
                        .young()
                        .orElseThrow()
                        .step())
                .isEqualTo(small);
    }

    @Test
    void no_level_is_young_without_a_step_or_after_one_that_never_moved() {
        double[] alone = noisy(1, 12, 100, 0.01);
        assertThat(Expectation.of(alone, steps(since(0, alone))).young()).isEmpty();
        // the regime does not begin with the step
        assertThat(Expectation.of(alone, steps(since(6, alone), step(5, 100, 100, 1e-9)))
                        .young())
                .isEmpty();
        double[] constantBefore = joined(new double[] {7, 7, 7, 7, 7, 7, 7}, noisy(1, 10, 100, 0.01));
        assertThat(Expectation.of(constantBefore, steps(since(7, constantBefore), step(7, 7, 100, 1e-9)))
                        .young())
                .isEmpty();
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

        double[] older = Arrays.copyOf(values, 100 - quiet);
        double[] newer = Arrays.copyOfRange(values, 100 - quiet, 100);
        assertThat(quiet).isBetween(18, 22);
        assertThat(expected.quiet()).hasValue(quiet);
        assertThat(expected.runs()).isEqualTo(quiet);
        assertAlike(
                expected.regime(), NoiseFall.quiet(since(0, values), logarithms(newer), 100 - quiet, found.caution()));
        assertThat(expected.middle()).isEqualTo(Surprises.of(logarithms(newer)).middle(), within(1e-9));
        // they were chosen for how quiet they are
        assertThat(expected.scatter())
                .isEqualTo(Surprises.of(logarithms(newer)).scatter() * found.caution(), within(1e-9));
        double[] deviations = joined(
                Surprises.of(logarithms(older)).deviations(),
                Surprises.of(logarithms(newer)).deviations());
        assertThat(expected.deviations()).containsExactly(Arrays.copyOf(deviations, 97), within(1e-9));
        assertThat(expected.neighbours().correlation())
                .isEqualTo(
                        Neighbours.of(List.of(logarithms(older), logarithms(newer)))
                                .correlation(),
                        within(1e-9));
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
        assertThat(expected.scatter())
                .isEqualTo(Surprises.of(logarithms(second)).scatter() * found.caution(), within(1e-9));
        double[] deviations = joined(
                Surprises.of(logarithms(Arrays.copyOf(values, 120 - quiet))).deviations(),
                Surprises.of(logarithms(Arrays.copyOfRange(values, 120 - quiet, 105)))
                        .deviations(),
                Surprises.of(logarithms(second)).deviations());
        assertThat(expected.deviations()).containsExactly(Arrays.copyOf(deviations, 117), within(1e-9));
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
        assertThat(accepted.middle()).isEqualTo(Math.log(120));
        // the middle of three values is less sure than those the deviations were counted from
        assertThat(accepted.scatter()).isEqualTo(before.scatter() * Math.sqrt(1 + 1.0 / 3), within(1e-12));
        assertThat(accepted.regime())
                .isEqualTo(new Regime(
                        0, 3, accepted.level(), 0.01, 0.2, 7, LOGARITHMIC, Math.log(120), 0.01, Math.log(120)));
        assertThat(accepted.deviations()).isEqualTo(before.deviations());
        assertThat(accepted.neighbours()).isEqualTo(before.neighbours());
        assertThat(accepted.constant()).isFalse();
        assertThat(before.young()).isPresent();
        assertThat(accepted.young()).isEmpty();
        assertThat(accepted.quiet()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"106, 1, 3", "106, 0.1, 3", "94, -1, 3", "106, -1, 0", "94, 1, 0", "100, 1, 0", "106, 0, 0"})
    void a_value_surprises_by_its_deviations_in_the_direction_asked_for(double value, double sign, double surprise) {
        assertThat(plain().surprise(value, sign)).isEqualTo(surprise);
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

    // What can be detected

    /** scipy.stats.t.isf(0.05 * 0.7 / 2, 8), and the same of a suite of ten. */
    private static final double CERTAIN = 2.5346701659012076;

    private static final double CERTAIN_AMONG_TEN = 4.087016981553092;

    /** scipy.stats.t.isf(0.005, 8): noise takes no more from a measured change in all but five of a thousand. */
    private static final double MISSED = 3.3553873313333953;

    private static final SeriesTail TAIL = tail(0.001);

    private static OptionalDouble detectable(Expectation expected, Better better, int suite, int count, double error) {
        return expected.detectableChange(
                Policy.DEFAULT, DURATION.with(better).series(List.of()), suite, TAIL, count, error);
    }

    /** Surprises count for nothing. */
    private static Expectation unsurprising(Expectation expected) {
        return withScatter(expected, 1e-12);
    }

    private static void assertDetectable(OptionalDouble detectable, double expected) {
        assertThat(detectable.orElseThrow()).isEqualTo(expected, within(1e-9));
    }

    @Test
    void a_change_is_found_that_exceeds_what_is_certain_by_what_noise_takes() {
        Expectation expected = unsurprising(logarithmic());

        assertDetectable(detectable(expected, Better.LOWER, 1, 1, 0.02), Math.expm1(0.02 * (CERTAIN + MISSED)));
        assertDetectable(
                detectable(expected, Better.LOWER, 10, 1, 0.02), Math.expm1(0.02 * (CERTAIN_AMONG_TEN + MISSED)));
        assertDetectable(detectable(expected, Better.HIGHER, 1, 1, 0.02), -Math.expm1(-0.02 * (CERTAIN + MISSED)));
    }

    @Test
    void a_change_is_found_that_exceeds_the_margin_by_what_noise_takes() {
        Expectation expected = unsurprising(expectation(regime(LOGARITHMIC, 100, 0.001, 16)));

        assertDetectable(
                detectable(expected, Better.LOWER, 1, 1, 0.001), Math.expm1(Math.log1p(0.02) + 0.001 * MISSED));
        assertDetectable(
                detectable(expected, Better.HIGHER, 1, 1, 0.001), -Math.expm1(Math.log1p(-0.02) - 0.001 * MISSED));
    }

    @Test
    void on_a_plain_scale_the_margin_is_a_share_of_the_levels_magnitude() {
        Expectation expected = unsurprising(expectation(regime(new Regime.Linear(2), -100, 0.01, 16)));

        // a level of -50 units
        double shift = 0.02 * 50 + 0.01 * MISSED;
        assertDetectable(detectable(expected, Better.LOWER, 1, 1, 0.01), shift * 2 / 100);
        assertDetectable(detectable(expected, Better.HIGHER, 1, 1, 0.01), shift * 2 / 100);
    }

    @Test
    void a_change_is_found_that_exceeds_what_the_suite_has_seen_by_what_noise_takes() {
        double shift = TAIL.surpriseAt(0.05 * 0.7, 1, 1) * 0.01 + MISSED * 0.01 * Math.sqrt(1 + 1.0 / 16);
        assertDetectable(detectable(logarithmic(), Better.LOWER, 1, 1, 1e-6), Math.expm1(shift));
        assertDetectable(detectable(logarithmic(), Better.HIGHER, 1, 1, 1e-6), -Math.expm1(-shift));
    }

    @Test
    void what_surprises_scatter_by_is_taken_from_a_change_where_it_is_more_than_the_noise() {
        // without the caution that is part of it
        double careful = 1 / (1 - 1.2815515655446004 / Math.sqrt(2 * 15));
        double shift = TAIL.surpriseAt(0.05 * 0.7, 1, 1) * 0.05 + MISSED * 0.05 / careful * Math.sqrt(1 + 1.0 / 16);
        assertDetectable(detectable(withScatter(logarithmic(), 0.05), Better.LOWER, 1, 1, 1e-6), Math.expm1(shift));
    }

    @Test
    void of_few_runs_the_caution_is_that_of_five() {
        double careful = 1 / (1 - 1.2815515655446004 / Math.sqrt(2 * 4));
        double shift = TAIL.surpriseAt(0.05 * 0.7, 1, 1) * 0.05 + MISSED * 0.05 / careful * Math.sqrt(1 + 1.0 / 3);
        assertDetectable(
                detectable(withScatter(expectation(regime(LOGARITHMIC, 100, 0.01, 3)), 0.05), Better.LOWER, 1, 1, 1e-6),
                Math.expm1(shift));
    }

    @Test
    void of_four_runs_one_may_lie_near_where_that_asks_for_less() {
        double error = 0.01 * Math.sqrt(1 + 1.0 / 16);
        // scipy.stats.t.isf(q, 8) where scipy.stats.binom.sf(2, 4, 1 - q) is 0.995, and where (1 - q)^4 is
        double three = TAIL.surpriseAt(0.05 * 0.7, 3, 4) * 0.01 + 2.2011351127793928 * error;
        double four = TAIL.surpriseAt(0.05 * 0.7, 4, 4) * 0.01 + 4.332154815976829 * error;

        assertDetectable(detectable(logarithmic(), Better.LOWER, 1, 4, 1e-6), Math.expm1(Math.min(three, four)));
    }

    @Test
    void of_two_runs_both_have_to_lie_far_out() {
        // scipy.stats.t.isf(1 - 0.995 ** 0.5, 8)
        double shift = TAIL.surpriseAt(0.05 * 0.7, 2, 2) * 0.01 + 3.8316366850760355 * 0.01 * Math.sqrt(1 + 1.0 / 16);
        assertDetectable(detectable(logarithmic(), Better.LOWER, 1, 2, 1e-6), Math.expm1(shift));
    }

    @Test
    void a_past_of_lucky_runs_takes_more_from_a_change_than_students_noise() {
        double[] past = new double[60];
        past[7] = -30;
        past[30] = -20;
        past[59] = -10;
        Expectation expected = withPast(logarithmic(), past);
        Lucky lucky = Lucky.of(past, Better.LOWER);

        // certain by Student's t, then far enough out for the suite
        double byStudent = CERTAIN * 0.05 + lucky.ofMean(0.005, 1) * 0.01;
        double byTail = TAIL.surpriseAt(0.05 * 0.7, 1, 1) * 0.01 + lucky.ofMean(0.005, 1) * 0.01;
        assertThat(lucky.ofMean(0.005, 1) * 0.01).isGreaterThan(0.05 * MISSED);
        assertDetectable(detectable(expected, Better.LOWER, 1, 1, 0.05), Math.expm1(byStudent));
        assertDetectable(detectable(expected, Better.LOWER, 1, 1, 1e-6), Math.expm1(byTail));
        // what lies above the level is lucky where more is better
        assertThat(detectable(expected, Better.HIGHER, 1, 1, 1e-6).orElseThrow())
                .isLessThan(0.1);
    }

    /** A level since four runs, after another one. */
    private static Expectation since(double before, double stepProbability) {
        double[] values = logarithms(100, 100, 100, 100);
        YoungLevel level = new YoungLevel(
                step(12, before, 100, stepProbability), new Surprises(new double[0], Math.log(before), 0.005), values);
        return young(logarithmic(), level);
    }

    @Test
    void a_change_in_doubt_of_its_level_has_to_be_far_from_the_level_before_as_well() {
        double byTail = TAIL.surpriseAt(0.05, 1, 1) * 0.005 + MISSED * 0.01 * Math.sqrt(1 + 1.0 / 16);

        assertDetectable(detectable(since(110, 0.2), Better.LOWER, 1, 1, 1e-6), Math.expm1(Math.log(1.1) + byTail));
        assertDetectable(detectable(since(90, 0.2), Better.HIGHER, 1, 1, 1e-6), -Math.expm1(Math.log(0.9) - byTail));
    }

    @Test
    void a_level_before_on_the_better_side_asks_for_no_more() {
        OptionalDouble alone = detectable(logarithmic(), Better.LOWER, 1, 1, 1e-6);

        assertThat(detectable(since(90, 0.2), Better.LOWER, 1, 1, 1e-6)).isEqualTo(alone);
        assertThat(detectable(since(110, 0.2), Better.HIGHER, 1, 1, 1e-6))
                .isEqualTo(detectable(logarithmic(), Better.HIGHER, 1, 1, 1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1, true", "0.05000000000000001, 1, false", "0.005, 10, true", "0.0051, 10, false"})
    void a_level_whose_step_is_certain_asks_for_no_more(double stepProbability, int suite, boolean isCertain) {
        boolean same = detectable(since(110, stepProbability), Better.LOWER, suite, 1, 1e-6)
                .equals(detectable(logarithmic(), Better.LOWER, suite, 1, 1e-6));

        assertThat(same).isEqualTo(isCertain);
    }

    @ParameterizedTest
    @CsvSource({"0.4, true", "0.41, false"})
    void nothing_beyond_elevenfold_is_detectable(double error, boolean isDetectable) {
        // log(11) is 2.398, and 0.4 * 5.89 is 2.356, 0.41 * 5.89 is 2.415
        Expectation expected = unsurprising(logarithmic());

        assertThat(detectable(expected, Better.LOWER, 1, 1, error).isPresent()).isEqualTo(isDetectable);
        assertThat(detectable(expected, Better.HIGHER, 1, 1, error).isPresent()).isEqualTo(isDetectable);
    }

    @Test
    void nothing_falls_by_more_than_all_of_it() {
        Expectation expected = unsurprising(expectation(regime(PLAIN, 10, 0.001, 16)));

        assertDetectable(detectable(expected, Better.LOWER, 1, 1, 2), 0.2 * (CERTAIN + MISSED));
        assertThat(detectable(expected, Better.HIGHER, 1, 1, 2)).isEmpty();
        assertDetectable(detectable(expected, Better.HIGHER, 1, 1, 1), 0.1 * (CERTAIN + MISSED));
    }

    @Test
    void a_fall_by_all_of_it_is_the_largest_that_is_detectable() {
        double error = 2;
        double level = StudentT.upperQuantile(0.05 * 0.7 / 2, 8) * error
                + StudentT.upperQuantile(1 - (1 - 0.01 / 2), 8) * error;

        assertThat(detectable(unsurprising(expectation(regime(PLAIN, level, 0.001, 16))), Better.HIGHER, 1, 1, error))
                .hasValue(1);
    }

    @Test
    void where_nothing_is_known_of_surprises_nothing_is_detectable() {
        SeriesTail unknown = new SeriesTail(new double[] {1}, new double[][] {{1}}, new double[][] {{1}}, 0, 1, 0);

        assertThat(logarithmic().detectableChange(Policy.DEFAULT, DURATION.series(List.of()), 1, unknown, 1, 0.01))
                .isEmpty();
    }

    @Test
    void around_zero_no_share_is_detectable() {
        assertThat(detectable(expectation(regime(PLAIN, 0, 1, 16)), Better.LOWER, 1, 1, 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"18, 1, false", "19, 1, true", "19, 2, false", "20, 1, true", "20, 300, true"})
    void of_a_timer_that_never_moved_the_margin_is_detectable_once_it_proved_itself(
            int runs, int suite, boolean isDetectable) {
        assertThat(detectable(constant(40, runs), Better.LOWER, suite, 1, 0))
                .isEqualTo(isDetectable ? OptionalDouble.of(0.02) : OptionalDouble.empty());
    }

    @Test
    void of_a_counter_that_never_moved_the_margin_is_detectable() {
        assertThat(constant(40, 5).detectableChange(Policy.DEFAULT, COUNTER.series(List.of()), 300, TAIL, 1, 0))
                .hasValue(0.02);
        assertThat(constant(40, 5)
                        .detectableChange(
                                Policy.DEFAULT.withMargin(0.1), THROUGHPUT.series(List.of()), 300, TAIL, 1, 0))
                .hasValue(0.1);
    }

    @Test
    void more_of_the_same_noise_makes_the_smallest_change_larger() {
        double[] changes = DoubleStream.of(0.005, 0.01, 0.02, 0.04)
                .map(noise -> detectable(expectation(regime(LOGARITHMIC, 100, noise, 16)), Better.LOWER, 1, 1, noise)
                        .orElseThrow())
                .toArray();

        assertThat(changes).isSorted();
    }
}
