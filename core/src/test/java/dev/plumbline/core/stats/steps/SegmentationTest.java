package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentationTest {
    @Test
    void proposes_every_clear_step_at_its_place() {
        double[] x = new double[200];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 200; i++) {
            x[i] = random.nextGaussian() + (i < 60 ? 0 : i < 80 ? 10 : i < 150 ? -5 : 4);
        }
        assertThat(Segmentation.propose(x, 200, 1e-4)).containsExactly(60, 80, 150);
    }

    @Test
    void proposes_nothing_for_a_constant_and_for_fewer_than_six_values() {
        assertThat(Segmentation.propose(new double[100], 100, 1e-4)).isEmpty();
        assertThat(Segmentation.propose(new double[] {0, 0, 0, 9, 9}, 5, 1e-4)).isEmpty();
    }

    @Test
    void a_lone_spike_is_no_proposal() {
        double[] x = new double[100];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 100; i++) {
            x[i] = random.nextGaussian();
        }
        x[50] = 60;
        assertThat(Segmentation.propose(x, 100, 1e-4)).isEmpty();
    }

    @Test
    void values_beyond_the_length_do_not_matter() {
        double[] x = new double[300];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            x[i] = random.nextGaussian() + (i < 70 ? 0 : 6) + (i < 150 ? 0 : 1000);
        }
        assertThat(Segmentation.propose(x, 150, 1e-4)).containsExactly(70);
    }

    @Test
    void autocorrelated_noise_brings_few_proposals() {
        SplittableRandom random = new SplittableRandom(12);
        int proposals = 0;
        for (int trial = 0; trial < 100; trial++) {
            double[] x = new double[200];
            double previous = 0;
            for (int i = 0; i < 200; i++) {
                previous = 0.5 * previous + random.nextGaussian();
                x[i] = previous;
            }
            proposals += Segmentation.propose(x, 200, 1e-4).length;
        }
        assertThat(proposals).isLessThan(400);
    }
}
