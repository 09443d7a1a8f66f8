package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.SequentialT.Decision;
import dev.plumbline.core.stats.SequentialT.Look;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialTTest {
    private static final double[] SLOWER = {0.031, 0.018, 0.044, 0.027, 0.039, 0.022};

    @Test
    void follows_the_formula_of_the_e_value() {
        Look look = SequentialT.withDefaults().look(SLOWER);
        // n = 6; t2 = n * (d.mean() / d.std(ddof=1))**2
        // exp(-0.5 * log1p(n) + n / 2 * (log1p(t2 / 5) - log1p(t2 / (5 * (1 + n)))))
        assertThat(look.eValue()).isCloseTo(38.52225596749015, within(1e-9));
        // c = (7 / 0.05**2)**(1 / 6); d.std(ddof=1) / sqrt(6) * sqrt(5 * (c - 1) / (1 - c / 7))
        assertThat(look.interval().width() / 2).isCloseTo(0.02213354521348171, within(1e-12));
        assertThat(look.mean()).isCloseTo(0.030166666666666665, within(1e-15));
        assertThat(look.pairs()).isEqualTo(6);
    }

    @Test
    void the_interval_excludes_zero_exactly_when_the_evidence_suffices() {
        SplittableRandom random = new SplittableRandom(71);
        for (int trial = 0; trial < 2_000; trial++) {
            double centre = random.nextDouble() * 0.05;
            double[] pairs = random.doubles(2 + random.nextInt(30), -0.03, 0.03)
                    .map(x -> x + centre)
                    .toArray();
            Look look = SequentialT.withDefaults().look(pairs);
            assertThat(!look.interval().contains(0)).isEqualTo(look.eValue() > 20);
        }
    }

    @Test
    void swapping_the_sides_mirrors_the_look() {
        Look forth = SequentialT.withDefaults().look(SLOWER);
        Look back = SequentialT.withDefaults()
                .look(Arrays.stream(SLOWER).map(x -> -x).toArray());
        assertThat(back.mean()).isEqualTo(-forth.mean());
        assertThat(back.eValue()).isEqualTo(forth.eValue());
        assertThat(back.interval().low()).isEqualTo(-forth.interval().high());
        assertThat(back.decision()).isEqualTo(forth.decision());
    }

    @Test
    void says_nothing_before_there_are_pairs_enough() {
        SequentialT test = SequentialT.withDefaults();
        assertThat(test.look(new double[0])).isEqualTo(new Look(0, 0, 1, Interval.unbounded(0.95), Decision.CONTINUE));
        assertThat(test.look(new double[] {0.3}).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(test.look(new double[] {0.3, 0.3, 0.3}).decision()).isEqualTo(Decision.CONTINUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> test.look(new double[] {0, Double.NaN}))
                .withMessageContaining("logRatios[1]");
        assertThatIllegalArgumentException().isThrownBy(() -> test.withPairs(1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> test.withPairs(5, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> test.withLevel(0));
        assertThatIllegalArgumentException().isThrownBy(() -> test.withMargin(Double.NaN));
    }

    @Test
    void counters_are_settled_as_soon_as_the_level_allows() {
        double[] same = new double[6];
        Look unchanged = SequentialT.withDefaults().look(same);
        assertThat(unchanged.decision()).isEqualTo(Decision.UNCHANGED);
        assertThat(unchanged.interval()).isEqualTo(new Interval(0, 0, 0.95));
        assertThat(unchanged.eValue()).isLessThan(1);
        double[] more = new double[6];
        Arrays.fill(more, Math.log(1.1));
        assertThat(SequentialT.withDefaults().look(more).decision()).isEqualTo(Decision.CHANGED);
        double[] slightly = new double[6];
        Arrays.fill(slightly, Math.log(1.001));
        assertThat(SequentialT.withDefaults().look(slightly).decision()).isEqualTo(Decision.UNCHANGED);
    }

    @Test
    void gives_up_at_the_most_pairs() {
        double[] wide = new double[40];
        Arrays.setAll(wide, i -> i % 2 == 0 ? 0.3 : -0.3);
        assertThat(SequentialT.withDefaults().look(wide).decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(SequentialT.withDefaults().look(Arrays.copyOf(wide, 38)).decision())
                .isEqualTo(Decision.CONTINUE);
    }

    @Test
    void looking_after_every_pair_keeps_the_level_and_saves_pairs() {
        SplittableRandom random = new SplittableRandom(72);
        int everRejected = 0;
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] pairs = pairs(random, 0, 0.01);
            for (int n = 2; n <= pairs.length; n++) {
                if (SequentialT.withDefaults().look(Arrays.copyOf(pairs, n)).eValue() >= 20) {
                    everRejected++;
                    break;
                }
            }
        }
        assertThat(everRejected / (double) trials).isBetween(0.01, 0.05);
        for (double slowdown : new double[] {0.03, 0.05}) {
            for (double deviation : new double[] {0.01, 0.02}) {
                int right = 0;
                int used = 0;
                for (int trial = 0; trial < 400; trial++) {
                    Look last = settle(pairs(random, Math.log1p(slowdown), deviation));
                    right += last.decision() == Decision.CHANGED ? 1 : 0;
                    used += last.pairs();
                }
                assertThat(right / 400.0).isGreaterThan(0.95);
                assertThat(used / 400.0).isLessThan(16);
            }
        }
    }

    private static Look settle(double[] pairs) {
        for (int n = 2; ; n++) {
            Look look = SequentialT.withDefaults().look(Arrays.copyOf(pairs, n));
            if (look.decision() != Decision.CONTINUE) {
                return look;
            }
        }
    }

    private static double[] pairs(SplittableRandom random, double centre, double forkDeviation) {
        double[] pairs = new double[40];
        Arrays.setAll(pairs, i -> centre + Math.sqrt(2) * forkDeviation * Normal.upperQuantile(random.nextDouble()));
        return pairs;
    }

    @Test
    void the_width_that_is_promised_is_the_one_that_comes() {
        SequentialT test = SequentialT.withDefaults();
        for (int pairs = 2; pairs <= 40; pairs++) {
            double[] logRatios = new double[pairs];
            Arrays.setAll(logRatios, i -> 0.01 * ((i * 7) % 5));
            Interval interval = test.look(logRatios).interval();
            double half = test.halfWidth(Spread.standardDeviation(logRatios), pairs);
            if (interval.high() == Double.POSITIVE_INFINITY) {
                assertThat(half).as("%d pairs", pairs).isInfinite();
            } else {
                assertThat(half).as("%d pairs", pairs).isCloseTo(interval.width() / 2, within(1e-15));
            }
        }
        assertThat(test.halfWidth(0, 10)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> test.halfWidth(-0.1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> test.halfWidth(Double.NaN, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> test.halfWidth(0.1, 1));
    }

    @Test
    void a_stricter_level_asks_for_more() {
        SequentialT strict = SequentialT.withDefaults().withLevel(0.01);
        assertThat(strict.look(SLOWER).interval().contains(0)).isTrue();
        // (4 / 0.01**2)**(1 / 3) is above 1 + n: nothing is known yet
        assertThat(strict.look(Arrays.copyOf(SLOWER, 3)).interval()).isEqualTo(Interval.unbounded(0.99));
        assertThat(strict.halfWidth(0.01, 20))
                .isGreaterThan(SequentialT.withDefaults().halfWidth(0.01, 20));
        assertThat(SequentialT.withDefaults().withLevel(0.49).look(SLOWER).decision())
                .isEqualTo(Decision.CHANGED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SequentialT.withDefaults().withLevel(0.5));
    }

    @Test
    void a_wider_margin_makes_a_change_one_that_does_not_matter() {
        double[] steady = new double[30];
        Arrays.setAll(steady, i -> 0.03 + (i % 2 == 0 ? 0.004 : -0.004));

        assertThat(SequentialT.withDefaults().look(steady).decision()).isEqualTo(Decision.CHANGED);
        assertThat(SequentialT.withDefaults().withMargin(0.05).look(steady).decision())
                .isEqualTo(Decision.UNCHANGED);
    }

    @Test
    void decides_from_the_fewest_pairs_on_and_up_to_the_most() {
        double[] clear = new double[12];
        Arrays.setAll(clear, i -> 0.5 + 0.0001 * (i % 3));
        SequentialT from = SequentialT.withDefaults().withPairs(10, 12);

        assertThat(from.look(Arrays.copyOf(clear, 9)).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(from.look(Arrays.copyOf(clear, 10)).decision()).isEqualTo(Decision.CHANGED);
        double[] wide = new double[12];
        Arrays.setAll(wide, i -> i % 2 == 0 ? 0.3 : -0.3);
        assertThat(from.look(Arrays.copyOf(wide, 11)).decision()).isEqualTo(Decision.CONTINUE);
        assertThat(from.look(wide).decision()).isEqualTo(Decision.INCONCLUSIVE);
        assertThat(SequentialT.withDefaults()
                        .withPairs(2, 2)
                        .look(new double[] {0.3, -0.3})
                        .decision())
                .isEqualTo(Decision.INCONCLUSIVE);
    }
}
