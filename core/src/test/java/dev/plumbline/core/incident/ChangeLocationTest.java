package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLocationTest {
    private static final int STEP = 20;

    private static double[] series(long seed, double size) {
        Random random = new Random(seed);
        double[] values = new double[40];
        Arrays.setAll(values, i -> random.nextGaussian() + (i < STEP ? 0 : size));
        return values;
    }

    private static int[] places(int count, int every) {
        int[] places = new int[count];
        Arrays.setAll(places, i -> every * i);
        return places;
    }

    /** The likelihood of every place, straight from its definition, for noise without autocorrelation. */
    private static double[] literally(double[] x, int index) {
        double left = median(Arrays.copyOfRange(x, 0, index));
        double right = median(Arrays.copyOfRange(x, index, x.length));
        double[] sizes = new double[x.length];
        Arrays.setAll(sizes, i -> Math.abs(x[i] - (i < index ? left : right)));
        double scale = 1.4826 * median(sizes);
        double[] likelihood = new double[x.length];
        double sum = 0;
        for (int t = 1; t < x.length; t++) {
            double cost = 0;
            double low = typical(Arrays.copyOfRange(x, 0, t), scale);
            double high = typical(Arrays.copyOfRange(x, t, x.length), scale);
            for (int i = 1; i < x.length; i++) {
                double error = (x[i] - (i < t ? low : high)) / scale;
                cost += error * error <= 14 ? error * error : 14 + 2 * Math.log(error * error / 14);
            }
            likelihood[t] = Math.exp(-cost / 2);
            sum += likelihood[t];
        }
        double all = sum;
        return Arrays.stream(likelihood).map(value -> value / all).toArray();
    }

    private static double typical(double[] values, double scale) {
        double median = median(values);
        return Arrays.stream(values)
                .filter(value -> Math.abs(value - median) <= 3 * scale)
                .average()
                .orElse(median);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5, 8, 13, 21})
    void is_the_likelihood_of_its_definition(long seed) {
        double[] x = series(seed, 2);
        ChangeLocation where = ChangeLocation.of(x, places(x.length, 1), STEP, 0, x.length, Better.LOWER);
        double[] expected = literally(x, STEP);

        // the autocorrelation of white noise is estimated as nearly none, so that the two differ a little
        for (int t = 1; t < x.length; t++) {
            assertThat(where.at(t)).as("seed %d, place %d", seed, t).isEqualTo(expected[t], within(0.15));
        }
        assertThat(Arrays.stream(expected).sum()).isEqualTo(1, within(1e-9));
    }

    /** A run 3.5 deviations off is noise; one that is exactly back on a level a hundred deviations away is not. */
    @Test
    void a_noisy_run_beside_a_large_step_stays_on_its_own_side() {
        double[] x = series(4, 100);
        x[STEP - 1] = 3.5;

        ChangeLocation where = ChangeLocation.of(x, places(x.length, 1), STEP, 0, x.length, Better.LOWER);

        assertThat(where.at(STEP)).isGreaterThan(0.99);
        assertThat(where.credible().first()).isEqualTo(STEP);
    }

    @Test
    void skipped_revisions_are_as_likely_as_the_next_that_was_measured() {
        double[] x = series(4, 8);
        ChangeLocation where = ChangeLocation.of(x, places(x.length, 3), STEP, 0, x.length, Better.LOWER);

        assertThat(where.at(58)).isEqualTo(where.at(60)).isEqualTo(where.at(59)).isGreaterThan(0.3);
        assertThat(where.credible().first()).isEqualTo(58);
        assertThat(where.credible().last()).isEqualTo(60);
        assertThat(where.likeliest()).isEqualTo(58);
    }

    @Test
    void a_change_between_two_runs_of_one_revision_is_told() {
        double[] x = series(6, 8);
        int[] places = new int[x.length];
        Arrays.setAll(places, i -> i < STEP ? i : i - 1);
        ChangeLocation where = ChangeLocation.of(x, places, STEP, 0, x.length, Better.LOWER);

        assertThat(where.sameRevision()).isGreaterThan(0.9);
        assertThat(where.likeliest()).isEqualTo(STEP - 1);
    }

    @Test
    void many_series_together_tell_the_place_better_and_shared_noise_less_so() {
        List<ChangeLocation> all = new Random(9)
                .longs(10)
                .mapToObj(seed -> ChangeLocation.of(series(seed, 1.5), places(40, 1), STEP, 0, 40, Better.LOWER))
                .toList();
        double alone =
                all.stream().mapToDouble(where -> where.at(STEP)).average().orElseThrow();

        ChangeLocation.Pool pool = new ChangeLocation.Pool();
        all.forEach(pool::add);

        assertThat(pool.where(1).at(STEP)).isGreaterThan(alone);
        assertThat(pool.where(1).at(STEP)).isGreaterThan(pool.where(0.1).at(STEP));
    }

    @Test
    void two_values_are_enough_to_have_a_place() {
        ChangeLocation where = ChangeLocation.of(new double[] {1, 2}, new int[] {0, 4}, 1, 0, 2, Better.LOWER);

        assertThat(where.first()).isEqualTo(1);
        assertThat(where.last()).isEqualTo(4);
        assertThat(where.at(1)).isEqualTo(0.25, within(1e-9));
        assertThat(where.at(0)).isZero();
        assertThat(where.at(5)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_huge_step_whose_noise_goes_away_is_where_it_is(long seed) {
        Random random = new Random(seed);
        double[] values = new double[58];
        Arrays.setAll(values, i -> i < 18 ? 0.013 * random.nextGaussian() : 7 + 7e-6 * random.nextGaussian());
        double[] backwards = new double[58];
        Arrays.setAll(backwards, i -> values[57 - i]);

        assertThat(ChangeLocation.of(values, places(58, 1), 18, 0, 58, Better.LOWER)
                        .credible())
                .as("seed %d", seed)
                .isEqualTo(new ChangeLocation.Stretch(18, 18));
        assertThat(ChangeLocation.of(backwards, places(58, 1), 40, 0, 58, Better.LOWER)
                        .credible())
                .as("seed %d, backwards", seed)
                .isEqualTo(new ChangeLocation.Stretch(40, 40));
    }

    /** A slow run, one on the old level, then the change: fast code with a slow run, not slow code with a fast one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_slow_run_before_the_change_is_rather_an_outlier_than_a_fast_one_behind_it(boolean isWorse) {
        double[] x = series(7, 12);
        x[STEP - 2] += 12;
        double[] values = isWorse ? x : Arrays.stream(x).map(value -> -value).toArray();
        Better better = isWorse ? Better.LOWER : Better.HIGHER;

        ChangeLocation where = ChangeLocation.of(values, places(x.length, 1), STEP, 0, x.length, better);

        assertThat(where.likeliest()).isEqualTo(STEP);
        assertThat(where.at(STEP)).isGreaterThan(0.9);
    }
}
