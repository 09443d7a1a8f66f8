package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointLevelsTest {
    private static final int LENGTH = 40;

    /** Scores with a deviation of 1 around levels that begin at the given places. */
    private static double[] scores(long seed, double memory, double[] levels, int... begins) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] scores = new double[LENGTH];
        double noise = random.nextGaussian();
        for (int i = 0; i < LENGTH; i++) {
            noise = memory * noise + Math.sqrt(1 - memory * memory) * random.nextGaussian();
            int level = 0;
            while (level < begins.length && begins[level] <= i) {
                level++;
            }
            scores[i] = levels[level] + noise;
        }
        return scores;
    }

    private static List<Integer> of(double[] scores, Integer... known) {
        return JointLevels.of(scores, 0, scores.length, List.of(known), 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"8", "12"})
    void levels_of_two_and_three_values_are_found_beside_one_another_where_they_are_known(double step) {
        int found = 0;
        for (long seed = 1; seed <= 100; seed++) {
            double[] scores = scores(seed, 0, new double[] {0, step, 2 * step, step, 2 * step, 0}, 20, 22, 25, 30, 33);
            found += of(scores, 20, 22, 25, 30, 33).equals(List.of(20, 22, 25, 30, 33)) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(98);
    }

    @Test
    void a_level_of_three_values_that_nobody_has_seen_is_found_beside_known_ones() {
        int found = 0;
        for (long seed = 1; seed <= 100; seed++) {
            double[] scores = scores(seed, 0, new double[] {0, 10, 0}, 20, 36);
            found += of(scores, 20).equals(List.of(20, 36)) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(98);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.01", "0.5, 0.05"})
    void known_places_without_a_change_begin_few_levels_and_make_none_elsewhere(double memory, double allowed) {
        int series = 1000;
        int elsewhere = 0;
        for (long seed = 1; seed <= series; seed++) {
            List<Integer> places = of(scores(seed, memory, new double[] {0}), 17, 24, 31);
            elsewhere += places.stream().allMatch(List.of(17, 24, 31)::contains) ? 0 : 1;
        }
        assertThat(elsewhere / (double) series).isLessThanOrEqualTo(allowed);
    }

    @Test
    void an_odd_value_is_a_level_only_where_it_is_known_to_begin_and_to_end() {
        double[] scores = scores(3, 0, new double[] {0});
        scores[30] = 40;

        assertThat(of(scores, 20)).isEmpty();
        assertThat(of(scores, 20, 30)).doesNotContain(31);
        assertThat(of(scores, 20, 30, 31)).containsExactly(30, 31);
    }

    @Test
    void without_a_known_place_or_with_few_values_before_it_there_is_nothing_to_join() {
        double[] scores = scores(5, 0, new double[] {0, 20}, 30);

        assertThat(of(scores)).isEmpty();
        assertThat(of(scores, 5)).isEmpty();
        assertThat(of(scores, 0, LENGTH)).isEmpty();
        assertThat(of(scores, 30)).containsExactly(30);
    }
}
