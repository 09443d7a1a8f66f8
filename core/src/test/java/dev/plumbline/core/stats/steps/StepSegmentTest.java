package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StepSegmentTest {
    private static final double[] RISING = new double[500];

    static {
        Arrays.setAll(RISING, i -> i);
    }

    private final Robust robust = new Robust(500);

    @Test
    void only_the_two_hundred_values_next_to_a_position_speak_for_a_long_segment() {
        StepSegment segment = new StepSegment(20, 470);

        assertThat(segment.length()).isEqualTo(450);
        for (int asked = 0; asked < 2; asked++) {
            holds(segment.head(RISING, robust), 20, 220);
            holds(segment.tail(RISING, robust), 270, 470);
        }
        holds(new StepSegment(20, 221).head(RISING, robust), 20, 220);
        holds(new StepSegment(20, 221).tail(RISING, robust), 21, 221);
    }

    @Test
    void a_short_segment_is_its_own_head_and_tail() {
        StepSegment headFirst = new StepSegment(20, 220);
        Flank head = headFirst.head(RISING, robust);
        holds(head, 20, 220);
        assertThat(headFirst.tail(RISING, robust)).isSameAs(head);
        assertThat(headFirst.head(RISING, robust)).isSameAs(head);

        StepSegment tailFirst = new StepSegment(31, 40);
        Flank tail = tailFirst.tail(RISING, robust);
        holds(tail, 31, 40);
        assertThat(tailFirst.head(RISING, robust)).isSameAs(tail);
        assertThat(tailFirst.tail(RISING, robust)).isSameAs(tail);
    }

    private static void holds(Flank flank, int from, int to) {
        assertThat(flank.from).isEqualTo(from);
        assertThat(flank.to).isEqualTo(to);
        assertThat(flank.length()).isEqualTo(to - from);
        assertThat(flank.centre).isEqualTo((from + to - 1) / 2.0);
    }

    @Test
    void the_scale_of_a_flank_is_that_of_its_values_and_worked_out_once() {
        Flank flank = new Flank(RISING, 100, 111, robust);
        // r = np.arange(11) - 5.0; nothing is clipped; np.sqrt((r * r).sum() / 10 / 0.9776)
        double expected = Math.sqrt(11 / 0.9776);

        assertThat(flank.scale(RISING, robust, 1e-4)).isCloseTo(expected, within(1e-12));
        assertThat(flank.scale(new double[500], robust, 1e-4)).isCloseTo(expected, within(1e-12));
        assertThat(flank.scaleAround(105, RISING, robust, 1e-4)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void coarse_values_scatter_less_around_their_level_than_around_their_median() {
        double[] coarse = {0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 2, 1, 0, 1, 1, 2, 1, 0, 1};
        Flank flank = new Flank(coarse, 0, 20, robust);
        double around = flank.scaleAround(1, coarse, robust, 1e-4);

        assertThat(flank.centre).isEqualTo(1);
        // the variance around the median less that of the way to the level
        assertThat(flank.scaleAround(0.8, coarse, robust, 1e-4))
                .isCloseTo(Math.sqrt(around * around - 0.04), within(1e-12));
    }
}
