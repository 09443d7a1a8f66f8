package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearntLimitTest {
    /** Of healthy runs whose largest evidence has an exponential tail. */
    private static double[] exponential(long seed, int runs, double mean) {
        Random random = new Random(seed);
        double[] maxima = new double[runs];
        for (int i = 0; i < runs; i++) {
            maxima[i] = -mean * Math.log(1 - random.nextDouble());
        }
        return maxima;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.05", "10, 0.05", "300, 0.02", "300, 0.001"})
    void without_a_past_half_the_power_of_an_e_value_is_asked_for_and_less_for_each_further_series(
            int series, double probability) {
        for (int runs : new int[] {0, 1, 9}) {
            assertThat(LearntLimit.of(new double[runs], series).evidence(probability))
                    .isEqualTo(0.3 * Math.log10(series) - 0.5 * Math.log10(probability), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 30, 100})
    void more_evidence_is_rarer(int runs) {
        LearntLimit limit = LearntLimit.of(exponential(1, runs, 0.4), 20);
        double before = 0;
        for (double evidence = -9; evidence < 20; evidence += 0.05) {
            double probability = limit.logProbability(evidence);
            assertThat(probability).isLessThanOrEqualTo(before);
            before = probability;
        }
        assertThat(before).isNegative();
        assertThat(limit.logProbability(LikelihoodRatio.NONE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 30, 100})
    void the_evidence_of_a_probability_has_that_probability(int runs) {
        LearntLimit limit = LearntLimit.of(exponential(2, runs, 0.4), 20);
        for (double probability : new double[] {0.05, 0.01, 1e-4}) {
            assertThat(Math.exp(limit.logProbability(limit.evidence(probability))))
                    .isEqualTo(probability, within(1e-6 * probability));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.05, 0.04, 0.055", "0.3, 0.02, 0.012, 0.022", "0.5, 0.05, 0.045, 0.065", "0.5, 0.02, 0.015, 0.03"
    })
    void of_exponential_maxima_about_as_many_exceed_the_limit_as_it_says(
            double mean, double probability, double least, double most) {
        double exceeding = 0;
        int suites = 400;
        for (int seed = 0; seed < suites; seed++) {
            double limit = LearntLimit.of(exponential(seed, 100, mean), 10).evidence(probability);
            exceeding += Math.exp(-Math.max(0, limit) / mean) / suites;
        }

        // what is beyond three times a mean of 0.5 counts as that, for one spike must not blind
        assertThat(exceeding).isBetween(least, most);
    }

    @Test
    void one_spike_moves_the_limit_by_little_however_large_it_is() {
        double[] maxima = exponential(3, 100, 0.4);
        double without = LearntLimit.of(maxima, 20).evidence(0.02);
        double[] spiked = maxima.clone();
        spiked[40] = 3;
        double small = LearntLimit.of(spiked, 20).evidence(0.02);
        spiked[40] = 300;

        assertThat(LearntLimit.of(spiked, 20).evidence(0.02)).isEqualTo(small);
        assertThat(small - without).isBetween(0.0, 0.25);
    }

    @Test
    void many_spikes_move_it_by_much() {
        double[] maxima = exponential(3, 100, 0.4);
        double without = LearntLimit.of(maxima, 20).evidence(0.02);
        Arrays.fill(maxima, 0, 15, 4);

        assertThat(LearntLimit.of(maxima, 20).evidence(0.02) - without).isGreaterThan(1);
    }

    @Test
    void a_longer_past_counts_for_more_than_what_is_believed_without_one() {
        double before = Double.POSITIVE_INFINITY;
        for (int runs : new int[] {9, 20, 50, 100}) {
            double[] quiet = new double[runs];
            Arrays.fill(quiet, LikelihoodRatio.NONE);
            double limit = LearntLimit.of(quiet, 300).evidence(0.01);
            assertThat(limit).as("%d runs", runs).isLessThan(before);
            before = limit;
        }
    }

    @Test
    void a_past_without_any_evidence_does_not_make_the_limit_nothing() {
        double[] quiet = new double[100];
        Arrays.fill(quiet, LikelihoodRatio.NONE);

        // below the least threshold of -1 nothing is asked
        assertThat(LearntLimit.of(quiet, 10).evidence(0.02)).isGreaterThan(-1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 4})
    void of_surprises_without_a_past_each_look_counts(double looks) {
        LearntLimit limit = LearntLimit.ofSurprises(new double[0], looks);

        // the union bound: looks * exp(-surprise)
        assertThat(Math.exp(limit.logProbability(-Math.log(0.01)))).isEqualTo(Math.min(1, 0.01 * looks), within(1e-9));
    }

    @Test
    void of_surprises_that_were_as_rare_as_they_said_as_many_exceed_the_limit() {
        double exceeding = 0;
        for (int seed = 0; seed < 400; seed++) {
            double limit = LearntLimit.ofSurprises(exponential(seed, 100, 1), 1).evidence(0.05);
            exceeding += Math.exp(-limit) / 400;
        }

        assertThat(exceeding).isBetween(0.025, 0.055);
    }
}
