package dev.plumbline.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseFallTest {
    private static double[] residuals(long seed, int loud, int quiet, double factor) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] residuals = new double[loud + quiet];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = random.nextGaussian() * (i < loud ? factor : 1);
        }
        return residuals;
    }

    @ParameterizedTest
    @CsvSource({
        // scipy.stats.betabinom.cdf(hits, count, a, b)
        "3, 20, 8, 3, 0.0009742381556474508",
        "0, 80, 15, 6, 6.119875878851843e-14",
        "30, 80, 15, 6, 0.0027087984035266315",
        "80, 80, 15, 6, 1",
        "10, 50, 4.5, 2.5, 0.011551637789055498",
    })
    void so_few_inside_are_as_rare_as_the_beta_binomial_distribution_says(
            int hits, int count, double a, double b, double probability) {
        assertThat(NoiseFall.atMost(hits, count, a, b)).isEqualTo(probability, within(1e-10 * probability));
    }

    @ParameterizedTest
    @CsvSource({"10, 15, 185, 1.5", "10, 20, 195, 1", "10, 40, 199, 1", "3, 40, 170, 5"})
    void it_is_found_where_it_fell(double factor, int quiet, int most, double away) {
        int found = 0;
        double off = 0;
        for (int seed = 0; seed < 200; seed++) {
            Optional<NoiseFall.Found> newest = NoiseFall.find(residuals(seed, 80, quiet, factor), 0);
            found += newest.isPresent() ? 1 : 0;
            off += Math.abs(newest.map(NoiseFall.Found::newest).orElse(quiet) - quiet);
        }

        assertThat(found).isGreaterThanOrEqualTo(most);
        assertThat(off / found).isLessThan(away);
    }

    @Test
    void fewer_quiet_values_are_believed_less() {
        double before = 10;
        for (int quiet : new int[] {12, 20, 40, 80}) {
            double caution =
                    NoiseFall.find(residuals(1, 80, quiet, 10), 0).orElseThrow().caution();
            // the fourth part of a tenfold fall in the geometric mean at twelve values, a twentieth at eighty
            assertThat(caution)
                    .as("%d", quiet)
                    .isEqualTo(Math.pow(10, 4.0 / (4 + quiet)), within(0.25))
                    .isLessThan(before);
            before = caution;
        }
    }

    private static int found(ToDoubleFunction<SplittableRandom> noise, double phi) {
        int found = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(1_000 + seed);
            double[] residuals = new double[30 + seed % 100];
            double before = 0;
            for (int i = 0; i < residuals.length; i++) {
                before = phi * before + Math.sqrt(1 - phi * phi) * noise.applyAsDouble(random);
                residuals[i] = before;
            }
            found += NoiseFall.find(residuals, phi).isPresent() ? 1 : 0;
        }
        return found;
    }

    @Test
    void noise_that_stays_is_seldom_taken_for_smaller_whatever_it_is() {
        ToDoubleFunction<SplittableRandom> normal = SplittableRandom::nextGaussian;
        assertThat(found(normal, 0)).isLessThanOrEqualTo(4);
        assertThat(found(normal, 0.6)).isLessThanOrEqualTo(4);
        assertThat(found(random -> Math.exp(0.6 * random.nextGaussian()), 0)).isLessThanOrEqualTo(4);
        assertThat(found(random -> Math.rint(random.nextGaussian() / 2) * 2, 0)).isLessThanOrEqualTo(4);
        assertThat(found(random -> random.nextGaussian() + (random.nextInt(20) == 0 ? 40 : 0), 0))
                .isLessThanOrEqualTo(4);
        assertThat(found(random -> random.nextGaussian() + (random.nextInt(4) == 0 ? 12 : 0), 0))
                .as("a second mode that stays away for a while")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void noise_that_grew_did_not_fall() {
        for (int seed = 0; seed < 100; seed++) {
            double[] grown = Arrays.stream(residuals(seed, 60, 30, 1.0 / 3)).toArray();
            assertThat(NoiseFall.find(grown, 0)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void what_is_loud_again_is_not_quiet() {
        for (int seed = 0; seed < 100; seed++) {
            double[] residuals = residuals(seed, 80, 30, 10);
            for (int i = 1; i <= 5; i++) {
                residuals[residuals.length - i] = i % 2 == 0 ? 8 : -8;
            }
            assertThat(NoiseFall.find(residuals, 0)).as("seed %d", seed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 19})
    void few_values_and_equal_ones_have_no_fall(int count) {
        assertThat(NoiseFall.find(residuals(1, count, 0, 1), 0)).isEmpty();
        assertThat(NoiseFall.find(new double[count + 40], 0)).isEmpty();
        assertThat(NoiseFall.find(Arrays.copyOf(residuals(1, 40, 0, 1), 60 + count), 0))
                .as("values that stopped moving have no scatter to judge by")
                .isEmpty();
    }

    @Test
    void the_quiet_regime_has_the_level_and_the_scatter_of_its_own_values() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        Regime loud = new Regime(0, 50, 20, 0.9, 0.5, 40, new Regime.Linear(2), 10, 9, 10);

        Regime quiet = NoiseFall.quiet(loud, scores, 40, 2);

        // sd(1:10), the mean, and 0.9 * 10 * 0.75 / 1.25 degrees of freedom; scipy: winsorised at 2.5 nothing is cut
        assertThat(quiet.start()).isEqualTo(40);
        assertThat(quiet.count()).isEqualTo(10);
        assertThat(quiet.centre()).isEqualTo(5.5, within(1e-12));
        assertThat(quiet.expected()).isEqualTo(5.5, within(1e-12));
        assertThat(quiet.level()).isEqualTo(11, within(1e-12));
        double deviation = 3.0276503540974917 / Math.sqrt(0.9775599839316099);
        assertThat(quiet.deviation()).isEqualTo(2 * deviation, within(1e-12));
        assertThat(quiet.relativeNoise()).as("as it looks").isEqualTo(deviation * 2 / 11, within(1e-12));
        assertThat(quiet.degrees()).isEqualTo(5);
        Regime quieter = NoiseFall.quieter(loud, 3, 1.5, 10);
        assertThat(quieter.centre()).isEqualTo(10);
        assertThat(quieter.deviation()).isEqualTo(4.5);
        assertThat(quieter.relativeNoise()).isEqualTo(0.3, within(1e-12));
        assertThat(quieter.degrees()).isEqualTo(5);
        assertThat(quieter.count()).isEqualTo(50);
    }

    private static double deviation(double[] residuals, int from, int to) {
        return Spread.winsorisedDeviation(Arrays.copyOfRange(residuals, from, to));
    }

    /** How rare it is that so few of the older values lie in the range of all but a tenth of the newer ones. */
    private static double rarity(double[] residuals, int from, double phi) {
        double[] newer = Arrays.copyOfRange(residuals, from, residuals.length);
        Arrays.sort(newer);
        int left = newer.length / 10;
        long inside = Arrays.stream(residuals, 0, from)
                .filter(one -> one >= newer[left] && one <= newer[newer.length - 1 - left])
                .count();
        double worth = (1 - phi) / (1 + phi);
        double tail = Math.max(1, 2 * (left + 1) * worth);
        return NoiseFall.atMost((int) inside, from, Math.max(1, newer.length * worth + 1 - tail), tail);
    }

    /** The likeliest place within a third of the values since the one that was found, word by word. */
    private static int likeliest(double[] residuals, int near) {
        int n = residuals.length;
        int reach = 1 + (n - near) / 3;
        double quiet = deviation(residuals, Math.min(near + reach, n - 10), n);
        double loud = deviation(residuals, 0, Math.max(10, near - reach));
        if (loud <= quiet || quiet == 0) {
            return near;
        }
        double middle = Location.median(Arrays.copyOfRange(residuals, near, n));
        int last = Math.min(n - 10, near + reach);
        int place = near;
        double most = Double.NEGATIVE_INFINITY;
        for (int at = last; at >= Math.max(10, near - reach); at--) {
            double sum = 0;
            for (int i = at; i <= last; i++) {
                double asQuiet = -Math.log(quiet) - Math.pow((residuals[i] - middle) / quiet, 2) / 2;
                double asLoud = -Math.log(loud) - Math.pow((residuals[i] - middle) / loud, 2) / 2;
                double gain = Math.log(loud / quiet);
                sum += Math.max(asQuiet - asLoud, -gain - 2);
            }
            if (sum > most) {
                most = sum;
                place = at;
            }
        }
        return place;
    }

    /** The method as the class tells it, word by word. */
    private static Optional<NoiseFall.Found> literally(double[] residuals, double phi) {
        int n = residuals.length;
        if (deviation(residuals, n - 10, n) >= Spread.winsorisedDeviation(residuals)) {
            return Optional.empty();
        }
        int found = -1;
        double least = 1e-4;
        for (int length = 10; length <= n - 10; length = (int) Math.ceil(1.2 * length)) {
            double rarity = rarity(residuals, n - length, phi);
            if (rarity < least) {
                least = rarity;
                found = n - length;
            }
        }
        if (found < 0) {
            return Optional.empty();
        }
        int place = likeliest(residuals, found);
        double ratio = deviation(residuals, 0, place) / deviation(residuals, place, n);
        double[] newest = Arrays.stream(residuals, n - 5, n).map(Math::abs).toArray();
        if (ratio < 2 || Location.median(newest) > 1.8 * deviation(residuals, place, n)) {
            return Optional.empty();
        }
        return Optional.of(new NoiseFall.Found(n - place, Math.pow(ratio, 4.0 / (4 + n - place))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-6, 1e6})
    void it_is_what_the_method_says_word_by_word_whatever_the_unit(double unit) {
        SplittableRandom random = new SplittableRandom(17);
        int fell = 0;
        for (int draw = 0; draw < 600; draw++) {
            double phi = draw % 3 * 0.2;
            int loud = 10 + random.nextInt(60);
            double[] residuals = new double[loud + 10 + random.nextInt(60)];
            double factor = 1 + random.nextInt(8);
            double shift = draw % 2;
            double before = 0;
            for (int i = 0; i < residuals.length; i++) {
                before = phi * before + Math.sqrt(1 - phi * phi) * random.nextGaussian();
                double wild = random.nextInt(25) == 0 ? 12 : 0;
                residuals[i] = unit * (i < loud ? before * factor : before + shift + wild);
            }

            Optional<NoiseFall.Found> found = NoiseFall.find(residuals, phi);

            Optional<NoiseFall.Found> expected = literally(residuals, phi);
            assertThat(found.map(NoiseFall.Found::newest))
                    .as("draw %d", draw)
                    .isEqualTo(expected.map(NoiseFall.Found::newest));
            if (found.isPresent()) {
                assertThat(found.get().caution())
                        .as("draw %d", draw)
                        .isEqualTo(expected.orElseThrow().caution(), within(1e-9));
                fell++;
            }
        }
        assertThat(fell).isBetween(150, 450);
    }

    @Test
    void the_quiet_level_is_a_mean_in_which_a_value_counts_as_two_and_a_half_deviations_away_at_most() {
        double[] scores = {9, 1, 10, 2, 8, 3, 30, 4, 6, 5, 7};
        Regime loud = new Regime(0, 50, 20, 0.9, 0, 40, new Regime.Linear(2), 10, 9, 10);

        Regime quiet = NoiseFall.quiet(loud, scores, 40, 1);

        // a = np.array([9, 1, 10, 2, 8, 3, 30, 4, 6, 5, 7]); m = np.median(a)
        // d = 2.5 * 1.482602218505602 * np.median(abs(a - m))
        // s = np.std(np.clip(a - m, -d, d), ddof=1) / .9775599839316099**.5; m + np.mean(np.clip(a - m, -2.5 * s, 2.5 *
        // s))
        assertThat(quiet.centre()).isEqualTo(6.586826356204921, within(1e-12));
        assertThat(quiet.level()).isEqualTo(2 * 6.586826356204921, within(1e-12));
        assertThat(quiet.deviation()).isEqualTo(4.582035967301652, within(1e-12));
    }

    @Test
    void values_of_which_three_in_four_are_equal_have_no_scatter_to_judge_by() {
        double[] residuals = residuals(3, 17, 40, 10);
        double[] moving = residuals.clone();
        for (int i = 1; i <= 40; i++) {
            residuals[residuals.length - i] = i % 4 == 0 ? 1 : 0;
        }

        assertThat(NoiseFall.find(residuals, 0)).isEmpty();
        assertThat(NoiseFall.find(moving, 0)).isPresent();
    }

    @Test
    void fewer_than_ten_values_are_never_the_quiet_ones() {
        int found = 0;
        for (int seed = 0; seed < 100; seed++) {
            Optional<NoiseFall.Found> fall = NoiseFall.find(residuals(seed, 80, 9, 30), 0);
            fall.ifPresent(one -> assertThat(one.newest()).isGreaterThanOrEqualTo(10));
            found += fall.isPresent() ? 1 : 0;
        }
        assertThat(found).isPositive();
    }
}
