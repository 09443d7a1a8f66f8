package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.SequentialPairs.Look;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialPairsTest {
    private static final SequentialPairs DEFAULTS = SequentialPairs.withDefaults();
    private static final double[] SLOWER = {0.031, 0.018, 0.044, 0.027, 0.039, 0.022};

    @Test
    void the_evidence_is_the_mean_of_both_kinds() {
        Look look = DEFAULTS.look(SLOWER);

        // (np.exp(1.4797784389411872) + 38.52225596749015) / 2, as in the tests of both
        assertThat(look.eValue()).isCloseTo(21.457114225263947, within(1e-4));
        // np.median([(a + b) / 2 for a in d for b in d])
        assertThat(look.centre()).isCloseTo(0.0305, within(1e-15));
        assertThat(look.pairs()).isEqualTo(6);
        assertThat(DEFAULTS.isChanged(SLOWER)).isTrue();
        assertThat(DEFAULTS.withLevel(0.04).isChanged(SLOWER)).isFalse();
    }

    @Test
    void the_interval_holds_what_the_evidence_does_not_speak_against() {
        SplittableRandom random = new SplittableRandom(91);
        for (int trial = 0; trial < 300; trial++) {
            double centre = random.nextDouble() * 0.05;
            double[] pairs = random.doubles(2 + random.nextInt(30), -0.03, 0.03)
                    .map(x -> x + centre)
                    .toArray();
            if (trial % 3 == 0) {
                pairs[0] += 1;
            }
            Look look = DEFAULTS.look(pairs);
            assertThat(look.interval().contains(look.centre())).isTrue();
            assertThat(!look.interval().contains(0)).isEqualTo(look.eValue() >= 20);
            if (Double.isFinite(look.interval().high())) {
                // values move one by one to the other side, so that evidence may jump where the interval ends
                double end = look.interval().high();
                double inside = end - 1e-9 * look.interval().width();
                assertThat(against(end, pairs)).isGreaterThan(20 - 1e-3);
                assertThat(against(inside, pairs)).isLessThan(20);
            }
        }
    }

    private static double against(double centre, double[] pairs) {
        return DEFAULTS.look(Arrays.stream(pairs).map(x -> x - centre).toArray())
                .eValue();
    }

    @Test
    void swapping_the_sides_mirrors_the_look() {
        Look forth = DEFAULTS.look(SLOWER);
        Look back = DEFAULTS.look(Arrays.stream(SLOWER).map(x -> -x).toArray());

        assertThat(back.centre()).isEqualTo(-forth.centre());
        assertThat(back.eValue()).isEqualTo(forth.eValue());
        assertThat(back.interval().low()).isEqualTo(-forth.interval().high());
    }

    @Test
    void says_nothing_before_there_are_pairs_enough() {
        assertThat(DEFAULTS.look(new double[0])).isEqualTo(new Look(0, 0, 1, Interval.unbounded(0.95)));
        assertThat(DEFAULTS.look(new double[] {0.3})).isEqualTo(new Look(1, 0.3, 1, Interval.unbounded(0.95)));
        assertThat(DEFAULTS.look(new double[] {0.3, 0.31}).interval()).isEqualTo(Interval.unbounded(0.95));
        assertThat(DEFAULTS.isChanged(new double[] {0.3, 0.3, 0.3})).isFalse();
        assertThat(DEFAULTS.isUnchanged(new double[3])).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.look(new double[] {0, Double.NaN}))
                .withMessageContaining("logRatios[1]");
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLeastPairs(1));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLevel(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withMargin(Double.NaN));
    }

    @Test
    void two_pairs_are_looked_at_even_where_they_bound_nothing() {
        Look odd = DEFAULTS.look(new double[] {0.3, 0.31});
        Look equal = DEFAULTS.look(new double[] {0.3, 0.3});

        assertThat(odd.centre()).isCloseTo(0.305, within(1e-15));
        assertThat(odd.eValue()).isGreaterThan(1);
        assertThat(equal.interval()).isEqualTo(Interval.unbounded(0.95));
    }

    @Test
    void decides_from_the_least_pairs_on() {
        double[] same = new double[6];
        double[] more = new double[6];
        Arrays.fill(more, Math.log(1.1));

        assertThat(SequentialPairs.withDefaults().withLeastPairs(6).isUnchanged(same))
                .isTrue();
        assertThat(DEFAULTS.withLeastPairs(7).isUnchanged(same)).isFalse();
        assertThat(DEFAULTS.withLeastPairs(6).isChanged(more)).isTrue();
        assertThat(DEFAULTS.withLeastPairs(7).isChanged(more)).isFalse();
        assertThat(DEFAULTS.withLeastPairs(2).isChanged(more)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withLevel(0.5));
    }

    @Test
    void a_difference_of_just_the_margin_is_a_change() {
        double[] margin = new double[6];
        Arrays.fill(margin, Math.log1p(0.05));

        assertThat(DEFAULTS.withMargin(0.05).isChanged(margin)).isTrue();
        assertThat(DEFAULTS.withMargin(0.05).isUnchanged(margin)).isFalse();
        assertThat(DEFAULTS.withMargin(0.051).isChanged(margin)).isFalse();
        assertThat(DEFAULTS.look(margin).interval()).isEqualTo(new Interval(margin[0], margin[0], 0.95));
    }

    @Test
    void unchanged_takes_evidence_against_the_margin_on_either_side() {
        double[] nearMargin = Arrays.stream(SLOWER).map(x -> x - 0.012).toArray();
        double[] negated = Arrays.stream(nearMargin).map(x -> -x).toArray();
        double[] middle = Arrays.stream(SLOWER).map(x -> x - 0.03).toArray();

        assertThat(against(-Math.log1p(0.02), nearMargin)).isGreaterThan(10);
        assertThat(DEFAULTS.isUnchanged(nearMargin)).isFalse();
        assertThat(DEFAULTS.isUnchanged(negated)).isFalse();
        // each side may err in one case of ten
        assertThat(against(Math.log1p(0.028), middle)).isBetween(10.0, 20.0);
        assertThat(DEFAULTS.withMargin(0.028).isUnchanged(middle)).isTrue();
        assertThat(DEFAULTS.withMargin(0.02).isUnchanged(middle)).isFalse();
    }

    @Test
    void counters_are_settled_as_soon_as_the_level_allows() {
        double[] same = new double[6];
        double[] more = new double[6];
        double[] slightly = new double[6];
        Arrays.fill(more, Math.log(1.1));
        Arrays.fill(slightly, Math.log(1.001));

        assertThat(DEFAULTS.isUnchanged(same)).isTrue();
        assertThat(DEFAULTS.isChanged(same)).isFalse();
        assertThat(DEFAULTS.look(same).interval()).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(DEFAULTS.isChanged(more)).isTrue();
        assertThat(DEFAULTS.isUnchanged(more)).isFalse();
        assertThat(DEFAULTS.look(more).interval().width()).isZero();
        assertThat(DEFAULTS.isUnchanged(slightly)).isTrue();
    }

    @Test
    void one_wild_pair_neither_hides_a_difference_nor_makes_one() {
        double[] wild = Arrays.copyOf(SLOWER, 20);
        for (int i = 6; i < 20; i++) {
            wild[i] = SLOWER[i % 6];
        }
        wild[9] = -0.7;
        double[] even = wild.clone();
        Arrays.setAll(even, i -> i == 9 ? 0.7 : (i % 2 == 0 ? 1 : -1) * wild[i] / 10);

        assertThat(DEFAULTS.isChanged(wild)).isTrue();
        assertThat(DEFAULTS.look(wild).interval().low()).isPositive();
        assertThat(DEFAULTS.isUnchanged(even)).isTrue();
    }

    @Test
    void the_interval_covers_the_truth_at_all_times_at_once_whatever_the_tails() {
        SplittableRandom random = new SplittableRandom(92);
        int missed = 0;
        for (int trial = 0; trial < 1_000; trial++) {
            double[] pairs = new double[40];
            boolean heavy = trial % 2 == 0;
            Arrays.setAll(pairs, i -> heavy ? Math.tan(Math.PI * (random.nextDouble() - 0.5)) : random.nextGaussian());
            boolean covered = true;
            for (int n = 4; n <= pairs.length && covered; n += 4) {
                covered = DEFAULTS.look(Arrays.copyOf(pairs, n)).interval().contains(0);
            }
            missed += covered ? 0 : 1;
        }

        assertThat(missed).isBetween(1, 50);
    }

    @Test
    void the_width_that_is_promised_comes_about_as_wide() {
        SplittableRandom random = new SplittableRandom(93);
        for (int pairs : new int[] {12, 30, 100}) {
            double sum = 0;
            for (int trial = 0; trial < 40; trial++) {
                double[] logRatios = new double[pairs];
                Arrays.setAll(logRatios, i -> 0.03 * random.nextGaussian());
                sum += DEFAULTS.look(logRatios).interval().width() / 2 / 40;
            }
            assertThat(DEFAULTS.halfWidth(0.03, pairs)).isBetween(0.9 * sum, 1.2 * sum);
        }
    }
}
