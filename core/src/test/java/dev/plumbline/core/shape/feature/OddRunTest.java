package dev.plumbline.core.shape.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Better;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OddRunTest {
    private static final int SERIES = 30;
    private static final int RUNS = 50;

    @Test
    void a_run_on_a_disturbed_machine_is_odd_and_no_other_is() {
        double[][] suite = suite(1);
        SplittableRandom random = new SplittableRandom(8);
        for (double[] series : suite) {
            series[35] *= 1.05 + 0.15 * random.nextDouble();
        }

        List<OddRun> odd = OddRun.find(suite, Collections.nCopies(SERIES, Better.LOWER));

        assertThat(odd).extracting(OddRun::run).containsExactly(35);
        assertThat(odd.get(0).series()).isEqualTo(SERIES);
        assertThat(odd.get(0).far()).isGreaterThan(20);
        assertThat(odd.get(0).worse()).isEqualTo(odd.get(0).far());
        assertThat(odd.get(0).score()).isGreaterThan(0.6);
    }

    @Test
    void two_regressions_are_no_odd_run() {
        double[][] suite = suite(2);
        for (int run = 40; run < RUNS; run++) {
            suite[3][run] *= 1.3;
            suite[9][run] *= 1.1;
        }

        assertThat(OddRun.find(suite, Collections.nCopies(SERIES, Better.LOWER)))
                .isEmpty();
    }

    @Test
    void a_step_of_half_the_suite_is_no_odd_run_once_the_runs_behind_it_are_known() {
        double[][] suite = suite(4);
        for (int run = 35; run < RUNS; run++) {
            for (int i = 0; i < SERIES * 3 / 5; i++) {
                suite[i][run] *= 1.15;
            }
        }
        double[][] soon =
                Arrays.stream(suite).map(series -> Arrays.copyOf(series, 36)).toArray(double[][]::new);

        assertThat(OddRun.find(soon, Collections.nCopies(SERIES, Better.LOWER)))
                .extracting(OddRun::run)
                .containsExactly(35);
        assertThat(OddRun.find(suite, Collections.nCopies(SERIES, Better.LOWER)))
                .isEmpty();
    }

    @Test
    void healthy_suites_have_no_odd_run() {
        for (long seed = 10; seed < 40; seed++) {
            assertThat(OddRun.find(suite(seed), Collections.nCopies(SERIES, Better.LOWER)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void a_metric_that_is_better_when_higher_is_worse_when_lower() {
        double[][] suite = suite(3);
        for (double[] series : suite) {
            series[45] *= 0.8;
        }

        assertThat(OddRun.find(suite, Collections.nCopies(SERIES, Better.HIGHER))
                        .get(0)
                        .worse())
                .isEqualTo(SERIES);
        assertThat(OddRun.find(suite, Collections.nCopies(SERIES, Better.LOWER))
                        .get(0)
                        .worse())
                .isZero();
    }

    @Test
    void the_machine_explains_more_than_half_of_the_suite_of_which_a_part_is_worse() {
        assertThat(odd(6, 2, 2).isMostOfSuite()).as("two of six").isFalse();
        assertThat(odd(6, 3, 3).isMostOfSuite()).as("half").isFalse();
        assertThat(odd(5, 3, 3).isMostOfSuite()).as("only three").isFalse();
        assertThat(odd(6, 4, 4).isMostOfSuite()).as("four of six").isTrue();
        assertThat(odd(6, 6, 0).isMostOfSuite()).as("faster").isFalse();
        assertThat(odd(6, 6, 1).isMostOfSuite()).as("nearly all faster").isFalse();
        assertThat(odd(6, 6, 2).isMostOfSuite()).as("some faster").isTrue();
    }

    /** Each benchmark is 20 to 60 % slower. */
    @Test
    void small_suites_on_a_disturbed_machine_are_still_found() {
        int found = 0;
        for (long seed = 100; seed < 200; seed++) {
            double[][] suite = Arrays.copyOf(suite(seed), 6);
            SplittableRandom random = new SplittableRandom(seed);
            for (double[] series : suite) {
                series[RUNS - 1] *= 1.2 + 0.4 * random.nextDouble();
            }
            found += (int) OddRun.find(suite, Collections.nCopies(6, Better.LOWER)).stream()
                    .filter(run -> run.run() == RUNS - 1 && run.isMostOfSuite())
                    .count();
        }
        assertThat(found).isGreaterThanOrEqualTo(99);
    }

    private static OddRun odd(int series, int far, int worse) {
        return new OddRun(20, series, far, worse, 5, 0.7);
    }

    @Test
    void what_a_run_did_not_measure_is_left_out() {
        double[][] suite = suite(4);
        for (int i = 0; i < SERIES; i++) {
            suite[i][45] *= 1.3;
            if (i % 2 == 0) {
                suite[i][45] = Double.NaN;
            }
        }

        OddRun odd =
                OddRun.find(suite, Collections.nCopies(SERIES, Better.LOWER)).get(0);

        assertThat(odd.series()).isEqualTo(SERIES / 2);
    }

    @Test
    void few_series_few_runs_and_constant_ones_say_nothing() {
        assertThat(OddRun.find(new double[0][], List.of())).isEmpty();
        assertThat(OddRun.find(new double[4][60], Collections.nCopies(4, Better.LOWER)))
                .isEmpty();
        assertThat(OddRun.find(new double[40][5], Collections.nCopies(40, Better.LOWER)))
                .isEmpty();
        assertThat(OddRun.find(new double[40][60], Collections.nCopies(40, Better.LOWER)))
                .isEmpty();
        double[][] missing = new double[10][60];
        Arrays.stream(missing).forEach(series -> Arrays.fill(series, Double.NaN));
        assertThat(OddRun.find(missing, Collections.nCopies(10, Better.LOWER))).isEmpty();
    }

    @Test
    void tables_with_gaps_are_refused() {
        assertThatThrownBy(() -> OddRun.find(new double[3][], List.of())).hasMessageContaining("3 series");
    }

    private static double[][] suite(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 104_729).split();
        double[][] suite = new double[SERIES][RUNS];
        for (double[] series : suite) {
            double level = 1 + 100 * random.nextDouble();
            for (int run = 0; run < RUNS; run++) {
                series[run] = level * (1 + 0.01 * random.nextGaussian());
            }
        }
        return suite;
    }
}
