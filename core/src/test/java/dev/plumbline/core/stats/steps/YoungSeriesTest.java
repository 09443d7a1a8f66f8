package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scan says of series of 9 to 39 values: false alarms, power, and what must not change the answer. */
class YoungSeriesTest {
    private static final int HISTORIES = 1000;
    private static final List<Integer> LENGTHS = List.of(9, 11, 14, 20, 25, 30, 36);

    /** The largest share of any length, in percent; the limits leave room for the sample of {@value #HISTORIES}. */
    @ParameterizedTest
    @CsvSource({"GAUSS, 0.8", "ALIKE, 2.6", "SPIKES, 1", "TWO_MODES, 1.6", "THREEFOLD, 3.2"})
    void noise_hardly_ever_has_a_step(Noise noise, double most) {
        for (int length : LENGTHS) {
            assertThat(alarms(noise, length)).as("%s, %d values", noise, length).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void a_drift_of_four_deviations_hardly_ever_has_a_step_that_matters() {
        for (int length : List.of(20, 22, 25, 28, 30)) {
            assertThat(alarms(Noise.DRIFT, length)).as("%d values", length).isLessThanOrEqualTo(3);
        }
        assertThat(alarms(Noise.DRIFT, 11)).isLessThanOrEqualTo(6);
    }

    @Test
    void what_the_slope_explains_still_ends_a_regime() {
        int negligible = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Steps steps = StepScan.analyze(values(Noise.DRIFT, seed, 30));
            negligible += steps.negligible().isEmpty() ? 0 : 1;
            int last = steps.confirmed().stream().mapToInt(Step::index).max().orElse(0);
            assertThat(steps.regime().orElseThrow().start()).isEqualTo(last);
        }
        assertThat(negligible).isGreaterThan(HISTORIES / 2);
    }

    /** @param deviations of the noise */
    @ParameterizedTest
    @CsvSource({
        "6, 3, 10, 99",
        "6, 5, 10, 99",
        "10, 3, 10, 99",
        "15, 3, 10, 99",
        "20, 9, 10, 99",
        "30, 5, 10, 99",
        "6, 3, 5, 88",
        "6, 5, 5, 89",
        "10, 3, 5, 89",
        "10, 5, 5, 93",
        "15, 3, 5, 93",
        "25, 3, 5, 95",
        "33, 3, 5, 95"
    })
    void a_large_step_is_found_at_its_place(int before, int after, double deviations, double least) {
        int found = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            double[] values = stepped(Noise.GAUSS, seed, before, after, 0.01 * deviations);
            found += StepScan.analyze(values).steps().stream().anyMatch(step -> Math.abs(step.index() - before) <= 2)
                    ? 1
                    : 0;
        }
        assertThat(100.0 * found / HISTORIES).isGreaterThanOrEqualTo(least);
    }

    @Test
    void thirty_percent_in_half_a_percent_of_noise_are_told_from_three_values_on() {
        double[] values = {100.2, 99.7, 100.1, 100.6, 99.5, 100.3, 130.1, 129.5, 130.8};

        Steps steps = StepScan.analyze(values);

        Step step = steps.steps().get(0);
        assertThat(step.index()).isEqualTo(6);
        assertThat(step.tier()).isEqualTo(Tier.CONFIRMED);
        assertThat(step.relativeChange()).isCloseTo(0.3, within(0.01));
        assertThat(step.low()).isGreaterThan(0.28);
        assertThat(step.high()).isLessThan(0.32);
        assertThat(step.pValue()).isLessThan(1e-6);
        assertThat(step.checks())
                .extracting(Check::kind)
                .containsExactly(Check.Kind.STATISTIC, Check.Kind.LINE, Check.Kind.ABRUPTNESS, Check.Kind.EFFECT);
        assertThat(step.checks()).allMatch(Check::passed);
        assertThat(steps.regime().orElseThrow().start()).isEqualTo(6);
        assertThat(steps.warnings()).isEmpty();
        assertThat(StepScan.analyze(Arrays.copyOf(values, 8)).warnings()).contains(Steps.Warning.FEW_VALUES);
    }

    @Test
    void a_step_below_the_smallest_change_is_negligible() {
        double[] values = {100.02, 99.97, 100.01, 100.06, 99.95, 100.03, 101.01, 100.95, 101.08};

        assertThat(StepScan.analyze(values).steps()).isEmpty();
        assertThat(StepScan.analyze(values).negligible()).hasSize(1);
        assertThat(StepScan.analyze(values, new StepScan.Settings(0)).steps()).hasSize(1);
    }

    @Test
    void the_first_step_of_a_large_stair_is_no_part_of_a_slope() {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[] values = stepped(Noise.GAUSS, seed, 10, 12, 0.1);
            for (int i = 16; i < 22; i++) {
                values[i] *= Math.exp(0.1);
            }
            Steps steps = StepScan.analyze(values);
            assertThat(steps.negligible()).as("seed %d", seed).isEmpty();
            found += steps.steps().stream().anyMatch(step -> step.index() == 10) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(180);
    }

