package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdjustmentTest {
    private static final double[] P_VALUES = {0.01, 0.04, 0.03, 0.005, 0.5, 0.03};

    @Test
    void agrees_with_scipy() {
        // scipy.stats.false_discovery_control(p)
        assertThat(Adjustment.BENJAMINI_HOCHBERG.adjust(P_VALUES))
                .containsExactly(new double[] {0.03, 0.048, 0.045, 0.03, 0.5, 0.045}, within(1e-15));
        // scipy.stats.false_discovery_control(p, method='by')
        assertThat(Adjustment.BENJAMINI_YEKUTIELI.adjust(P_VALUES))
                .containsExactly(
                        new double[] {0.0735, 0.1176, 0.11024999999999999, 0.0735, 1.0, 0.11024999999999999},
                        within(1e-15));
        // p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5, 0.03), "holm") by hand: 0.005*6, 0.01*5, 0.03*4, …
        assertThat(Adjustment.HOLM.adjust(P_VALUES))
                .containsExactly(new double[] {0.05, 0.12, 0.12, 0.03, 0.5, 0.12}, within(1e-15));
    }

    @Test
    void follows_the_definitions_on_random_families() {
        SplittableRandom random = new SplittableRandom(31);
        for (int trial = 0; trial < 2_000; trial++) {
            double[] p = random.doubles(1 + random.nextInt(12))
                    .map(x -> Math.rint(x * 20) / 20)
                    .toArray();
            double[] holm = Adjustment.HOLM.adjust(p);
            double[] hochberg = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
            double[] yekutieli = Adjustment.BENJAMINI_YEKUTIELI.adjust(p);
            double harmonic = 0;
            for (int k = 1; k <= p.length; k++) {
                harmonic += 1.0 / k;
            }
            for (int i = 0; i < p.length; i++) {
                double stepDown = 0;
                double stepUp = 1;
                double stepUpDependent = 1;
                for (double other : p) {
                    int upTo = (int) Arrays.stream(p).filter(x -> x <= other).count();
                    int below = (int) Arrays.stream(p).filter(x -> x < other).count();
                    if (other <= p[i]) {
                        stepDown = Math.max(stepDown, Math.min(1, other * (p.length - below)));
                    }
                    if (other >= p[i]) {
                        stepUp = Math.min(stepUp, other * p.length / upTo);
                        stepUpDependent = Math.min(stepUpDependent, other * p.length * harmonic / upTo);
                    }
                }
                assertThat(holm[i]).isCloseTo(stepDown, within(1e-14));
                assertThat(hochberg[i]).isCloseTo(stepUp, within(1e-14));
                assertThat(yekutieli[i]).isCloseTo(stepUpDependent, within(1e-14));
                assertThat(holm[i]).isGreaterThanOrEqualTo(hochberg[i] - 1e-14);
                assertThat(hochberg[i]).isBetween(p[i], 1.0);
            }
        }
    }

    @Test
    void a_single_test_and_no_test_need_no_correction() {
        for (Adjustment adjustment : Adjustment.values()) {
            assertThat(adjustment.adjust(new double[] {0.03})).containsExactly(0.03);
            assertThat(adjustment.adjust(new double[0])).isEmpty();
            assertThat(adjustment.adjust(new double[] {1, 0, 1})).containsExactly(1, 0, 1);
        }
    }

    @Test
    void refuses_what_is_no_probability_and_says_where() {
        for (Adjustment adjustment : Adjustment.values()) {
            for (double bad : new double[] {Double.NaN, -0.1, 1.1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> adjustment.adjust(new double[] {0.5, bad}))
                        .withMessage("pValues[1] is " + bad + ", not in [0, 1]");
            }
        }
    }

    @Test
    void keeps_the_share_of_false_discoveries() {
        SplittableRandom random = new SplittableRandom(32);
        double share = 0;
        int anyFalse = 0;
        int trials = 1_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] p = new double[50];
            for (int i = 0; i < p.length; i++) {
                p[i] = i < 10 ? random.nextDouble() * 1e-4 : random.nextDouble();
            }
            double[] adjusted = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
            double[] strict = Adjustment.HOLM.adjust(p);
            long found = Arrays.stream(adjusted).filter(x -> x <= 0.05).count();
            long wrong = Arrays.stream(adjusted).skip(10).filter(x -> x <= 0.05).count();
            share += found == 0 ? 0 : (double) wrong / found / trials;
            anyFalse += Arrays.stream(strict).skip(10).anyMatch(x -> x <= 0.05) ? 1 : 0;
        }
        assertThat(share).isBetween(0.03, 0.05);
        assertThat(anyFalse / (double) trials).isBetween(0.03, 0.07);
    }
}
