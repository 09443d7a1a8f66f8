package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class SymmetricBetTest {
    private static final double[] SLOWER = {0.031, 0.018, 0.044, 0.027, 0.039, 0.022};
    private static final double[] WILD = {0.031, -0.2, 0.044, 0.027, 0.9, 0.022, 0.05, 0.01};

    @Test
    void follows_the_definition() {
        // x = d - c; s = [1.482602218505602 * np.median(abs(x[:i + 1])) for i in range(len(x))]; z = x / s
        // psi = lambda a: np.log((1 + (z + a)**2 / 3) / (1 + (z - a)**2 / 3))
        // e = [(2 / (1 + np.exp(-2 * sign * psi(a)))).prod() for a in (0.125, 0.25, 0.5, 1, 2) for sign in (1, -1)]
        // np.log(np.mean(e)), with 1.4826 for the constant
        assertThat(SymmetricBet.logEvidence(SLOWER, 0)).isCloseTo(1.4797784389411872, within(1e-5));
        assertThat(SymmetricBet.logEvidence(SLOWER, 0.03)).isCloseTo(-0.5185859127441692, within(1e-5));
        assertThat(SymmetricBet.logEvidence(WILD, 0)).isCloseTo(0.2534435535981411, within(1e-5));
    }

    @Test
    void nothing_and_what_lies_at_the_centre_is_no_evidence() {
        assertThat(SymmetricBet.logEvidence(new double[0], 0)).isZero();
        assertThat(SymmetricBet.logEvidence(new double[] {0.2, 0.2, 0.2}, 0.2)).isZero();
    }

    @Test
    void swapping_the_sides_and_another_unit_change_nothing() {
        double[] negated = Arrays.stream(WILD).map(x -> -x).toArray();
        double[] scaled = Arrays.stream(WILD).map(x -> 1024 * x).toArray();

        assertThat(SymmetricBet.logEvidence(negated, -0.01))
                .isCloseTo(SymmetricBet.logEvidence(WILD, 0.01), within(1e-12));
        assertThat(SymmetricBet.logEvidence(scaled, 0)).isCloseTo(SymmetricBet.logEvidence(WILD, 0), within(1e-12));
    }

    @Test
    void where_most_differences_are_none_the_others_still_tell() {
        double[] counters = new double[60];
        for (int i = 0; i < counters.length; i += 3) {
            counters[i] = 0.1;
        }

        assertThat(SymmetricBet.logEvidence(counters, 0)).isGreaterThan(Math.log(20));
    }

    @Test
    void looking_after_every_difference_errs_no_more_often_than_it_says_whatever_the_symmetric_noise() {
        SplittableRandom random = new SplittableRandom(81);
        DoubleSupplier cauchy = () -> Math.tan(Math.PI * (random.nextDouble() - 0.5));
        DoubleSupplier disturbed = () -> pair(random);
        DoubleSupplier twoPoints = () -> random.nextBoolean() ? 1 : -1;
        for (DoubleSupplier noise : new DoubleSupplier[] {cauchy, disturbed, twoPoints, random::nextGaussian}) {
            int alarms = 0;
            for (int trial = 0; trial < 1_000; trial++) {
                double[] differences = new double[50];
                Arrays.setAll(differences, i -> noise.getAsDouble());
                alarms += everPasses(differences, Math.log(20)) ? 1 : 0;
            }
            assertThat(alarms).isBetween(1, 50);
        }
    }

    @Test
    void finds_a_shift_under_executions_that_are_disturbed_now_and_then() {
        SplittableRandom random = new SplittableRandom(82);
        int found = 0;
        int foundByStudent = 0;
        for (int trial = 0; trial < 300; trial++) {
            double[] differences = new double[40];
            Arrays.setAll(differences, i -> 0.046 + pair(random));
            found += SymmetricBet.logEvidence(differences, 0) >= Math.log(180) ? 1 : 0;
            foundByStudent += SequentialT.withDefaults().logEvidence(differences, 0) >= Math.log(180) ? 1 : 0;
        }

        assertThat(found).isGreaterThanOrEqualTo(270);
        assertThat(foundByStudent).isLessThanOrEqualTo(220);
    }

    private static double pair(SplittableRandom random) {
        double base = execution(random);
        return execution(random) - base;
    }

    /** The logarithm of a time with 2 % noise, one in twenty 10 to 40 % longer. */
    private static double execution(SplittableRandom random) {
        double disturbance = random.nextDouble() < 0.05 ? Math.log(1.1 + 0.3 * random.nextDouble()) : 0;
        return 0.021 * random.nextGaussian() + disturbance;
    }

    private static boolean everPasses(double[] differences, double limit) {
        for (int n = 1; n <= differences.length; n++) {
            if (SymmetricBet.logEvidence(Arrays.copyOf(differences, n), 0) >= limit) {
                return true;
            }
        }
        return false;
    }
}
