package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    /** Twenty series of a hundred values each; all but those given never surprise. */
    private static SuiteTail among(int calm, double[]... surprises) {
        List<double[]> all = new ArrayList<>();
        for (double[] own : surprises) {
            all.add(Arrays.copyOf(own, 100));
        }
        all.addAll(Collections.nCopies(calm, new double[100]));
        return independent(all);
    }

    private static double[] times(int count, double surprise) {
        double[] surprises = new double[count];
        Arrays.fill(surprises, surprise);
        return surprises;
    }

    @Test
    void a_series_known_to_be_spiky_has_its_part_of_the_largest_spikes() {
        double[] largest = times(10, 8.1);
        largest[0] = 12;
        SuiteTail tail = among(18, times(10, 8.1), largest);

        // levels lie at a half times powers of the fourth root of two: 8, then 9.51, 11.3 and 13.5
        double spiky = tail.of(0).probability(8.001);
        double unseen = tail.of(0).probability(12.7) * Math.pow(12.7 / 8, 4);
        assertThat(spiky).isBetween(0.08, 0.14);
        // one in twenty of what is as far out as 6.7 and 8; without that, one in two thousand
        assertThat(tail.of(0).probability(9.52)).isBetween(spiky / 20, spiky / 10);
        assertThat(tail.of(0).probability(11.35)).isBetween(spiky / 20, spiky / 10);
        assertThat(tail.of(2).probability(9.52)).isLessThan(0.0015);
        assertThat(unseen).isPositive();
    }

    @Test
    void a_larger_surprise_is_never_the_likelier_one_where_it_tells_series_apart() {
        double[] wild = times(8, 6);
        double[][] all = new double[21][];
        Arrays.fill(all, times(4, 2.1));
        all[0] = wild;
        SuiteTail tail = among(0, all);

        // up to 2 all series look alike: 88 of 2,100; from 2.38 on only one of them surprises
        assertThat(tail.of(0).probability(2.001)).isBetween(88 / 2_100.0, 0.05);
        assertThat(tail.of(0).probability(2.4)).isBetween(88 / 2_100.0, 0.05);
        assertThat(tail.of(0).probability(4)).isLessThanOrEqualTo(tail.of(0).probability(2.4) * (1 + 1e-12));
        assertThat(tail.of(1).probability(2.4)).isLessThan(0.005);
    }

    @Test
    void its_size_is_that_of_all_pasts_and_as_far_counts_what_surprised_as_much() {
        SuiteTail tail = independent(List.of(new double[] {3, 1, 2}, new double[0], new double[] {2, 5}));

        assertThat(tail.series()).isEqualTo(3);
        assertThat(tail.size()).isEqualTo(5);
        assertThat(tail.asFar(2)).isEqualTo(4);
        assertThat(tail.asFar(Math.nextUp(2.0))).isEqualTo(2);
        assertThat(tail.asFar(0)).isEqualTo(5);
        assertThat(tail.asFar(6)).isZero();
    }

    @Test
    void it_learns_from_what_was_expected_of_each_series() {
        Expectation known = Expectations.withPast(Expectations.plain(), 3, -1, 2, -2.5, 0.5);
        Neighbours neighbours = new Neighbours(0.4, 60);
        Expectation alike = new Expectation(
                known.regime(),
                known.level(),
                known.runs(),
                known.quiet(),
                known.constant(),
                known.deviations(),
                known.middle(),
                known.scatter(),
                neighbours,
                known.young());

        SuiteTail tail = SuiteTail.ofExpectations(List.of(Optional.of(alike), Optional.empty()));

        SuiteTail literally =
                SuiteTail.of(List.of(alike.surprises(), new double[0]), List.of(neighbours, Neighbours.NONE));
        assertThat(tail.series()).isEqualTo(2);
        assertThat(tail.size()).isEqualTo(5);
        assertThat(tail.asFar(2.2)).isEqualTo(2);
        assertThat(tail.of(0).autocorrelation())
                .isEqualTo(literally.of(0).autocorrelation())
                .isGreaterThan(0.3);
        assertThat(tail.of(1).autocorrelation()).isEqualTo(literally.of(1).autocorrelation());
        assertThat(tail.of(1).probability(2.2)).isEqualTo(literally.of(1).probability(2.2));
    }

    private static SuiteTail independent(List<double[]> surprises) {
        return SuiteTail.of(surprises, Collections.nCopies(surprises.size(), Neighbours.NONE));
    }
}
