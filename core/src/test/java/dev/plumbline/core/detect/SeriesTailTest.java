package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How rare several surprising runs are together, and how large a surprise is that is so rare. */
class SeriesTailTest {
    /** One exceedance more than was seen. */
    private static final double UNSEEN = 1e-4;

    /** Half of the runs surprise by 1, a tenth by 2, none by 4. */
    private static final SeriesTail KNOWN = new SeriesTail(
            new double[] {1, 2, 4},
            new double[][] {{0.5}, {0.1}, {0}},
            new double[][] {{1}, {1}, {1}},
            (int) Math.round(1 / UNSEEN) - 1,
            UNSEEN,
            0);

    /** A quiet series, or with one chance in a hundred a wild one where every second run surprises by 2. */
    private static final SeriesTail DOUBTFUL = new SeriesTail(
            new double[] {1, 2, 4},
            new double[][] {{1}, {0, 0.5}, {0}},
            new double[][] {{1}, {0.99, 0.01}, {1}},
            999_999,
            1e-6,
            0);

    @Test
    void a_run_is_as_rare_as_its_rate_and_one_unseen_exceedance() {
        assertThat(KNOWN.probability(2)).isEqualTo(0.1 + UNSEEN, within(1e-12));
        assertThat(KNOWN.probabilityOfAll(new double[] {2})).isEqualTo(0.1 + UNSEEN, within(1e-12));
        assertThat(KNOWN.probability(1)).isEqualTo(1);
        assertThat(KNOWN.probability(0)).isEqualTo(1);
    }

    @Test
    void between_two_levels_the_logarithm_falls_with_the_square() {
        // 2.5 lies (6.25 - 4) / (16 - 4) of the way from 2 to 4, and 2.5 is a quarter above the level last known
        double unseen = UNSEEN * Math.pow(2 / 2.5, 4);
        double expected = Math.pow(0.1 + unseen, 1 - 2.25 / 12) * Math.pow(unseen, 2.25 / 12);
        assertThat(KNOWN.probability(2.5)).isEqualTo(expected, within(1e-12));
    }

