package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelTestTest {
    @Test
    void the_statistic_of_an_unchanged_series_has_unit_variance_whatever_the_autocorrelation() {
        for (double phi : new double[] {0, 0.5, 0.8}) {
            NoiseModel noise = new NoiseModel(1, 1, phi, 0, phi, 1, 200, 3, 3, 1e-4);
            for (int k : new int[] {2, 5, 20}) {
                double squares = 0;
                int trials = 4000;
                for (int trial = 0; trial < trials; trial++) {
                    double[] x = autoregressive(150 + k, phi, trial);
                    double first = x[150] - phi * x[149];
                    double rest = 0;
                    for (int i = 1; i < k; i++) {
                        rest += x[150 + i] - phi * x[149 + i];
                    }
                    double mean = Arrays.stream(x, 0, 150).average().orElseThrow();
                    double statistic = LevelTest.statistic(first, rest, mean, 150, k, 1, noise, 4);
                    squares += statistic * statistic;
                }
                // at phi 0.8 the mean of 150 values is less certain than the formula takes it for
                assertThat(squares / trials).isCloseTo(1, within(phi > 0.6 ? 0.25 : 0.1));
            }
        }
    }

    @Test
    void the_statistic_of_a_step_is_its_size_over_the_standard_error_of_two_means() {
        NoiseModel noise = new NoiseModel(2, 1, 0, 0, 0, 2, 200, 3, 3, 1e-4);
        // first 3, rest 4 * 3, mean of the base 1: (3 - 1) / (2 * sqrt(1 / 5 + 1 / 20))
        assertThat(LevelTest.statistic(3, 12, 1, 20, 5, 2, noise, 4))
                .isCloseTo(2 / (2 * Math.sqrt(0.25)), within(1e-12));
    }

    @Test
    void doubt_about_the_autocorrelation_lowers_the_statistic() {
        NoiseModel sure = new NoiseModel(1, 1, 0.3, 0, 0.3, 1, 200, 3, 3, 1e-4);
        NoiseModel unsure = new NoiseModel(1, 1, 0.3, 0.1, 0.3, 1, 200, 3, 3, 1e-4);
        double without = LevelTest.statistic(2, 10, 0, 100, 10, 1, sure, 4);
        double with = LevelTest.statistic(2, 10, 0, 100, 10, 1, unsure, 4);
        // 1 + 0.5 * (4 * 0.1 * 9 * 0.7 / (1 + 9 * 0.49)) ** 2
        double doubt = 1 + 0.5 * Math.pow(4 * 0.1 * 9 * 0.7 / (1 + 9 * 0.49), 2);
        assertThat(without / with).isCloseTo(Math.sqrt(doubt), within(1e-12));
        // one value says nothing of the autocorrelation
        assertThat(LevelTest.statistic(2, 0, 0, 100, 1, 1, unsure, 4))
                .isEqualTo(LevelTest.statistic(2, 0, 0, 100, 1, 1, sure, 4));
    }

    @Test
    void an_inner_step_has_the_same_checks_read_backwards_and_upside_down() {
        for (int seed = 0; seed < 40; seed++) {
            double[] x = autoregressive(100, seed % 2 * 0.5, seed);
            for (int i = 60; i < 100; i++) {
                x[i] += 3;
            }
            double[] backwards = new double[100];
            double[] upsideDown = new double[100];
            for (int i = 0; i < 100; i++) {
                backwards[i] = x[99 - i];
                upsideDown[i] = -x[i];
            }
            NoiseModel noise = new NoiseModel(1, 1, seed % 2 * 0.5, 0.05, seed % 2 * 0.5, 1, 100, 3, 3, 1e-4);

            List<Check> checks = inner(x, 60, noise);

            same(inner(backwards, 40, noise), checks);
            same(inner(upsideDown, 60, noise), checks);
        }
    }

    @Test
    void spikes_of_the_past_demand_three_values() {
        double[] x = autoregressive(80, 0, 3);
        x[78] = 9;
        x[79] = 9;
        NoiseModel clean = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 3, 3, 1e-4);
        NoiseModel spiky = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 30, 3, 1e-4);
        NoiseModel spikyBelow = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 3, 30, 1e-4);

        assertThat(newest(x, 78, clean, StepRole.PAIR).strength()).isGreaterThan(1);
        assertThat(newest(x, 78, spiky, StepRole.PAIR).strength()).isLessThan(1);
        assertThat(newest(x, 78, spikyBelow, StepRole.PAIR).strength()).isGreaterThan(1);
        assertThat(count(newest(x, 78, clean, StepRole.PAIR)).limit()).isEqualTo(2);
        assertThat(count(newest(x, 78, spiky, StepRole.PAIR)).limit()).isEqualTo(3);
    }

    @Test
    void three_values_close_together_are_a_level_and_three_spikes_are_not() {
        double[] level = withSpikes();
        double[] spikes = withSpikes();
        System.arraycopy(new double[] {20, 20.5, 19.7}, 0, level, 120, 3);
        System.arraycopy(new double[] {20, 55, 38}, 0, spikes, 120, 3);
        NoiseModel noise = new NoiseModel(1, 1, 0, 0.05, 0, 1, 120, 60, 3, 1e-4);

        assertThat(newest(level, 120, noise, StepRole.NEWEST).strength()).isGreaterThan(1);
        assertThat(newest(spikes, 120, noise, StepRole.NEWEST).strength()).isLessThan(1);
    }

    @Test
    void a_step_that_went_away_again_is_not_lasting() {
        double[] x = autoregressive(100, 0, 5);
        for (int i = 84; i < 92; i++) {
            x[i] += 8;
        }
        NoiseModel noise = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 3, 3, 1e-4);
        LevelTest test = newest(x, 84, noise, StepRole.NEWEST);

        Check persistence = test.checks().stream()
                .filter(c -> c.kind() == Check.Kind.PERSISTENCE)
                .findFirst()
                .orElseThrow();

        assertThat(persistence.passed()).isFalse();
        assertThat(test.strength()).isLessThan(1);
    }

    @Test
    void noise_that_has_grown_next_to_the_step_is_held_against_it() {
        double[] x = autoregressive(110, 0, 6);
        for (int i = 70; i < 100; i++) {
            x[i] *= 4;
        }
        for (int i = 100; i < 110; i++) {
            x[i] = 3 + x[i];
        }
        NoiseModel noise = new NoiseModel(1, 1, 0, 0.05, 0, 1, 100, 3, 3, 1e-4);

        List<Check> checks = newest(x, 100, noise, StepRole.NEWEST).checks();

        assertThat(checks.get(0).kind()).isEqualTo(Check.Kind.STATISTIC);
        assertThat(checks.get(1).kind()).isEqualTo(Check.Kind.LOCAL_NOISE);
        assertThat(checks.get(1).value()).isLessThan(0.7 * checks.get(0).value());
    }

    @Test
    void ranks_beyond_doubt_lower_the_limit_of_the_statistic() {
        // outliers below and above make the statistic timid, not the ranks
        double[] x = new double[140];
        SplittableRandom random = new SplittableRandom(21);
        for (int i = 0; i < 140; i++) {
            x[i] = random.nextDouble(-1, 1);
            if (i >= 120) {
                x[i] += 1.15;
            } else if (i % 5 == 0) {
                x[i] += i % 2 == 0 ? 5 : -5;
            }
        }
        NoiseModel independent = new NoiseModel(1.25, 1, 0, 0.05, 0, 1.25, 120, 3, 3, 1e-4);
        NoiseModel correlated = new NoiseModel(1.25, 1, 0.21, 0.05, 0.21, 1.25, 120, 3, 3, 1e-4);
        double critical = Levels.DEFAULT.of(StepRole.NEWEST).critical().at(independent.degrees());
        double loose = Levels.DEFAULT.of(StepRole.NEWEST).loose().at(independent.degrees());

        List<Check> checks = newest(x, 120, independent, StepRole.NEWEST).checks();
        List<Check> strict = newest(x, 120, correlated, StepRole.NEWEST).checks();

        assertThat(checks.get(0).value()).isBetween(loose, critical);
        assertThat(checks.get(0).limit()).isEqualTo(loose);
        assertThat(strict.get(0).limit())
                .isEqualTo(Levels.DEFAULT.of(StepRole.NEWEST).critical().at(correlated.degrees()));
    }

    @Test
    void roles_follow_from_place_and_number() {
        assertThat(StepRole.of(true, 2)).isEqualTo(StepRole.PAIR);
        assertThat(StepRole.of(true, 3)).isEqualTo(StepRole.NEWEST);
        assertThat(StepRole.of(true, 24)).isEqualTo(StepRole.NEWEST);
        assertThat(StepRole.of(true, 25)).isEqualTo(StepRole.INNER);
        assertThat(StepRole.of(false, 2)).isEqualTo(StepRole.INNER);
    }

    private static Check count(LevelTest test) {
        return test.checks().stream()
                .filter(c -> c.kind() == Check.Kind.COUNT)
                .findFirst()
                .orElseThrow();
    }

    private static LevelTest newest(double[] x, int c, NoiseModel noise, StepRole role) {
        Robust robust = new Robust(x.length);
        LevelTest test = new LevelTest(x, x.length, robust, Levels.DEFAULT);
        test.set(new Flank(x, 0, c, robust), new Flank(x, c, x.length, robust), noise, role, true);
        return test;
    }

    private static List<Check> inner(double[] x, int c, NoiseModel noise) {
        Robust robust = new Robust(x.length);
        LevelTest test = new LevelTest(x, x.length, robust, Levels.DEFAULT);
        test.set(new Flank(x, 0, c, robust), new Flank(x, c, x.length, robust), noise, StepRole.INNER, false);
        return test.checks();
    }

    private static void same(List<Check> actual, List<Check> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).kind()).isEqualTo(expected.get(i).kind());
            assertThat(actual.get(i).value()).isCloseTo(expected.get(i).value(), within(1e-9));
            assertThat(actual.get(i).passed()).isEqualTo(expected.get(i).passed());
        }
    }

    private static double[] withSpikes() {
        double[] x = autoregressive(123, 0, 9);
        for (int i = 7; i < 120; i += 9) {
            x[i] = 15 + i / 2.0;
        }
        return x;
    }

    private static double[] autoregressive(int length, double phi, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        double previous = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            values[i] = previous;
        }
        return values;
    }
}
