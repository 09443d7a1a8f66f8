package dev.plumbline.core.shape.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.shape.NewMode;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two sides of a series, and what the tails of their noise make of them. */
class SplitTest {
    private static final double FLOOR = 1e-6;

    @Test
    void tails_are_those_of_student_and_normal() {
        // scipy: stats.t.pdf(1.5, d) / stats.t.pdf(0, d) for d in 3, 7; stats.norm.pdf(1.5) / stats.norm.pdf(0)
        assertThat(Tails.HEAVY.density(2.25)).isCloseTo(0.3265306122448979, within(1e-12));
        assertThat(Tails.MIDDLE.density(2.25)).isCloseTo(0.3279632859716961, within(1e-12));
        assertThat(Tails.NORMAL.density(2.25)).isCloseTo(0.32465246735834974, within(1e-12));
        // scipy: stats.t.logpdf([0.15, 1.4, -4.6], d).sum() - 3 * log(2), the same with stats.norm
        double[] x = {0.5, 3, -9};
        assertThat(Tails.HEAVY.logLikelihood(x, 0, 3, 0.2, 2)).isCloseTo(-10.274811193162229, within(1e-9));
        assertThat(Tails.MIDDLE.logLikelihood(x, 0, 3, 0.2, 2)).isCloseTo(-11.511290357821974, within(1e-9));
        assertThat(Tails.NORMAL.logLikelihood(x, 0, 3, 0.2, 2)).isCloseTo(-16.407507141293852, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Tails.class)
    void nothing_near_a_fit_is_likelier(Tails tails) {
        for (long seed = 1; seed <= 30; seed++) {
            double[] x = values(seed, 60, 3);
            for (Split.Common common : Split.Common.values()) {
                Split fit = Split.at(Sums.of(x), 25, tails, common, FLOOR);
                for (int side = 0; side < 2; side++) {
                    for (double by : new double[] {-0.2, 0.2}) {
                        boolean level = common == Split.Common.LEVEL || common == Split.Common.BOTH;
                        boolean deviation = common == Split.Common.DEVIATION || common == Split.Common.BOTH;
                        double before = fit.before() + (side == 0 || level ? by : 0);
                        double after = fit.after() + (side == 1 || level ? by : 0);
                        double factor = 1 + by;
                        double first = fit.deviationBefore() * (side == 0 || deviation ? factor : 1);
                        double second = fit.deviationAfter() * (side == 1 || deviation ? factor : 1);
                        assertThat(likelihood(x, tails, before, after, fit.deviationBefore(), fit.deviationAfter()))
                                .as("seed %d, %s, level of side %d by %s", seed, common, side, by)
                                .isLessThan(fit.logLikelihood() + 0.01);
                        assertThat(likelihood(x, tails, fit.before(), fit.after(), first, second))
                                .as("seed %d, %s, deviation of side %d by %s", seed, common, side, by)
                                .isLessThan(fit.logLikelihood() + 0.01);
                    }
                }
            }
        }
    }

    private static double likelihood(
            double[] x, Tails tails, double before, double after, double deviationBefore, double deviationAfter) {
        return tails.logLikelihood(x, 0, 25, before, deviationBefore)
                + tails.logLikelihood(x, 25, x.length, after, deviationAfter);
    }

    @Test
    void the_mean_over_places_is_that_of_their_likelihoods() {
        double[] at = {0, 0, -3, 1.5, 700, 701, 2, 0, 0};

        Places<Integer> places = Places.of(true, 8, 2, place -> Optional.of(place), place -> at[place])
                .orElseThrow();

        // log((e^-3 + e^1.5 + e^700 + e^701 + e^2) / 5)
        assertThat(places.likelihood()).isCloseTo(701 + StrictMath.log((1 + StrictMath.exp(-1)) / 5), within(1e-9));
        assertThat(places.best()).isEqualTo(5);
    }

    @Test
    void the_best_place_is_found_between_those_that_a_long_series_is_tried_at() {
        Places<Integer> places = Places.of(
                        true, 4000, 12, place -> Optional.of(place), place -> -Math.abs(place - 1234))
                .orElseThrow();

        assertThat(places.best()).isEqualTo(1234);
    }

    @Test
    void a_mode_that_comes_up_is_fitted_where_it_does() {
        SplittableRandom random = new SplittableRandom(5);
        double[] x = new double[120];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian() + (i >= 50 && random.nextDouble() < 0.4 ? 6 : 0);
        }

        NewMode mode = NewMode.at(Sums.of(x), 50, Tails.NORMAL, FLOOR).orElseThrow();

        assertThat(mode.old()).isCloseTo(0, within(0.4));
        assertThat(mode.other()).isCloseTo(6, within(0.6));
        assertThat(mode.weight()).isCloseTo(0.4, within(0.12));
        assertThat(mode.deviation()).isCloseTo(1, within(0.2));
        assertThat(mode.logLikelihood())
                .isGreaterThan(Split.at(Sums.of(x), 50, Tails.NORMAL, Split.Common.NOTHING, FLOOR)
                        .logLikelihood());
        assertThat(NewMode.at(Sums.of(values(5, 120, 1)), 50, Tails.NORMAL, FLOOR))
                .isEmpty();
    }

    /** Normal noise that is so many times as wide from the twenty-fifth value on. */
    private static double[] values(long seed, int length, double wider) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = random.nextGaussian() * (i >= 25 ? wider : 1);
        }
        return x;
    }
}
