package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Expectations.UNSEEN;
import static dev.plumbline.core.detect.Expectations.step;
import static dev.plumbline.core.detect.Expectations.tail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YoungLevelTest {
    /** Every tenth run of this suite lies three deviations out. */
    private static final SeriesTail TAIL = tail(0.1);

    /** After a level of 94 with a scatter of 2. */
    private static YoungLevel level(double after, double stepProbability, double... since) {
        return new YoungLevel(step(20, 94, after, stepProbability), new Surprises(new double[0], 94, 2), since);
    }

    @Test
    void its_step_is_no_rarer_than_the_suite_makes_its_runs() {
        assertThat(level(100, 1e-6, 100).stepProbability(TAIL)).isEqualTo(0.1 + UNSEEN, within(1e-12));
        assertThat(level(88, 1e-6, 88).stepProbability(TAIL)).isEqualTo(0.1 + UNSEEN, within(1e-12));
        assertThat(level(100, 1e-6, 100, 101).stepProbability(TAIL))
                .isEqualTo(TAIL.probabilityOfAll(new double[] {3, 3.5}));
    }

    @Test
    void its_step_is_no_rarer_than_the_noise_makes_it() {
        assertThat(level(100, 0.3, 100).stepProbability(TAIL)).isEqualTo(0.3);
    }

    @Test
    void runs_on_the_other_side_of_the_level_before_do_not_speak_for_the_step() {
        assertThat(level(100, 1e-6, 88).stepProbability(TAIL)).isEqualTo(1);
        assertThat(level(88, 1e-6, 100).stepProbability(TAIL)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 1, 0.1001", "100, 7, 0.1001", "88, -1, 0.1001", "88, 1, 1", "100, -1, 1", "94, 1, 1", "100, 0, 1"
    })
    void new_runs_are_as_rare_on_the_level_before_as_they_lie_far_from_it(
            double score, double sign, double probability) {
        assertThat(level(100, 1e-6, 100).probability(new double[] {score}, sign, TAIL))
                .isEqualTo(probability, within(1e-12));
    }

    @Test
    void several_new_runs_are_rarer_together() {
        assertThat(level(100, 1e-6, 100).probability(new double[] {100, 104}, 1, TAIL))
                .isEqualTo(TAIL.probabilityOfAll(new double[] {3, 5}));
    }
}