    @Test
    void beyond_what_is_known_the_tail_falls_with_the_fourth_power() {
        assertThat(KNOWN.probability(4)).isEqualTo(UNSEEN / 16, within(1e-15));
        assertThat(KNOWN.probability(20)).isEqualTo(UNSEEN / 10_000, within(1e-18));
        assertThat(KNOWN.probability(Double.POSITIVE_INFINITY)).isZero();
        assertThat(KNOWN.probabilityOfAll(new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}))
                .isZero();
    }

    @Test
    void few_runs_are_as_rare_as_the_least_surprising_of_them_each_time() {
        double one = 0.1 + UNSEEN;
        assertThat(KNOWN.probabilityOfAll(new double[] {2, 900, 70})).isEqualTo(2 * one * one * one, within(1e-9));
    }

    @Test
    void several_runs_are_likelier_than_independent_ones_where_the_series_may_be_wild() {
        // 0.01 * 0.5^2, not (0.01 * 0.5)^2
        assertThat(DOUBTFUL.probabilityOfAll(new double[] {2, 3.9})).isEqualTo(2 * 0.0025, within(1e-5));
        assertThat(DOUBTFUL.probability(2)).isEqualTo(0.005, within(1e-5));
    }

    @Test
    void one_of_four_may_be_calm() {
        double one = 0.1 + UNSEEN;
        double three = 4 * Math.pow(one, 3) * (1 - one) + Math.pow(one, 4);
        assertThat(KNOWN.probabilityOfAll(new double[] {2, 0, 90, 9})).isEqualTo(4 * three, within(1e-12));
    }

    @Test
    void two_calm_ones_of_four_are_one_too_many() {
        assertThat(KNOWN.probabilityOfAll(new double[] {99, 0, 0, 99})).isEqualTo(1);
    }

    @Test
    void runs_that_lie_close_together_are_rarer_than_ones_far_apart() {
        double one = 0.1 + UNSEEN;
        // both so far out, and the other one within no distance; then Fisher's product of two probabilities
        double product = one * one * UNSEEN / one;
        assertThat(KNOWN.probabilityOfAll(new double[] {2, 2}))
                .isEqualTo(2 * product * (1 - Math.log(product)), within(1e-9));
        assertThat(KNOWN.probabilityOfAll(new double[] {2, 3.99})).isEqualTo(2 * one * one, within(1e-9));
    }

    @Test
    void it_is_as_large_as_its_past_and_believed_to_be_as_alike_as_said() {
        assertThat(KNOWN.size()).isEqualTo(9_999);
        assertThat(DOUBTFUL.size()).isEqualTo(999_999);
        assertThat(alike(0.5).autocorrelation()).isEqualTo(0.5);
        assertThat(KNOWN.autocorrelation()).isZero();
    }

    @Test
    void a_series_is_known_up_to_where_it_surprises_by_its_weighted_rates() {
        // at 2 with 0.01 * 0.5 on average, which is more than one exceedance more
        assertThat(DOUBTFUL.probability(8)).isEqualTo(1e-6 / 256, within(1e-18));
        SeriesTail rare = new SeriesTail(
                new double[] {1, 2, 4},
                new double[][] {{1}, {0, 0.5}, {0}},
                new double[][] {{1}, {0.999999, 0.000001}, {1}},
                999_999,
                1e-6,
                0);
        // at 2 by less: only up to 1
        assertThat(rare.probability(8)).isEqualTo(1e-6 / 4096, within(1e-18));
    }

    @Test
    void the_first_two_levels_are_parted_like_all_others() {
        double first = 0.5 + UNSEEN;
        double second = 0.1 + UNSEEN;
        double share = (1.5 * 1.5 - 1) / (4 - 1);

        assertThat(KNOWN.probability(1.5))
                .isEqualTo(Math.pow(first, 1 - share) * Math.pow(second, share), within(1e-12));
        assertThat(KNOWN.probability(Math.nextUp(1.0))).isEqualTo(first, within(1e-12));
        assertThat(KNOWN.probability(Math.nextDown(4.0))).isEqualTo(UNSEEN / 16, within(1e-15));
    }

    @Test
    void runs_that_lie_together_where_every_run_lies_are_no_surprise() {
        assertThat(KNOWN.probabilityOfAll(new double[] {0, 0})).isEqualTo(1);
        assertThat(KNOWN.probabilityOfAll(new double[] {0, 0, 0})).isEqualTo(1);
        // half of the runs lie no farther out than 1: the other three do with 1/8
        assertThat(KNOWN.probabilityOfAll(new double[] {1, 1, 1, 1}))
                .isEqualTo(2 * 0.125 * (1 + Math.log(8)), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0.4, 1", "2, 4, 0.3, 0.3483", "4, 4, 0.5, 0.0625", "1, 3, 0.1, 0.271", "3, 8, 0, 0", "3, 8, 1, 1"
    })
    void so_many_hits_have_the_probability_of_the_binomial(int hits, int count, double rate, double expected) {
        // scipy.stats.binom.sf(hits - 1, count, rate)
        assertThat(SeriesTail.binomial(hits, count, rate)).isEqualTo(expected, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "7, 6", "8, 6"})
    void one_run_in_four_is_excepted(int count, int fewest) {
        assertThat(SeriesTail.fewest(count)).isEqualTo(fewest);
    }

    @Test
    void the_surprise_of_a_probability_is_found_to_a_millionth() {
        // 1e-4 * (2 / s)^4
        assertThat(KNOWN.surpriseAt(1e-8, 1, 1)).isBetween(20.0, 20 * (1 + 1e-6));
        assertThat(KNOWN.surpriseAt(1e-12, 1, 1)).isBetween(200.0, 200 * (1 + 1e-6));
        // all runs reach the first level, half of them more
        assertThat(KNOWN.surpriseAt(0.6, 1, 1)).isBetween(1.0, 1 + 1e-6);
        assertThat(KNOWN.surpriseAt(1, 1, 1)).isBetween(0.0, 1e-12);
        // 3 of 4 at 2, asked of two numbers of runs and of two questions
        double one = 0.1 + UNSEEN;
        double three = 4 * Math.pow(one, 3) * (1 - one) + Math.pow(one, 4);
        assertThat(KNOWN.surpriseAt(4 * three * (1 + 1e-9), 3, 4)).isEqualTo(2, within(4e-6));
        assertThat(KNOWN.surpriseAt(2 * one * one * (1 + 1e-9), 2, 2)).isEqualTo(2, within(4e-6));
    }

    @Test
    void alike_runs_that_lie_close_together_prove_as_little_as_their_independent_number() {
        double one = 0.1 + UNSEEN;
        double number = 2 / 1.5;
        double product = Math.pow(one, number) * Math.pow(UNSEEN / one, number - 1);

        assertThat(alike(0.5).probabilityOfAll(new double[] {2, 2}))
                .isEqualTo(2 * product * (1 - Math.log(product)), within(1e-9));
    }

    @Test
    void no_runs_prove_nothing() {
        assertThat(KNOWN.probabilityOfAll(new double[0])).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void the_surprise_of_a_probability_has_that_probability(int count) {
        for (double probability : new double[] {1e-12, 1e-4, 0.0015, 0.04}) {
            double surprise = KNOWN.surpriseAt(probability, count, count);

            // asked twice, and once more where one run is excepted
            double asked = count == 1 ? probability : probability / 2 / (1 + count / 4);
            assertThat(Math.pow(KNOWN.probability(surprise), count)).isLessThanOrEqualTo(asked * (1 + 1e-9));
            if (surprise > 1) {
                assertThat(Math.pow(KNOWN.probability(surprise * 0.99), count)).isGreaterThan(asked * 0.99);
            }
        }
    }

    @Test
    void where_nothing_is_known_no_surprise_is_rare() {
        SeriesTail unknown = new SeriesTail(new double[] {1}, new double[][] {{1}}, new double[][] {{1}}, 0, 1, 0);

        assertThat(unknown.probability(1e300)).isEqualTo(1);
        assertThat(unknown.surpriseAt(0.01, 1, 1)).isInfinite();
        assertThat(unknown.surpriseAt(0.01, 5, 5)).isInfinite();
    }

    private static SeriesTail alike(double phi) {
        return new SeriesTail(
                new double[] {1, 2, 4},
                new double[][] {{0.5}, {0.1}, {0}},
                new double[][] {{1}, {1}, {1}},
                (int) Math.round(1 / UNSEEN) - 1,
                UNSEEN,
                phi);
    }

    @Test
    void runs_that_resemble_each_other_prove_less_than_independent_ones() {
        double one = 0.1 + UNSEEN;
        double[] apart = {2, 3.99};

        // two runs of an autoregression are worth 2 / (1 + φ), three (3 - φ) / (1 + φ)
        assertThat(alike(0.5).probabilityOfAll(apart)).isEqualTo(2 * Math.pow(one, 2 / 1.5), within(1e-9));
        assertThat(alike(0.5).probabilityOfAll(new double[] {2, 900, 70}))
                .isEqualTo(2 * Math.pow(one, 2.5 / 1.5), within(1e-9));
        assertThat(alike(0.5).probability(2)).isEqualTo(KNOWN.probability(2));
        assertThat(alike(0).probabilityOfAll(apart)).isEqualTo(KNOWN.probabilityOfAll(apart));
        assertThat(alike(0.5).probabilityOfAll(new double[] {2, 2}))
                .isGreaterThan(KNOWN.probabilityOfAll(new double[] {2, 2}));
    }

    @ParameterizedTest
    @CsvSource({"0.3, 2", "0.5, 2", "0.6, 2", "0.5, 3", "0.6, 4"})
    void neighbours_all_exceed_a_limit_no_more_often_than_so_many_independent_runs(double phi, int count) {
        double limit = 1.5;
        double rate = 0.06680720126885809; // pnorm(1.5, lower.tail = FALSE)
        SplittableRandom random = new SplittableRandom(11);
        double value = random.nextGaussian();
        int run = 0;
        int all = 0;
        int draws = 1_000_000;
        for (int i = 0; i < draws; i++) {
            value = phi * value + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            run = value > limit ? run + 1 : 0;
            all += run >= count ? 1 : 0;
        }

        assertThat((double) all / draws).isLessThan(Math.pow(rate, (count - (count - 2) * phi) / (1 + phi)));
    }
}