    @Test
    void two_values_on_a_new_level_are_a_suspect() {
        int suspects = 0;
        for (int seed = 0; seed < 200; seed++) {
            for (int before : List.of(8, 14, 25)) {
                double[] values = stepped(Noise.GAUSS, seed, before, 2, 0.15);
                Steps steps = StepScan.analyze(values);
                suspects +=
                        steps.suspect().filter(step -> step.index() == before).isPresent() ? 1 : 0;
                assertThat(StepScan.analyze(values(Noise.GAUSS, seed, before))
                                .suspect()
                                .map(Step::tier))
                        .isIn(Optional.empty(), Optional.of(Tier.SUSPECT));
            }
        }
        assertThat(suspects).isGreaterThanOrEqualTo(590);
    }

    @Test
    void appending_one_by_one_gives_what_analysing_at_once_gives() {
        for (Noise noise : Noise.values()) {
            for (int seed = 0; seed < 20; seed++) {
                double[] values = stepped(noise, seed, 9 + seed, 35 - seed, 0.08);
                StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
                for (int n = 0; n < values.length; n++) {
                    double[] all = Arrays.copyOf(values, n + 1);
                    assertThat(scan.with(values[n]))
                            .as("%s, seed %d", noise, seed)
                            .isEqualTo(StepScan.analyze(all));
                    scan.append(values[n]);
                    assertThat(scan.result()).isEqualTo(StepScan.analyze(all));
                    assertThat(StepScan.restore(StepScan.Settings.DEFAULT, scan.state())
                                    .result())
                            .isEqualTo(scan.result());
                }
            }
        }
    }

    @Test
    void another_unit_and_the_other_direction_change_no_place() {
        for (Noise noise : Noise.values()) {
            for (int seed = 0; seed < 100; seed++) {
                double[] values = stepped(noise, seed, 6 + seed % 20, 3 + seed % 9, 0.06);
                Steps steps = StepScan.analyze(values);
                double[] scaled = Arrays.stream(values).map(v -> v * 1024).toArray();
                double[] reciprocal = Arrays.stream(values).map(v -> 1 / v).toArray();
                for (double[] other : List.of(scaled, reciprocal)) {
                    Steps same = StepScan.analyze(other);
                    assertThat(same.confirmed())
                            .as("%s, seed %d", noise, seed)
                            .extracting(Step::index)
                            .isEqualTo(
                                    steps.confirmed().stream().map(Step::index).toList());
                    assertThat(same.suspect().map(Step::index))
                            .isEqualTo(steps.suspect().map(Step::index));
                }
            }
        }
    }

    @Test
    void zeros_and_gaps_keep_their_index() {
        double[] values = {0, 1, -1, 0.5, Double.NaN, -0.5, 0.2, 40, 41, 39.5};

        Steps steps = StepScan.analyze(values);

        assertThat(steps.steps()).extracting(Step::index).containsExactly(7);
        assertThat(steps.warnings()).contains(Steps.Warning.NOT_POSITIVE, Steps.Warning.MISSING_VALUES);
    }

    private enum Noise {
        GAUSS,
        /** First-order autocorrelation of a half. */
        ALIKE,
        /** One value in twenty is 20 to 100 % larger. */
        SPIKES,
        /** Three in ten lie eight deviations higher. */
        TWO_MODES,
        /** Threefold from some place on. */
        THREEFOLD,
        /** A rise by four deviations. */
        DRIFT
    }

    private static double alarms(Noise noise, int length) {
        int alarms = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            alarms += StepScan.analyze(values(noise, seed, length)).steps().isEmpty() ? 0 : 1;
        }
        return 100.0 * alarms / HISTORIES;
    }

    private static double[] stepped(Noise noise, int seed, int before, int after, double change) {
        double[] values = values(noise, seed, before + after);
        for (int i = before; i < values.length; i++) {
            values[i] *= Math.exp(change);
        }
        return values;
    }

    /** Values around 100 with a core whose deviation is 1 %. */
    private static double[] values(Noise noise, int seed, int length) {
        SplittableRandom random = new SplittableRandom(seed * 7919L + length * 104_729L + noise.ordinal()).split();
        int louder = random.nextInt(length);
        double phi = noise == Noise.ALIKE ? 0.5 : 0;
        double[] values = new double[length];
        double previous = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            double deviation = 0.01 * previous;
            double chance = random.nextDouble();
            switch (noise) {
                case GAUSS, ALIKE -> {}
                case SPIKES -> deviation += chance < 0.05 ? Math.log1p(random.nextDouble(0.2, 1)) : 0;
                case TWO_MODES -> deviation += chance < 0.3 ? 0.08 : 0;
                case THREEFOLD -> deviation *= i < louder ? 1 : 3;
                case DRIFT -> deviation += 0.04 * i / (length - 1);
            }
            values[i] = 100 * Math.exp(deviation);
        }
        return values;
    }
}
