package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForetoldNoiseTest {
    private static final int RUNS = 150;
    private static final double SCALE = 0.01;

    /** Of each value something is predicted, and the rest varies by a power of it. */
    private record Suite(Column[] columns, double[][] shared) {
        static Suite of(long seed, int series, double power, double large) {
            Random random = new Random(seed);
            Column[] columns = new Column[series];
            double[][] shared = new double[series][RUNS];
            for (int i = 0; i < series; i++) {
                double[] values = new double[RUNS];
                for (int run = 0; run < RUNS; run++) {
                    shared[i][run] = large * SCALE * random.nextGaussian();
                    double share = shared[i][run] / SCALE;
                    values[run] =
                            5 + shared[i][run] + SCALE * Math.pow(1 + share * share, power / 2) * random.nextGaussian();
                }
                columns[i] = Column.of(values, 1, 0, false);
            }
            return new Suite(columns, shared);
        }

        double power() {
            return ForetoldNoise.power(columns, shared, RUNS - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.25", "0.4, 0.25, 0.55", "0.8, 0.55, 1.05"})
    void the_power_is_learnt(double planted, double least, double most) {
        for (int seed = 0; seed < 5; seed++) {
            assertThat(Suite.of(seed, 20, planted, 4).power())
                    .as("seed %d", seed)
                    .isBetween(least, most);
        }
    }

    @Test
    void without_a_past_the_power_is_that_of_usual_machines() {
        Column[] young = {Column.of(new double[] {1, 1.01, 1, 1.02, 1.03}, 1, 0, false)};

        assertThat(ForetoldNoise.power(young, new double[1][5], 4)).isBetween(0.4, 0.5);
        assertThat(ForetoldNoise.power(new Column[0], new double[0][], 4)).isBetween(0.4, 0.5);
    }

    @Test
    void what_is_judged_teaches_nothing() {
        Suite suite = Suite.of(1, 20, 0.4, 4);
        double before = suite.power();
        for (Column column : suite.columns) {
            column.residuals[RUNS - 1] = 100;
        }

        assertThat(suite.power()).isEqualTo(before);
    }

    @Test
    void a_few_excursions_hardly_change_it() {
        Suite suite = Suite.of(2, 20, 0.4, 4);
        double before = suite.power();
        Random random = new Random(3);
        for (Column column : suite.columns) {
            for (int j = 30; j < RUNS - 1; j++) {
                column.residuals[j] += random.nextInt(25) == 0 ? 0.2 : 0;
            }
        }

        assertThat(suite.power()).isBetween(before - 0.2, before + 0.2);
    }

    @Test
    void values_of_a_run_that_shares_much_are_known_less_exactly() {
        double[] left = new double[40];
        double[] shared = new double[40];
        Random random = new Random(4);
        for (int j = 0; j < 40; j++) {
            left[j] = SCALE * random.nextGaussian();
        }
        shared[30] = 2 * SCALE;
        shared[31] = 10 * SCALE;

        Residuals residuals = ForetoldNoise.residuals(left, shared, 0.5);

        assertThat(residuals.width(29, 30)).isEqualTo(1);
        assertThat(residuals.width(30, 31)).isBetween(1.3, 1.7);
        assertThat(residuals.width(31, 32)).isBetween(2.7, 3.8);
        assertThat(ForetoldNoise.residuals(left, shared, 0).width(31, 32)).isEqualTo(1);
    }
}
