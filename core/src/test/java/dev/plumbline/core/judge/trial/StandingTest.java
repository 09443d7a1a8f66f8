package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.history.Expectations.PLAIN;
import static dev.plumbline.core.history.Expectations.constant;
import static dev.plumbline.core.history.Expectations.departure;
import static dev.plumbline.core.history.Expectations.expectation;
import static dev.plumbline.core.history.Expectations.logarithmic;
import static dev.plumbline.core.history.Expectations.regime;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A level of 100 with a noise of 1 %, which makes a standard error of 0.01 * sqrt(1 + 1.57 / 20) for one run. */
class StandingTest {
    private static final double[] GOOD = {100, 101, 99, 100};

    /** A healthy history, and then runs that were called. */
    private static List<Point> called(double... values) {
        double[] all = new double[GOOD.length + values.length];
        System.arraycopy(GOOD, 0, all, 0, GOOD.length);
        System.arraycopy(values, 0, all, GOOD.length, values.length);
        List<Point> points = new ArrayList<>(Trials.points(all));
        for (int i = GOOD.length; i < all.length; i++) {
            points.set(i, points.get(i).asJudgedBad());
        }
        return points;
    }

    private static Optional<Standing> standing(List<Point> points, double... candidate) {
        return Standing.of(points, Better.LOWER, departure(logarithmic(), candidate), point -> false);
    }

    private static void assertStanding(Optional<Standing> standing, int runs, boolean isStillThere) {
        assertThat(standing).hasValueSatisfying(one -> {
            assertThat(one.runs()).isEqualTo(runs);
            assertThat(one.isStillThere()).isEqualTo(isStillThere);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // a quarter of log(1.1)
        "102.5, true",
        "102.3, false",
        "110, true",
        "150, true",
        "100, false",
        "90, false",
    })
    void a_change_called_once_stands_where_the_next_run_is_nearer_to_half_of_it(double value, boolean isThere) {
        assertStanding(standing(called(110), value), 1, isThere);
    }

    @ParameterizedTest
    @CsvSource({
        // b is one error of the mean below log(1.1); the odds that it is gone are 30 to 1 at b / 2 - log(30) * error^2
        // / b,
        // which is log(1.0406) after two and log(1.0414) after three
        "104.2, true",
        "104.0, false",
        "110, true",
        "100, false",
        "90, false",
    })
    void a_change_called_again_stands_until_it_is_thirty_times_as_likely_gone(double value, boolean isThere) {
        assertStanding(standing(called(110, 110), value), 2, isThere);
        assertStanding(standing(called(110, 110, 110), value), 3, isThere);
    }

    @ParameterizedTest
    @CsvSource({"97.6, true", "97.8, false", "110, false"})
    void a_fall_stands_like_a_rise(double value, boolean isThere) {
        // a quarter of log(0.91) is log(0.9767)
        assertStanding(standing(called(91), value), 1, isThere);
    }

    /** Half of the mean of both remains possible: of two equal runs it would be all but one error of the noise. */
    @ParameterizedTest
    @CsvSource({"106, true", "105, true", "104, false", "100, false"})
    void of_unlike_runs_their_own_spread_says_how_large_the_change_may_be(double value, boolean isThere) {
        assertStanding(standing(called(135, 110), value), 2, isThere);
    }

    /** Neither of two runs shows by itself that a change of three standard errors is gone. */
    @Test
    void several_runs_show_together_that_a_change_is_gone() {
        assertStanding(standing(called(103.3, 103.3, 103.3), 100.5), 3, true);
        assertStanding(standing(called(103.3, 103.3, 103.3, 100.5), 100.5), 4, false);
        assertStanding(standing(called(103.3, 103.3, 103.3, 103.3, 100.5), 103.3), 5, true);
    }

    @Test
    void the_newest_five_called_runs_tell_where_the_bad_level_is() {
        assertStanding(standing(called(500, 500, 500, 500, 500, 500, 110, 110, 110, 110, 110), 106), 11, true);
        assertStanding(standing(called(110, 110, 110, 110, 110, 110, 500, 500, 500, 500, 500), 106), 11, false);
    }

    @Test
    void several_new_runs_count_by_their_mean() {
        assertStanding(standing(called(110), 104, 101), 1, true);
        assertStanding(standing(called(110), 103.5, 101), 1, false);
    }

    @Test
    void what_was_not_called_last_stands_no_more() {
        List<Point> points = new ArrayList<>(called(110, 110));
        assertThat(standing(Trials.points(GOOD), 110)).isEmpty();
        points.add(new Point(Trials.run(9), 100, 1, 0, false));
        assertThat(standing(points, 110)).isEmpty();
        assertThat(standing(List.of(), 110)).isEmpty();
    }

    @Test
    void of_what_never_moved_nothing_has_to_stand() {
        // every run of it is called by itself
        assertThat(Standing.of(called(110), Better.LOWER, departure(constant(100, 12), 110), point -> false))
                .isEmpty();
    }

    @Test
    void on_a_plain_scale_distances_are_differences() {
        Expectation level = expectation(regime(PLAIN, 0, 1, 16));
        List<Point> points = called(8);

        assertStanding(Standing.of(points, Better.LOWER, departure(level, 2.1), point -> false), 1, true);
        assertStanding(Standing.of(points, Better.LOWER, departure(level, 1.9), point -> false), 1, false);
    }

    @Test
    void a_run_that_was_slow_as_a_whole_tells_where_a_change_began_and_not_its_size() {
        List<Point> points = called(121);

        assertStanding(standing(points, 104.5), 1, false);
        assertStanding(Standing.of(points, Better.LOWER, departure(logarithmic(), 104.5), point -> true), 1, true);
        assertStanding(Standing.of(points, Better.LOWER, departure(logarithmic(), 100.2), point -> true), 1, false);
        assertStanding(Standing.of(points, Better.LOWER, departure(logarithmic(), 91), point -> true), 1, false);
    }
}
