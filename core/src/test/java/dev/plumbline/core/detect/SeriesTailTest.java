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
