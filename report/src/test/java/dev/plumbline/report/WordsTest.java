package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import org.junit.jupiter.api.Test;

/** How well the levels of a change are known. */
class WordsTest {
    private static double uncertainty(Effect effect) {
        return Words.uncertainty(Examples.finding(
                Examples.key("a", "time"), Unit.of("ns"), Better.LOWER, new Verdict.Regressed(effect)));
    }

    @Test
    void a_sentence_goes_on_in_small_letters_and_names_stay() {
        assertThat(Words.continued("Measure again")).isEqualTo("measure again");
        assertThat(Words.continued("If intended, accept it")).isEqualTo("if intended, accept it");
        assertThat(Words.continued("Sort.quick is missing")).isEqualTo("Sort.quick is missing");
        assertThat(Words.continued("JMH measures it")).isEqualTo("JMH measures it");
        assertThat(Words.continued("plumb explain Sort")).isEqualTo("plumb explain Sort");
        assertThat(Words.continued("")).isEmpty();
    }

    @Test
    void the_levels_are_as_uncertain_as_their_ratio_is_whatever_the_size_of_the_change() {
        // the level after is known within 1 % in each of these
        assertThat(uncertainty(Examples.effect(100, 100, 0.01))).isEqualTo(0.01, within(1e-12));
        assertThat(uncertainty(Examples.effect(1900, 38, 0.0002))).isEqualTo(0.01, within(1e-12));
        assertThat(uncertainty(Examples.effect(38, 1900, 0.5))).isEqualTo(0.01, within(1e-12));
    }

    @Test
    void a_level_of_zero_and_an_interval_without_bounds_leave_it_open() {
        assertThat(uncertainty(new Effect(100, 0, -1, new Interval(-1, -0.98, 0.95))))
                .isEqualTo(0.01, within(1e-12));
        assertThat(uncertainty(new Effect(0, 1, Double.POSITIVE_INFINITY, Interval.unbounded(0.95))))
                .isNaN();
    }
}
