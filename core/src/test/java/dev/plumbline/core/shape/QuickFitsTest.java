package dev.plumbline.core.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.shape.mixture.Decay;
import dev.plumbline.core.shape.mixture.Groups;
import dev.plumbline.core.shape.mixture.Mixture;
import dev.plumbline.core.shape.mixture.Places;
import dev.plumbline.core.shape.mixture.Split;
import dev.plumbline.core.shape.mixture.Sums;
import dev.plumbline.core.shape.mixture.Tails;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fitted with running sums and few exponentials is what the plain formulas give, value by value. */
class QuickFitsTest {
    private static final double FLOOR = 1e-4;
    private static final int SEEDS = 300;

    @Test
    void the_exponential_is_within_three_units_of_the_last_place() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            double x = i % 2 == 0 ? random.nextDouble(40) : random.nextDouble(700);
            double expected = StrictMath.exp(-x);
            assertThat(Math.abs(Decay.of(x) - expected)).as("%s", x).isLessThanOrEqualTo(3 * Math.ulp(expected));
        }
        assertThat(Decay.of(0)).isEqualTo(1);
        assertThat(Decay.of(700)).isCloseTo(StrictMath.exp(-700), within(1e-317));
        assertThat(Decay.of(Math.nextUp(700))).isZero();
        assertThat(Decay.of(Double.POSITIVE_INFINITY)).isZero();
    }

    @Test
    void sums_of_a_stretch_keep_their_digits_beside_values_far_away() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] x = series(seed);
            x[random.nextInt(x.length)] = 1e7;
            Sums sums = Sums.of(x);
            int from = random.nextInt(x.length);
            int to = random.nextInt(from, x.length) + 1;
            double mean = Arrays.stream(x, from, to).average().orElseThrow();
            double around = Arrays.stream(x, from, to)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();

            assertThat(sums.mean(from, to)).as("seed %d", seed).isCloseTo(mean, within(1e-6));
            assertThat(sums.around(from, to, mean))
                    .as("seed %d", seed)
                    .isCloseTo(around, within(1e-6 * around + 1e-12));
            assertThat(sums.lowest(to)).isEqualTo(Arrays.stream(x, 0, to).min().orElseThrow());
            assertThat(sums.highest(to)).isEqualTo(Arrays.stream(x, 0, to).max().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Tails.class)
    void splits_are_those_of_the_plain_formulas(Tails tails) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] x = series(seed);
            int cut = new SplittableRandom(seed).nextInt(3, x.length - 3);
            for (Split.Common common : Split.Common.values()) {
                Split quick = Split.at(Sums.of(x), cut, tails, common, FLOOR);
                Split plain = Split.at(Sums.walked(x), cut, tails, common, FLOOR);
                String what = "seed " + seed + ", " + common;
                assertThat(quick.logLikelihood()).as(what).isCloseTo(plain.logLikelihood(), within(1e-6));
                assertThat(quick.before()).as(what).isCloseTo(plain.before(), within(1e-8));
                assertThat(quick.after()).as(what).isCloseTo(plain.after(), within(1e-8));
                assertThat(quick.deviationBefore()).as(what).isCloseTo(plain.deviationBefore(), within(1e-8));
                assertThat(quick.deviationAfter()).as(what).isCloseTo(plain.deviationAfter(), within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Tails.class)
    void new_modes_are_those_of_the_plain_formulas(Tails tails) {
        int found = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] x = series(seed);
            int cut = new SplittableRandom(seed).nextInt(3, x.length - 3);
            found += same(
                    "seed " + seed,
                    NewMode.at(Sums.of(x), cut, tails, FLOOR),
                    NewMode.at(Sums.walked(x), cut, tails, FLOOR));
            found += same(
                    "standing, seed " + seed,
                    NewMode.standing(Sums.of(x), tails, FLOOR),
                    NewMode.standing(Sums.walked(x), tails, FLOOR));
        }
        // else nothing was compared
        assertThat(found).isGreaterThan(SEEDS / 2);
    }

    private static int same(String what, Optional<NewMode> quick, Optional<NewMode> plain) {
        assertThat(quick.isPresent()).as(what).isEqualTo(plain.isPresent());
        if (quick.isEmpty()) {
            return 0;
        }
        NewMode one = quick.get();
        NewMode other = plain.orElseThrow();
        assertThat(one.cut()).as(what).isEqualTo(other.cut());
        assertThat(one.old()).as(what).isCloseTo(other.old(), within(1e-8));
        assertThat(one.other()).as(what).isCloseTo(other.other(), within(1e-8));
        assertThat(one.weight()).as(what).isCloseTo(other.weight(), within(1e-8));
        assertThat(one.deviation()).as(what).isCloseTo(other.deviation(), within(1e-8));
        assertThat(one.logLikelihood()).as(what).isCloseTo(other.logLikelihood(), within(1e-6));
        return 1;
    }

    @Test
    void the_likelihood_of_a_mixture_is_that_of_its_values_one_by_one() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] sorted = series(seed);
            Arrays.sort(sorted);
            for (int count = 2; count <= 3; count++) {
                Mixture mixture = Mixture.of(Groups.equal(sorted), count, FLOOR);
                String what = "seed " + seed + ", " + count;
                // where the rounds run out, the last one makes a mixture likelier than it is said to be
                double likelihood = logLikelihood(mixture, sorted);
                assertThat(likelihood - mixture.logLikelihood()).as(what).isBetween(-1e-6, 1.0);
                assertThat(Arrays.stream(mixture.weights()).sum()).as(what).isCloseTo(1, within(1e-9));
            }
        }
    }

    private static double logLikelihood(Mixture mixture, double[] values) {
        double sum = 0;
        for (double value : values) {
            double density = 0;
            for (int k = 0; k < mixture.means().length; k++) {
                double z = (value - mixture.means()[k]) / mixture.deviation();
                density += mixture.weights()[k] * StrictMath.exp(-z * z / 2);
            }
            sum += StrictMath.log(Math.max(density, Double.MIN_NORMAL) / mixture.deviation());
        }
        return sum;
    }

    @Test
    void groups_keep_how_many_there_are_and_what_they_come_to() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] x = series(seed);
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            Groups joined = Groups.joined(sorted);
            String what = "seed " + seed;
            assertThat(Arrays.stream(joined.counts()).sum()).as(what).isEqualTo(x.length);
            assertThat(total(joined)).as(what).isCloseTo(Arrays.stream(x).sum(), within(1e-9));
            assertThat(joined.centres()).as(what).isSorted();
            assertThat(joined.centres().length)
                    .as(what)
                    .isLessThanOrEqualTo(Groups.equal(sorted).centres().length);

            Groups all = Sums.joined(x).groups(0, x.length);
            assertThat(all.counts()).as(what).isEqualTo(joined.counts());
            assertThat(all.centres()).as(what).containsExactly(joined.centres(), within(1e-12));
            int from = x.length / 3;
            Groups later = Sums.joined(x).groups(from, x.length);
            assertThat(total(later))
                    .as(what)
                    .isCloseTo(Arrays.stream(x, from, x.length).sum(), within(1e-9));
        }
    }

    private static double total(Groups groups) {
        double total = 0;
        for (int i = 0; i < groups.centres().length; i++) {
            total += groups.counts()[i] * groups.centres()[i];
        }
        return total;
    }

    @ParameterizedTest
    @EnumSource(Tails.class)
    void what_speaks_for_a_new_mode_is_nearly_the_same_by_groups(Tails tails) {
        int found = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            double[] x = normal(seed);
            int cut = x.length / 3;
            double split = gain(
                    Split.at(Sums.joined(x), cut, tails, Split.Common.LEVEL, FLOOR)
                            .logLikelihood(),
                    Sums.joined(x),
                    tails);
            double exact = gain(
                    Split.at(Sums.of(x), cut, tails, Split.Common.LEVEL, FLOOR).logLikelihood(), Sums.of(x), tails);
            assertThat(split).as("seed %d", seed).isCloseTo(exact, within(0.2));
            Optional<NewMode> joined = NewMode.at(Sums.joined(x), cut, tails, FLOOR);
            Optional<NewMode> plain = NewMode.at(Sums.of(x), cut, tails, FLOOR);
            if (joined.isPresent() && plain.isPresent()) {
                found++;
                assertThat(gain(joined.get().logLikelihood(), Sums.joined(x), tails))
                        .as("seed %d", seed)
                        .isCloseTo(gain(plain.get().logLikelihood(), Sums.of(x), tails), within(0.5));
            }
        }
        // else nothing was compared
        assertThat(found).isGreaterThan(SEEDS / 3);
    }

    /** By how much a likelihood is above that of one level and one noise. */
    private static double gain(double logLikelihood, Sums sums, Tails tails) {
        return logLikelihood
                - Split.at(sums, sums.size() / 2, tails, Split.Common.BOTH, FLOOR)
                        .logLikelihood();
    }

    /** 500 values with normal noise, of which two fifths are on another level from a third on. */
    private static double[] normal(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 104_729);
        double[] x = new double[500];
        double size = random.nextDouble(2, 6);
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.02 * (random.nextGaussian() + (i > x.length / 3 && random.nextDouble() < 0.4 ? size : 0));
        }
        return x;
    }

    @Test
    void the_evidence_is_the_same_whether_or_not_the_best_place_is_looked_for() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Sums sums = Sums.of(series(seed));
            Optional<Places<Split>> coarse = places(sums, false);
            Optional<Places<Split>> refined = places(sums, true);

            assertThat(coarse.orElseThrow().likelihood())
                    .as("seed %d", seed)
                    .isEqualTo(refined.orElseThrow().likelihood());
            assertThat(coarse.orElseThrow().best().logLikelihood())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(refined.orElseThrow().best().logLikelihood());
        }
    }

    private static Optional<Places<Split>> places(Sums sums, boolean refined) {
        return Places.of(
                refined,
                sums.size(),
                3,
                place -> Optional.of(Split.at(sums, place, Tails.NORMAL, Split.Common.NOTHING, FLOOR)),
                Split::logLikelihood);
    }

    /**
     * From 30 to 330 values with normal or heavy noise, and by the seed: nothing else, a step, a new mode, two modes
     * all
     * along, spikes so far off that densities vanish, another noise, or ticks.
     */
    private static double[] series(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7919);
        double[] x = new double[30 + random.nextInt(300)];
        int at = x.length / 4 + random.nextInt(x.length / 2);
        double size = random.nextDouble(1, seed % 5 == 0 ? 60 : 8);
        double base = random.nextDouble(-10, 10);
        boolean heavy = seed % 3 == 0;
        for (int i = 0; i < x.length; i++) {
            double noise = random.nextGaussian() / (heavy ? Math.sqrt(random.nextDouble(0.05, 2)) : 1);
            x[i] = 0.02
                            * switch ((int) (seed % 7)) {
                                case 0 -> noise;
                                case 1 -> noise + (i >= at ? size : 0);
                                case 2, 3 -> noise + (i >= at && random.nextDouble() < 0.4 ? size : 0);
                                case 4 -> noise + (random.nextDouble() < 0.3 ? size : 0);
                                case 5 -> noise + (random.nextInt(40) == 0 ? 100 : 0);
                                default -> i >= at ? size * noise : Math.rint(2 * noise) / 2;
                            }
                    + base;
        }
        return x;
    }
}
