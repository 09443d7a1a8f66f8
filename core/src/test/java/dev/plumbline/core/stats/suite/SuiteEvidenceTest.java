package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteEvidenceTest {
    private static final double MARGIN = Math.log(1.02);

    /** The share of healthy runs that the judge lets any evidence reach. */
    private static final double LIMIT = 0.02;

    /** Logarithms by series and run: noise of 0.5, 1.5 and 3 % in turn. */
    private static double[][] healthy(long seed, int series, int runs) {
        Random random = new Random(seed);
        double[] noise = {0.015, 0.005, 0.03};
        double[][] values = new double[series][runs];
        for (int run = 0; run < runs; run++) {
            for (int i = 0; i < series; i++) {
                values[i][run] = 4 + Math.log1p(noise[i % 3] * random.nextGaussian());
            }
        }
        return values;
    }

    private static SuiteEvidence.Member member(double[] values, int judged) {
        return new SuiteEvidence.Member(values, judged, MARGIN, 0, false);
    }

    private static SuiteEvidence evidence(double[][] values, int judged) {
        return SuiteEvidence.of(
                values[0].length,
                Arrays.stream(values).map(each -> member(each, judged)).toArray(SuiteEvidence.Member[]::new));
    }

    private static boolean isCalled(ShiftEvidence evidence) {
        return evidence.probability() <= LIMIT;
    }

    /** A hole in each of the older runs makes the judge look at all of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_lies_far_back_has_no_say(long seed) {
        double[][] values = healthy(seed, 12, 420);
        for (int run = 300; run < 420; run++) {
            values[5][run] += 0.05;
        }
        double[][] holed = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        for (int run = 0; run < 420 - 200; run++) {
            holed[run % 12][run] = Double.NaN;
        }
        SuiteEvidence all = evidence(values, 2);
        SuiteEvidence some = evidence(holed, 2);

        for (int i = 0; i < 12; i++) {
            assertThat(some.worse(i).evidence()).isEqualTo(all.worse(i).evidence(), within(0.2));
            assertThat(some.level(i)).isEqualTo(all.level(i), within(1e-9));
        }
        double[][] newest = Arrays.stream(values)
                .map(each -> Arrays.copyOfRange(each, 60, 420))
                .toArray(double[][]::new);
        SuiteEvidence without = evidence(newest, 2);
        for (int i = 0; i < 12; i++) {
            assertThat(without.worse(i)).isEqualTo(all.worse(i));
            assertThat(without.better(i)).isEqualTo(all.better(i));
        }
    }

    /** The share of some series, of eighty each, that is called in a run in which they are 3.3 deviations slower. */
    private static double called(int changed) {
        int called = 0;
        int suites = 20;
        for (long seed = 1; seed <= suites; seed++) {
            double[][] values = healthy(seed, 80, 90);
            for (int i = 0; i < changed; i++) {
                // those of 1.5 % noise
                values[3 * i][89] += 0.05;
            }
            SuiteEvidence evidence = evidence(values, 1);
            for (int i = 0; i < changed; i++) {
                called += isCalled(evidence.worse(3 * i)) ? 1 : 0;
            }
        }
        return (double) called / suites / changed;
    }

    @Test
    void what_many_series_of_a_large_suite_show_together_is_called_where_one_alone_is_not() {
        assertThat(called(8)).isGreaterThan(called(1) + 0.25);
    }

    @Test
    void nothing_is_called_beside_a_series_that_is_certain_by_itself() {
        int called = 0;
        int calm = 0;
        for (long seed = 1; seed <= 40; seed++) {
            double[][] values = healthy(seed, 80, 90);
            SuiteEvidence before = evidence(values, 1);
            for (int i = 1; i < 80; i++) {
                calm += isCalled(before.worse(i)) ? 1 : 0;
            }
            values[0][89] += 0.5;
            SuiteEvidence evidence = evidence(values, 1);
            for (int i = 1; i < 80; i++) {
                called += isCalled(evidence.worse(i)) ? 1 : 0;
            }
        }
        assertThat(called).isLessThanOrEqualTo(calm + 1);
    }

    /** Two series that are fast or 16 % slower, as the toss of a coin decides, with 0.3 % of noise. */
    private static double[][] coins(long seed, int runs) {
        Random random = new Random(seed);
        double[][] values = new double[2][runs];
        for (int run = 0; run < runs; run++) {
            for (double[] series : values) {
                series[run] = 4 + (random.nextBoolean() ? 0.15 : 0) + 0.003 * random.nextGaussian();
            }
        }
        return values;
    }

    @Test
    void what_is_rare_in_a_suite_that_never_surprises_is_called_only_where_a_change_explains_it_better_than_noise() {
        int slowMode = 0;
        int slower = 0;
        for (long seed = 1; seed <= 200; seed++) {
            double[][] values = coins(seed, 69);
            double[][] changed = coins(seed, 69);
            for (int run = 66; run < 69; run++) {
                values[0][run] = 4.15;
                changed[0][run] += 0.4;
            }
            slowMode += isCalled(evidence(values, 3).worse(0)) ? 1 : 0;
            slower += isCalled(evidence(changed, 3).worse(0)) ? 1 : 0;
        }
        // three heads in a row come in one of eight runs, of which few are called, and 31 without a least evidence
        assertThat(slowMode).isLessThanOrEqualTo(14);
        assertThat(slower).isGreaterThanOrEqualTo(190);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 6, 400",
        "1, 20, 400",
        "1, 100, 200",
        "8, 6, 300",
        "8, 20, 200",
        "8, 100, 60",
        "40, 12, 80",
        "40, 100, 25"
    })
    void of_healthy_runs_no_more_are_called_than_is_stated(int series, int before, int suites) {
        int worse = 0;
        int better = 0;
        for (int seed = 0; seed < suites; seed++) {
            SuiteEvidence evidence = evidence(healthy(1000L * series + seed, series, before + 1), 1);
            boolean isWorse = false;
            boolean isBetter = false;
            for (int i = 0; i < series; i++) {
                isWorse |= isCalled(evidence.worse(i));
                isBetter |= isCalled(evidence.better(i));
            }
            worse += isWorse ? 1 : 0;
            better += isBetter ? 1 : 0;
        }

        // three standard errors above 2 %
        double most = suites * LIMIT + 3 * Math.sqrt(suites * LIMIT * (1 - LIMIT)) + 1;
        assertThat((double) worse).as("called worse").isLessThanOrEqualTo(most);
        assertThat((double) better).as("called better").isLessThanOrEqualTo(most);
    }

    /** What of a change by so much in the first series is called, the others left as they are or changed by a test. */
    private static double found(int series, int before, double change, Disturbance disturbance) {
        int found = 0;
        int suites = 40;
        for (int seed = 0; seed < suites; seed++) {
            double[][] values = healthy(7000L * series + seed, series, before + 1);
            disturbance.of(values[series - 1]);
            values[0][before] += Math.log1p(change);
            found += isCalled(evidence(values, 1).worse(0)) ? 1 : 0;
        }
        return found / (double) suites;
    }

    private interface Disturbance {
        void of(double... values);
    }

    private static void none(double... values) {
        assertThat(values).isNotEmpty();
    }

    private static void spike(double... values) {
        values[values.length - 6] += Math.log(1.3);
    }

    private static void improvement(double... values) {
        for (int i = values.length - 5; i < values.length; i++) {
            values[i] += Math.log(0.8);
        }
    }

    /** Suites of three in which the noise of all falls from 12 % to 1.2 % a number of runs ago, to the next whole. */
    private static double[][] fallen(long seed, int since, double tick) {
        Random random = new Random(seed);
        double[][] values = new double[3][81 + since];
        for (double[] row : values) {
            for (int run = 0; run < row.length; run++) {
                double value = 100 * (1 + (run < 80 ? 0.12 : 0.012) * random.nextGaussian());
                row[run] = Math.log(tick * Math.round(value / tick));
            }
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"20, 0.9", "25, 0.9", "30, 0.9", "40, 0.5"})
    void soon_after_the_noise_fell_a_change_is_held_against_the_new_noise(int since, double atLeast) {
        int found = 0;
        int wrong = 0;
        for (int seed = 0; seed < 50; seed++) {
            double[][] values = fallen(31_000 + seed, since, 1e-6);
            values[0][values[0].length - 1] += Math.log(1.2);
            SuiteEvidence evidence = evidence(values, 1);
            found += isCalled(evidence.worse(0)) ? 1 : 0;
            wrong += isCalled(evidence.worse(1)) || isCalled(evidence.worse(2)) ? 1 : 0;
        }
        assertThat(found / 50.0).as("found").isGreaterThanOrEqualTo(atLeast);
        assertThat(wrong).as("healthy beside it").isLessThanOrEqualTo(4);
    }

    @Test
    void values_on_few_ticks_of_a_clock_are_no_fall_of_the_noise() {
        int wrong = 0;
        for (int seed = 0; seed < 50; seed++) {
            SuiteEvidence evidence = evidence(fallen(32_000 + seed, 25, 2), 1);
            for (int i = 0; i < 3; i++) {
                wrong += isCalled(evidence.worse(i)) ? 1 : 0;
            }
        }
        assertThat(wrong).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"1, 12, 0.8", "1, 20, 0.9", "8, 8, 0.8", "8, 20, 0.95", "40, 12, 0.95", "40, 100, 0.95"})
    void a_fifth_more_in_noise_of_one_and_a_half_per_cent_is_found(int series, int before, double least) {
        assertThat(found(series, before, 0.2, SuiteEvidenceTest::none)).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({"8, 12", "8, 20", "40, 20"})
    void a_spike_or_an_improvement_of_another_series_hides_little(int series, int before) {
        assertThat(found(series, before, 0.2, SuiteEvidenceTest::spike)).isGreaterThanOrEqualTo(0.9);
        assertThat(found(series, before, 0.2, SuiteEvidenceTest::improvement)).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void what_all_series_share_is_a_shift_of_the_whole_suite() {
        for (int seed = 0; seed < 10; seed++) {
            double[][] values = healthy(seed, 20, 61);
            for (double[] each : values) {
                each[60] += Math.log(1.08);
            }
            WholeShift whole = evidence(values, 1).whole();

            assertThat(whole.shift()).isEqualTo(Math.log(1.08), within(0.01));
            assertThat(whole.worse().probability()).as("seed %d", seed).isLessThan(0.005);
            assertThat(whole.better().probability()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12, 20})
    void a_young_suite_shifts_as_a_whole(int before) {
        int found = 0;
        int wrong = 0;
        int dated = 0;
        for (int seed = 0; seed < 50; seed++) {
            double[][] values = healthy(700 + seed, 10, before + 2);
            wrong += evidence(values, 1).whole().worse().probability() <= 0.01 ? 1 : 0;
            for (double[] each : values) {
                each[before] += Math.log(1.15);
                each[before + 1] += Math.log(1.15);
            }
            WholeShift first = evidence(
                            Arrays.stream(values)
                                    .map(row -> Arrays.copyOf(row, before + 1))
                                    .toArray(double[][]::new),
                            1)
                    .whole();
            WholeShift second = evidence(values, 1).whole();
            found += first.worse().probability() <= 0.01 || second.worse().probability() <= 0.01 ? 1 : 0;
            dated += first.lasting() == 0 && second.lasting() == 1 ? 1 : 0;
        }

        assertThat(found).isGreaterThanOrEqualTo(45);
        assertThat(wrong).isLessThanOrEqualTo(1);
        assertThat(dated).isGreaterThanOrEqualTo(45);
    }

    @Test
    void one_quiet_series_that_stays_says_that_a_small_suite_has_not_moved() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] values = healthy(900 + seed, 3, 16);
            Random random = new Random(seed);
            for (int run = 0; run < 16; run++) {
                values[2][run] += 0.2 * random.nextGaussian(); // loud
            }
            values[0][15] -= 0.29;
            values[2][15] = values[2][14] - 0.2;

            assertThat(evidence(values, 1).whole().better().probability())
                    .as("seed %d", seed)
                    .isGreaterThan(0.05);
        }
    }

    @Test
    void a_healthy_run_is_seldom_a_shift_of_the_whole_suite() {
        int called = 0;
        for (int seed = 0; seed < 100; seed++) {
            WholeShift whole = evidence(healthy(500 + seed, 10, 61), 1).whole();
            called += whole.worse().probability() <= 0.005 || whole.better().probability() <= 0.005 ? 1 : 0;
        }

        assertThat(called).isLessThanOrEqualTo(3);
    }

    @Test
    void half_a_suite_may_be_new() {
        double[][] values = healthy(3, 16, 61);
        for (int i = 8; i < 16; i++) {
            Arrays.fill(values[i], 0, 50, Double.NaN);
        }
        double[][] slower = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        slower[0][60] += Math.log(1.2);
        slower[9][60] += Math.log(1.3);
        SuiteEvidence evidence = evidence(slower, 1);

        assertThat(isCalled(evidence.worse(0))).isTrue();
        assertThat(isCalled(evidence.worse(9))).isTrue();
        for (int i = 0; i < 16; i++) {
            assertThat(isCalled(evidence(values, 1).worse(i)))
                    .as("series %d", i)
                    .isFalse();
        }
    }

    @Test
    void runs_may_be_missing() {
        Random random = new Random(5);
        double[][] values = healthy(5, 12, 61);
        for (double[] each : values) {
            for (int run = 0; run < 60; run++) {
                each[run] = random.nextInt(4) == 0 ? Double.NaN : each[run];
            }
        }
        assertThat(isCalled(evidence(values, 1).worse(0))).isFalse();
        values[0][60] += Math.log(1.2);

        assertThat(isCalled(evidence(values, 1).worse(0))).isTrue();
        // runs that nobody has say nothing
        double[][] wider = new double[12][63];
        for (int i = 0; i < 12; i++) {
            Arrays.fill(wider[i], Double.NaN);
            System.arraycopy(values[i], 0, wider[i], 0, 30);
            System.arraycopy(values[i], 30, wider[i], 32, 31);
        }
        assertThat(evidence(wider, 1).worse(0).evidence())
                .isEqualTo(evidence(values, 1).worse(0).evidence());
    }

    @Test
    void a_series_without_a_judged_value_has_nothing_to_say() {
        double[][] values = healthy(6, 4, 41);
        values[2][40] = Double.NaN;
        SuiteEvidence evidence = SuiteEvidence.of(
                41, member(values[0], 1), member(values[1], 1), member(values[2], 0), member(values[3], 1));

        assertThat(evidence.worse(2)).isEqualTo(ShiftEvidence.NONE);
        assertThat(evidence.better(2)).isEqualTo(ShiftEvidence.NONE);
        assertThat(evidence.level(2)).isNaN();
        assertThat(evidence.scale(2)).isEmpty();
        assertThat(evidence.shared(2)).isZero();
    }

    @Test
    void equal_values_have_a_level_and_hardly_a_scale() {
        double[][] equal = new double[3][31];
        for (double[] each : equal) {
            Arrays.fill(each, 4);
        }
        SuiteEvidence evidence = evidence(equal, 1);

        assertThat(evidence.worse(0)).isEqualTo(ShiftEvidence.NONE);
        assertThat(evidence.level(0)).isEqualTo(4);
        assertThat(evidence.size(0)).isZero();
        assertThat(evidence.scale(0).orElseThrow()).isBetween(0.0, 0.001);
        assertThat(evidence.whole().shift()).isZero();
    }

    @Test
    void a_first_run_is_nothing_to_judge() {
        SuiteEvidence evidence = evidence(new double[][] {{4}, {5}}, 1);

        assertThat(evidence.worse(0)).isEqualTo(ShiftEvidence.NONE);
        assertThat(evidence.level(0)).isNaN();
        assertThat(evidence.detectable(0, 1, 0.02, 0.99)).isEmpty();
        assertThat(evidence.runsToShow(0, 0.02, 20)).isEmpty();
    }

    @Test
    void more_runs_detect_less_and_a_stricter_limit_more() {
        SuiteEvidence evidence = evidence(healthy(8, 8, 61), 1);
        double one = evidence.detectable(0, 1, LIMIT, 0.99).orElseThrow();

        assertThat(evidence.detectable(0, 2, LIMIT, 0.99).orElseThrow()).isLessThan(one);
        assertThat(evidence.detectable(0, 20, LIMIT, 0.99).orElseThrow()).isBetween(MARGIN, 0.8 * one);
        assertThat(evidence.detectable(0, 1, 0.001, 0.99).orElseThrow()).isGreaterThan(one);
        assertThat(evidence.detectable(0, 1, LIMIT, 0.6).orElseThrow()).isLessThan(one);
    }

    @Test
    void a_change_of_the_detectable_size_is_found_as_often_as_it_says() {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[][] values = healthy(9000 + seed, 6, 41);
            double size = evidence(values, 1).detectable(0, 1, LIMIT, 0.9).orElseThrow();
            values[0][40] += size;
            found += isCalled(evidence(values, 1).worse(0)) ? 1 : 0;
        }

        // scipy.stats.binom.ppf(0.001, 200, 0.9)
        assertThat(found).isGreaterThanOrEqualTo(166);
    }

    @Test
    void another_history_is_judged_while_the_suite_stands_by() {
        double[][] values = healthy(11, 6, 41);
        SuiteEvidence suite = evidence(values, 1);
        double[] slower = values[0].clone();
        slower[40] += Math.log(1.2);

        assertThat(isCalled(suite.standBy(member(values[0], 1)).worse(0))).isFalse();
        assertThat(isCalled(suite.standBy(member(slower, 1)).worse(0))).isTrue();
        assertThat(suite.standBy(member(slower, 1)).whole()).isEqualTo(WholeShift.NONE);
    }

    @Test
    void values_of_another_branch_are_weighed_without_the_runs_before_them() {
        double[] values = healthy(12, 1, 41)[0];
        for (int run = 37; run < 41; run++) {
            values[run] += 0.03;
        }
        ShiftEvidence alone = SuiteEvidence.of(41, new SuiteEvidence.Member(values, 1, MARGIN, 0, true))
                .worse(0);

        assertThat(alone.window()).isEqualTo(1);
        assertThat(SuiteEvidence.of(41, member(values, 1)).worse(0).window()).isGreaterThan(1);
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuiteEvidence.Member(new double[1], -1, 0.1, 0, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuiteEvidence.Member(new double[1], 1, Double.NaN, 0, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuiteEvidence.Member(new double[1], 1, -0.1, 0, true));
    }

    /** One value in twenty is a fifth to all of itself larger, as on a machine that others use too. */
    private static double[][] spiky(long seed, int series, int runs) {
        Random random = new Random(seed);
        double[][] values = healthy(seed, series, runs);
        for (double[] row : values) {
            for (int run = 0; run < runs; run++) {
                row[run] += random.nextDouble() < 0.05 ? Math.log(1.2 + 0.8 * random.nextDouble()) : 0;
            }
        }
        return values;
    }

    /** Where no past tells yet how often a run has a spike in any of its series. */
    @ParameterizedTest
    @CsvSource({"40, 8", "40, 20"})
    void spikes_of_a_young_suite_are_no_changes(int series, int before) {
        int called = 0;
        int shifted = 0;
        int suites = 60;
        for (int seed = 0; seed < suites; seed++) {
            double[][] values = spiky(31L * series + seed, series, before + 3);
            SuiteEvidence one = evidence(
                    Arrays.stream(values)
                            .map(row -> Arrays.copyOf(row, before + 1))
                            .toArray(double[][]::new),
                    1);
            boolean isCalled = false;
            for (int i = 0; i < series; i++) {
                isCalled |= isCalled(one.worse(i));
            }
            called += isCalled ? 1 : 0;
            for (int run = before; run < before + 3; run++) {
                values[0][run] += Math.log(1.2);
            }
            shifted += isCalled(evidence(values, 3).worse(0)) ? 1 : 0;
        }

        assertThat(called).as("healthy suites called").isLessThanOrEqualTo(suites / 10);
        assertThat(shifted).as("three runs a fifth slower").isGreaterThan(suites * 3 / 4);
    }

    /** Its values before and after tell the noise as well as those of a level do that never moved. */
    @ParameterizedTest
    @CsvSource({"1, 4", "1, 6", "1, 8", "8, 4", "8, 7", "8, 8"})
    void a_step_in_a_young_history_does_not_hide_the_next_one(int series, int step) {
        for (int runs = step + 4; runs <= 20; runs++) {
            double steady = 0;
            double stepped = 0;
            for (int seed = 0; seed < 10; seed++) {
                double[][] values = healthy(500L + seed, series, runs + 1);
                steady += evidence(values, 1).detectable(0, 1, LIMIT, 0.99).orElse(9);
                for (int run = step; run <= runs; run++) {
                    values[0][run] += Math.log(1.3);
                }
                stepped += evidence(values, 1).detectable(0, 1, LIMIT, 0.99).orElse(9);
            }

            assertThat(stepped / steady).as("%d runs", runs).isLessThan(1.7);
        }
    }
}
