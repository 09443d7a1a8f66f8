package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommonModeTest {
    private static final int RUNS = 90;

    /** Series with noise of 1 % of their own, and what each run does to all of them. */
    private static Column[] columns(long seed, int series, double shared) {
        Random random = new Random(seed);
        double[][] values = new double[series][RUNS];
        for (int run = 0; run < RUNS; run++) {
            double all = shared * random.nextGaussian();
            for (int i = 0; i < series; i++) {
                values[i][run] = 4 + i + 0.01 * random.nextGaussian() + all;
            }
        }
        return columns(values);
    }

    private static Column[] columns(double[][] values) {
        return Arrays.stream(values).map(each -> Column.of(each, 1, 0, false)).toArray(Column[]::new);
    }

    /** The standard deviation of the last thirty values. */
    private static double deviation(double[] values) {
        double squares = 0;
        for (int i = values.length - 30; i < values.length; i++) {
            squares += values[i] * values[i];
        }
        return Math.sqrt(squares / 30);
    }

    /** How much of the noise is left, on average over all series. */
    private static double left(Column[] columns) {
        CommonMode common = CommonMode.of(columns, RUNS, 0, RUNS - 1);
        double left = 0;
        for (int i = 0; i < columns.length; i++) {
            double[] adjusted = common.residuals(i, columns[i], CommonMode.isFew(columns.length))
                    .newest(RUNS);
            left += deviation(adjusted) / deviation(columns[i].residuals) / columns.length;
        }
        return left;
    }

    @ParameterizedTest
    @CsvSource({"6, 0.02, 0.75", "20, 0.02, 0.6", "80, 0.02, 0.6", "20, 0.05, 0.4"})
    void what_a_run_does_to_all_series_is_taken_out(int series, double shared, double most) {
        for (int seed = 0; seed < 5; seed++) {
            assertThat(left(columns(seed, series, shared))).as("seed %d", seed).isLessThan(most);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 20, 80})
    void where_nothing_is_shared_hardly_anything_changes(int series) {
        double left = 0;
        for (int seed = 0; seed < 10; seed++) {
            left += left(columns(seed, series, 0)) / 10;
        }

        assertThat(left).isBetween(0.95, 1.02);
    }

    @Test
    void a_change_of_one_series_alone_stays_in_it() {
        Column[] columns = columns(3, 20, 0.02);
        double[] moved = columns[4].values.clone();
        moved[RUNS - 1] += 0.2;
        Column[] others = columns.clone();
        others[4] = Column.of(moved, 1, 0, false);

        double before = CommonMode.of(columns, RUNS, 0, RUNS - 1)
                .residuals(4, columns[4], false)
                .distance(RUNS - 1);
        double after = CommonMode.of(others, RUNS, 0, RUNS - 1)
                .residuals(4, others[4], false)
                .distance(RUNS - 1);

        assertThat(after - before).isBetween(0.19, 0.21);
        // and the others keep where they were
        for (int i = 5; i < 20; i++) {
            assertThat(CommonMode.of(others, RUNS, 0, RUNS - 1)
                                    .residuals(i, others[i], false)
                                    .distance(RUNS - 1)
                            - CommonMode.of(columns, RUNS, 0, RUNS - 1)
                                    .residuals(i, columns[i], false)
                                    .distance(RUNS - 1))
                    .isBetween(-0.005, 0.005);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8, 20})
    void what_the_runs_of_one_revision_share_is_no_part_of_what_is_foretold_for_them(int judged) {
        for (int seed = 0; seed < 5; seed++) {
            double[][] values = new double[8][];
            Column[] calm = columns(seed, 8, 0);
            for (int i = 0; i < 8; i++) {
                values[i] = calm[i].values.clone();
                double change = i < 2 ? 0.2 : i < 4 ? -0.2 : 0;
                for (int run = RUNS - judged; run < RUNS; run++) {
                    values[i][run] += change;
                }
            }
            Column[] columns = Arrays.stream(values)
                    .map(each -> Column.of(each, judged, 0, false))
                    .toArray(Column[]::new);

            CommonMode common = CommonMode.of(columns, RUNS, 0, RUNS - judged);

            for (int i = 0; i < 8; i++) {
                double[] adjusted = common.residuals(i, columns[i], false).newest(RUNS);
                for (int run = RUNS - judged; run < RUNS; run++) {
                    assertThat(adjusted[run] - columns[i].residuals[run])
                            .as("seed %d, series %d, run %d", seed, i, run)
                            .isBetween(-0.02, 0.02);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void among_few_series_nothing_looks_slower_by_what_is_taken_out(int series) {
        for (int seed = 0; seed < 20; seed++) {
            Column[] columns = columns(seed, series, 0.03);
            CommonMode common = CommonMode.of(columns, RUNS, 0, RUNS - 1);
            for (int i = 0; i < series; i++) {
                double[] adjusted = common.residuals(i, columns[i], true).newest(RUNS);
                for (int j = 20; j < RUNS; j++) {
                    double plain = columns[i].residuals[j];
                    assertThat(adjusted[j]).isBetween(Math.min(0, plain), Math.max(0, plain));
                }
            }
        }
    }

    @Test
    void nothing_is_foretold_before_fifteen_runs_are_known() {
        Column[] columns = columns(1, 20, 0.05);
        CommonMode common = CommonMode.of(columns, RUNS, 0, RUNS - 1);

        for (int j = Column.LEAST; j < 15; j++) {
            assertThat(common.residuals(0, columns[0], false).distance(j)).isEqualTo(columns[0].residuals[j]);
        }
        assertThat(CommonMode.of(columns, RUNS, 60, RUNS - 1)
                        .residuals(0, columns[0], false)
                        .distance(59))
                .isEqualTo(columns[0].residuals[59]);
    }

    @Test
    void a_series_alone_shares_nothing() {
        Column[] one = {columns(1, 20, 0.05)[0]};

        assertThat(CommonMode.of(one, RUNS, 0, RUNS - 1)
                        .residuals(0, one[0], true)
                        .newest(RUNS))
                .isEqualTo(one[0].residuals);
    }

    @Test
    void series_that_miss_runs_share_those_they_have() {
        Random random = new Random(9);
        Column[] whole = columns(2, 20, 0.03);
        double[][] values = new double[20][];
        for (int i = 0; i < 20; i++) {
            values[i] = whole[i].values.clone();
            for (int run = 0; run < RUNS - 1; run++) {
                values[i][run] = random.nextInt(5) == 0 ? Double.NaN : values[i][run];
            }
        }
        Column[] columns = columns(values);
        CommonMode common = CommonMode.of(columns, RUNS, 0, RUNS - 1);
        double left = 0;
        for (int i = 0; i < 20; i++) {
            left += deviation(common.residuals(i, columns[i], false).newest(RUNS))
                    / deviation(columns[i].residuals)
                    / 20;
        }

        assertThat(left).isLessThan(0.7);
    }

    @Test
    void what_all_moved_alike_beside_their_factors_is_told_for_each_run() {
        Column[] columns = columns(4, 30, 0.02);
        double[] alike = CommonMode.of(columns, RUNS, 0, RUNS - 1).alike();

        assertThat(alike).hasSize(RUNS);
        assertThat(Arrays.copyOf(alike, 15)).containsOnly(Double.NaN);
        alike[RUNS - 1] = 7;
        assertThat(CommonMode.of(columns, RUNS, 0, RUNS - 1).alike()[RUNS - 1]).isNotEqualTo(7);
    }
}
