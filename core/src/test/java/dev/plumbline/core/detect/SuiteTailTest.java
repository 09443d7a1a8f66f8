package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuiteTailTest {
    /** The absolutes of normal values; of the last {@code wild} series one in twenty lies 7 to 33 farther out. */
    private static List<double[]> suite(int series, int wild, int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            double[] surprises = new double[runs];
            for (int j = 0; j < runs; j++) {
                surprises[j] = Math.abs(random.nextGaussian());
                if (i >= series - wild && random.nextDouble() < 0.05) {
                    surprises[j] += random.nextDouble(7, 33);
                }
            }
            all.add(surprises);
        }
        return all;
    }

    @Test
    void a_surprise_is_as_rare_as_in_the_past_where_there_is_one_series() {
        SeriesTail tail =
                independent(List.of(new double[] {1, 2.1, 2.2, 0.6, 4.2})).of(0);

        // how many were at least as large of five, and one of six more
        assertThat(tail.probability(2)).isEqualTo(3 / 5.0 + 1 / 6.0, within(1e-9));
        assertThat(tail.probability(4)).isEqualTo(1 / 5.0 + 1 / 6.0, within(1e-9));
        assertThat(tail.probability(0.5)).isEqualTo(1);
        assertThat(tail.size()).isEqualTo(5);
    }

    @Test
    void series_that_do_not_differ_evidently_share_one_rate() {
        List<double[]> all = suite(300, 0, 60, 1);
        SuiteTail tail = independent(all);
        double count = all.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(surprise -> surprise >= Math.sqrt(8))
                .count();

        for (int series : new int[] {0, 1, 150, 299}) {
            assertThat(tail.of(series).probability(Math.sqrt(8) * (1 + 1e-12)))
                    .isEqualTo(count / 18_000 + 1 / 18_001.0, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void quiet_series_beside_wild_ones_keep_a_tail_of_their_own(long seed) {
        SuiteTail alone = independent(suite(300, 0, 120, seed));
        SuiteTail beside = independent(suite(300, 20, 120, seed));
        double rare = 0.05 / 600;

        assertThat(beside.of(0).surpriseAt(rare, 1, 1))
                .isLessThan(1.2 * alone.of(0).surpriseAt(rare, 1, 1));
        assertThat(beside.of(0).surpriseAt(rare, 2, 2))
                .isLessThan(1.1 * alone.of(0).surpriseAt(rare, 2, 2));
        // 0.05 of the runs of a wild series, of which this one is known to be one
        assertThat(beside.of(299).probability(8)).isBetween(0.015, 0.12);
    }

    @Test
    void a_short_quiet_past_among_wild_ones_may_yet_be_a_wild_series() {
        // of 20 wild series with 60 runs 20 * 0.95^60 = 0.92 look quiet: 0.92 / 281 * 0.05 = 1.6e-4
        assertThat(independent(suite(300, 20, 60, 5)).of(0).probability(8)).isBetween(5e-5, 1e-3);
    }

    @Test
    void a_series_without_a_past_has_the_rates_of_the_suite() {
        List<double[]> all = new ArrayList<>(suite(299, 20, 60, 1));
        all.add(new double[0]);
        double wild = independent(all).of(299).probability(6);

        // 20 of 299 series with 0.05 each
        assertThat(wild).isBetween(0.002, 0.006);
    }

    @Test
    void the_probability_never_rises_with_the_surprise() {
        SuiteTail tail = independent(suite(60, 5, 40, 3));
        for (int series = 0; series < 60; series++) {
            double before = 1;
            for (double surprise = 0; surprise < 60; surprise += 0.05) {
                double probability = tail.of(series).probability(surprise);
                assertThat(probability)
                        .isLessThanOrEqualTo(before * (1 + 1e-12))
                        .isPositive();
                before = probability;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1e300, Double.POSITIVE_INFINITY})
    void an_unknown_tail_expects_everything(double surprise) {
        assertThat(independent(List.of(new double[0])).of(0).probability(surprise))
                .isEqualTo(1);
        assertThat(independent(List.of(new double[0], new double[0])).of(1).surpriseAt(0.01, 1, 1))
                .isInfinite();
    }

    @Test
    void histories_of_any_length_are_told_apart() {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(suite(1, i % 10 == 0 ? 1 : 0, 100 + 13 * i, i).get(0));
        }
        SuiteTail tail = independent(all);

        assertThat(tail.of(199).probability(10)).isLessThan(1e-4);
        assertThat(tail.of(190).probability(10)).isBetween(0.02, 0.08);
    }

    private static SuiteTail independent(List<double[]> surprises) {
        return SuiteTail.of(surprises, Collections.nCopies(surprises.size(), Neighbours.NONE));
    }
}
