package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A short form of the evaluation in the bench module: enough to see that a change has broken the error rates. */
class StepScanCalibrationTest {
    private static final int HISTORIES = 300;

    @Test
    void quiet_histories_hardly_ever_have_a_step() {
        assertThat(alarms(0, 0, 0)).isLessThanOrEqualTo(6);
        assertThat(alarms(0.5, 0, 0)).isLessThanOrEqualTo(18);
        assertThat(alarms(0, 0.05, 0)).isLessThanOrEqualTo(9);
        assertThat(alarms(0, 0, 0.25)).isLessThanOrEqualTo(6);
    }

    @Test
    void steps_of_five_percent_under_one_percent_noise_are_found_within_five_values() {
        int found = 0;
        int exact = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            double[] values = noise(seed, 105, 0, 0, 0);
            for (int i = 100; i < 105; i++) {
                values[i] *= 1.05;
            }
            for (Step step : StepScan.analyze(values).steps()) {
                found += Math.abs(step.index() - 100) <= 3 ? 1 : 0;
                exact += step.index() == 100 ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(HISTORIES * 97 / 100);
        assertThat(exact).isGreaterThan(HISTORIES * 95 / 100);
    }

    @Test
    void the_interval_of_the_change_covers_the_truth_about_as_often_as_it_says() {
        int covered = 0;
        int found = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            double[] values = noise(seed + 5000L, 160, 0.3, 0, 0);
            for (int i = 80; i < 160; i++) {
                values[i] *= 1.05;
            }
            for (Step step : StepScan.analyze(values).steps()) {
                if (Math.abs(step.index() - 80) <= 3) {
                    found++;
                    covered += step.low() <= 0.05 && 0.05 <= step.high() ? 1 : 0;
                }
            }
        }
        assertThat(found).isGreaterThan(HISTORIES * 97 / 100);
        assertThat((double) covered / found).isBetween(0.90, 0.99);
    }

    private static int alarms(double phi, double spikes, double upperMode) {
        int alarms = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            int length = 60 + seed * 7 % 241;
            alarms += StepScan.analyze(noise(seed, length, phi, spikes, upperMode))
                            .steps()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        return alarms;
    }

    private static double[] noise(long seed, int length, double phi, double spikes, double upperMode) {
        SplittableRandom random = new SplittableRandom(seed * 7919 + 17).split();
        double[] values = new double[length];
        double previous = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            previous = phi * previous + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            double deviation = 0.01 * previous;
            deviation += random.nextDouble() < spikes ? random.nextDouble(0.2, 1) : 0;
            deviation += random.nextDouble() < upperMode ? 0.04 : 0;
            values[i] = 100 * (1 + deviation);
        }
        return values;
    }
}
