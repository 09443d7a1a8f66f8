package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatentFactorsTest {
    /** By run and series: factors with these loadings, by factor and series, and noise of variance one. */
    private static double[][] planted(long seed, int runs, double[][] loadings) {
        Random random = new Random(seed);
        double[][] z = new double[runs][loadings[0].length];
        for (double[] row : z) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
            for (double[] loading : loadings) {
                double factor = random.nextGaussian();
                for (int i = 0; i < row.length; i++) {
                    row[i] += loading[i] * factor;
                }
            }
        }
        return z;
    }

    private static double[] all(int series, double loading) {
        double[] loadings = new double[series];
        Arrays.fill(loadings, loading);
        return loadings;
    }

    /** Of every second series, the others upside down. */
    private static double[] alternating(int series, double loading) {
        double[] loadings = all(series, loading);
        for (int i = 1; i < series; i += 2) {
            loadings[i] = -loading;
        }
        return loadings;
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            squares += one[i] * one[i];
            others += other[i] * other[i];
        }
        return Math.abs(product) / Math.sqrt(squares * others);
    }

    @ParameterizedTest
    @CsvSource({"60, 10", "60, 40", "30, 100", "60, 300"})
    void one_planted_factor_is_found(int runs, int series) {
        for (int seed = 0; seed < 20; seed++) {
            LatentFactors factors = LatentFactors.of(planted(seed, runs, new double[][] {all(series, 1.5)}));

            assertThat(factors.count()).as("seed %d", seed).isEqualTo(1);
            assertThat(cosine(factors.loadings[0], all(series, 1))).isGreaterThan(0.9);
            assertThat(Arrays.stream(factors.own).average().orElseThrow()).isEqualTo(1, within(0.35));
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 20", "60, 100"})
    void two_planted_factors_are_found(int runs, int series) {
        for (int seed = 0; seed < 20; seed++) {
            double[][] loadings = {all(series, 2), alternating(series, 1.2)};
            LatentFactors factors = LatentFactors.of(planted(seed, runs, loadings));

            assertThat(factors.count()).as("seed %d", seed).isEqualTo(2);
            assertThat(cosine(factors.loadings[0], loadings[0])).isGreaterThan(0.85);
            assertThat(cosine(factors.loadings[1], loadings[1])).isGreaterThan(0.85);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 5", "60, 20", "60, 60", "60, 200", "20, 50"})
    void pure_noise_has_hardly_ever_a_factor(int runs, int series) {
        int found = 0;
        for (int seed = 0; seed < 100; seed++) {
            found += LatentFactors.of(planted(seed, runs, new double[][] {all(series, 0)}))
                                    .count()
                            > 0
                    ? 1
                    : 0;
        }

        assertThat(found).isLessThanOrEqualTo(15);
    }

    @Test
    void a_run_is_foretold_by_what_the_other_series_did() {
        double[] loadings = all(20, 1.5);
        LatentFactors factors = LatentFactors.of(planted(1, 60, new double[][] {loadings}));
        double squares = 0;
        double left = 0;
        double[][] further = planted(2, 60, new double[][] {loadings});
        for (double[] row : further) {
            double[] predicted = factors.predict(row);
            for (int i = 0; i < row.length; i++) {
                squares += row[i] * row[i];
                left += (row[i] - predicted[i]) * (row[i] - predicted[i]);
            }
        }

        // of a variance of 1 + 1.5 ^ 2 about the one is left; of 60 factors the variance is as unsure
        assertThat(left / squares).isBetween(0.85 / 3.25, 1.25 / 3.25);
    }

    @Test
    void a_series_never_foretells_itself() {
        double[] loadings = all(20, 1.5);
        LatentFactors factors = LatentFactors.of(planted(1, 60, new double[][] {loadings}));
        for (int seed = 2; seed < 12; seed++) {
            double[] run = planted(seed, 1, new double[][] {loadings})[0];
            double before = factors.predict(run)[7];
            for (double moved : new double[] {-30, -3, 3, 30}) {
                double[] other = run.clone();
                other[7] += moved;

                // only by how the others are weighed
                assertThat(factors.predict(other)[7]).as("seed %d", seed).isEqualTo(before, within(0.15));
            }
        }
    }

    @Test
    void a_few_series_far_off_do_not_pull_the_others_along() {
        double[] loadings = all(20, 1.5);
        LatentFactors factors = LatentFactors.of(planted(1, 60, new double[][] {loadings}));
        double[] run = planted(3, 1, new double[][] {loadings})[0];
        double before = factors.predict(run)[0];
        run[7] += 40;
        run[8] += 40;

        assertThat(factors.predict(run)[0]).isEqualTo(before, within(0.6));
    }

    @ParameterizedTest
    @CsvSource({"0", "0.05", "-0.08"})
    void what_all_series_have_alike_is_told_from_a_factor(double shift) {
        int series = 30;
        double[] loadings = alternating(series, 2);
        LatentFactors factors = LatentFactors.of(planted(1, 60, new double[][] {loadings}));
        double[] scale = all(series, 0.02);
        for (double[] run : planted(5, 20, new double[][] {loadings})) {
            double[] residuals = new double[series];
            for (int i = 0; i < series; i++) {
                residuals[i] = 0.02 * run[i] + shift;
            }

            // four standard errors of 0.02 / sqrt(30)
            assertThat(factors.alike(residuals, scale)).isEqualTo(shift, within(0.0146));
        }
    }

    @Test
    void unknown_series_have_no_say_in_what_is_alike() {
        double[] loadings = alternating(10, 2);
        LatentFactors factors = LatentFactors.of(planted(1, 60, new double[][] {loadings}));
        double[] scale = all(10, 0.01);
        double[] residuals = all(10, 0.03);
        scale[3] = Double.POSITIVE_INFINITY;
        residuals[3] = 0;

        assertThat(factors.alike(residuals, scale)).isEqualTo(0.03, within(1e-3));
    }
}
