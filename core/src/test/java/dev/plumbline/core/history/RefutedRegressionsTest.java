package dev.plumbline.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefutedRegressionsTest {
    private static final int RUNS = 80;

    /** A series with noise of half a per cent, times something from one run to another, which checks called. */
    private static RefutedRegressions of(
            Better better, int from, int end, double factor, int calledTo, Double... stated) {
        double[] values = Trials.noisy(7, RUNS, 100, 0.005);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            double value = values[i] * (i >= from && i < end ? factor : 1);
            points.add(new Point(Trials.run(i), value, 1, 0, i >= from && i < calledTo));
        }
        Series series = Trials.DURATION.with(better).series(points);
        return RefutedRegressions.of(
                series, SeriesShape.of(series.values(), SeriesShape.NO_DAYS, 0.02), List.of(stated), Set.of());
    }

    @Test
    void a_run_that_was_called_and_followed_by_good_ones_was_one() {
        RefutedRegressions alarms = of(Better.LOWER, 40, 41, 1.05, 41);

        assertThat(alarms.count()).isEqualTo(1);
        assertThat(alarms.largest()).isCloseTo(0.05, within(0.02));
        assertThat(of(Better.HIGHER, 40, 41, 0.95, 41).largest()).isCloseTo(0.05, within(0.02));
    }

    @Test
    void what_came_stayed_or_went_away_after_a_while_was_none() {
        assertThat(of(Better.LOWER, 40, RUNS, 1.05, 45)).isEqualTo(new RefutedRegressions(0, 0));
        assertThat(of(Better.LOWER, 40, 60, 1.05, 60)).isEqualTo(new RefutedRegressions(0, 0));
    }

    @Test
    void what_the_newest_run_shows_may_still_be_a_regression() {
        assertThat(of(Better.LOWER, RUNS - 1, RUNS, 1.05, RUNS)).isEqualTo(new RefutedRegressions(0, 0));
    }

    @Test
    void what_a_person_says_counts() {
        assertThat(of(Better.LOWER, RUNS, RUNS, 1, 0, 0.04, 0.06, -0.08)).isEqualTo(new RefutedRegressions(2, 0.06));
    }

    /** A series on a course, of which checks called some runs. */
    private static RefutedRegressions on(IntToDoubleFunction course, int from, int end) {
        double[] values = Trials.noisy(7, RUNS, 100, 0.005);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            points.add(new Point(Trials.run(i), values[i] * course.applyAsDouble(i), 1, 0, i >= from && i < end));
        }
        Series series = Trials.DURATION.with(Better.LOWER).series(points);
        return RefutedRegressions.of(
                series, SeriesShape.of(series.values(), SeriesShape.NO_DAYS, 0.02), List.of(), Set.of());
    }

    @Test
    void a_part_of_a_slope_is_borne_out() {
        IntToDoubleFunction climbing = i -> i < 20 ? 1 : 1 + 0.2 * (i - 20) / 60;

        assertThat(on(climbing, 50, 52)).isEqualTo(new RefutedRegressions(0, 0));
        assertThat(on(i -> i == 10 ? 1.05 : climbing.applyAsDouble(i), 10, 11).count())
                .as("before the slope")
                .isEqualTo(1);
    }

    @Test
    void a_run_that_was_called_is_held_against_the_level_that_it_lies_on() {
        IntToDoubleFunction stepping = i -> (i < 30 ? 1 : 1.2) * (i == 60 ? 1.05 : 1);

        assertThat(on(stepping, 60, 61).count()).isEqualTo(1);
        assertThat(on(stepping, 60, 61).largest()).isCloseTo(0.05, within(0.02));
    }

    @Test
    void a_run_in_the_middle_of_what_went_away_is_borne_out_and_one_long_after_it_is_not() {
        IntToDoubleFunction risen = i -> i >= 30 && i < 50 ? 1.05 : 1;

        assertThat(on(risen, 38, 41)).isEqualTo(new RefutedRegressions(0, 0));
        assertThat(on(i -> i == 70 ? 1.05 : risen.applyAsDouble(i), 70, 71).count())
                .isEqualTo(1);
        assertThat(on(i -> i == 10 ? 1.05 : risen.applyAsDouble(i), 10, 11).count())
                .isEqualTo(1);
    }

    /** The runs 40 and 41 of a noisy series lie 5 % higher and were called; the shape is as given. */
    private static int calledOn(List<Segment> segments, List<Excursion> excursions) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            boolean isCalled = i == 40 || i == 41;
            points.add(new Point(Trials.run(i), isCalled ? 105 : 97 + 6 * (i % 2), 1, 0, isCalled));
        }
        SeriesShape shape = new SeriesShape(
                RUNS,
                RUNS,
                segments,
                List.of(new Shape.Suspected(1, 1, 1, 0.5)),
                Optional.empty(),
                List.of(),
                excursions,
                List.of());
        return RefutedRegressions.of(Trials.DURATION.series(points), shape, List.of(), Set.of())
                .count();
    }

    @ParameterizedTest
    @CsvSource({"41, 60, 0", "42, 60, 1", "20, 41, 0", "20, 40, 1", "20, 60, 0"})
    void a_slope_bears_out_what_lies_on_it(int first, int end, int alarms) {
        List<Segment> segments = List.of(
                new Segment(0, first, 100, 100, 0.01),
                new Segment(first, end, 100, 101, 0.01),
                new Segment(end, RUNS, 101, 101, 0.01));

        assertThat(calledOn(segments, List.of())).isEqualTo(alarms);
    }

    @ParameterizedTest
    @CsvSource({"46, 60, 0", "47, 60, 1", "20, 36, 0", "20, 35, 1"})
    void what_went_away_bears_out_what_lies_within_five_runs_of_it(int first, int end, int alarms) {
        assertThat(calledOn(
                        List.of(new Segment(0, RUNS, 100, 100, 0.01)),
                        List.of(new Excursion(first, end, 100, 105, 100, 0.05))))
                .isEqualTo(alarms);
    }
}
