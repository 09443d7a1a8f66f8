package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
