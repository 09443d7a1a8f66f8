package dev.plumbline.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalledStretchTest {
    /** Twelve healthy runs with a noise of about 1 %, then runs that checks called, then others. */
    private static List<Point> points(double[] called, double... behind) {
        double[] healthy = {100, 101, 99, 100.5, 99.5, 101, 98.5, 100, 101, 99, 100, 100.5};
        double[] all = DoubleStream.concat(
                        DoubleStream.concat(Arrays.stream(healthy), Arrays.stream(called)), Arrays.stream(behind))
                .toArray();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            boolean isCalled = i >= healthy.length && i < healthy.length + called.length;
            points.add(new Point(Trials.run(i), all[i], 1, 0, isCalled));
        }
        return points;
    }

    private static double[] called(double... values) {
        return values;
    }

    private static List<RecoveredRegression> recovered(List<Point> points) {
        Series series = Trials.DURATION.series(points);
        return RecoveredRegression.of(series, series.values(), List.of());
    }

    @Test
    void a_change_begins_with_its_first_called_run() {
        assertThat(CalledStretch.onset(points(called(120, 121, 119)), Better.LOWER))
                .isEqualTo(12);
        assertThat(CalledStretch.onset(points(called(120)), Better.LOWER)).isEqualTo(12);
        assertThat(CalledStretch.begin(points(called(), 100))).isEqualTo(13);
    }

    @Test
    void what_was_called_by_mistake_before_it_is_no_part_of_it() {
        assertThat(CalledStretch.onset(points(called(103, 120, 121)), Better.LOWER))
                .isEqualTo(13);
        assertThat(CalledStretch.onset(points(called(102, 103, 120)), Better.LOWER))
                .isEqualTo(14);
    }

    @Test
    void a_smaller_loss_on_which_a_larger_one_came_is_where_it_began() {
        assertThat(CalledStretch.onset(points(called(115, 114, 160, 161)), Better.LOWER))
                .isEqualTo(12);
    }

    @Test
    void a_slope_begins_with_its_first_called_run() {
        double[] slope = new double[20];
        for (int i = 0; i < slope.length; i++) {
            slope[i] = 102 + 0.25 * i;
        }
        assertThat(CalledStretch.onset(points(slope), Better.LOWER)).isEqualTo(12);
    }

    @Test
    void called_runs_that_all_are_noise_begin_where_they_begin() {
        assertThat(CalledStretch.onset(points(called(102, 101, 102.5)), Better.LOWER))
                .isEqualTo(12);
    }

    @Test
    void a_called_regression_whose_next_runs_are_good_went_back() {
        assertThat(recovered(points(called(120, 121, 119), 100)))
                .containsExactly(new RecoveredRegression(12, 15, 100, 120));
        assertThat(recovered(points(called(120, 119), 99, 101, 100)))
                .containsExactly(new RecoveredRegression(12, 14, 100, 119.5));
    }

    private static boolean isNewlyBack(double... behind) {
        List<Point> points = points(called(120, 121, 119), behind);
        return RecoveredRegression.newest(
                        recovered(points), Trials.DURATION.series(points).values())
                .isPresent();
    }

    @Test
    void runs_that_are_back_at_the_level_before_end_a_regression_until_the_course_shows_them() {
        assertThat(isNewlyBack(100)).isTrue();
        assertThat(isNewlyBack(101, 99, 100, 98, 102)).isTrue();
        assertThat(isNewlyBack(101, 99, 100, 98, 102, 100)).isFalse();
        // far better than before is another level
        assertThat(isNewlyBack(80)).isFalse();
        assertThat(isNewlyBack()).isFalse();
    }

    @Test
    void a_called_regression_of_a_commit_ends_with_the_first_run_that_is_back() {
        Series back = Trials.DURATION.series(points(called(120), 100, 101));
        String began = back.points().get(12).run().header().revision().commit();

        assertThat(RecoveredRegression.end(back, began, Set.of())).hasValue(13);
        assertThat(RecoveredRegression.end(back, "another", Set.of())).isEmpty();
        assertThat(RecoveredRegression.end(Trials.DURATION.series(points(called(120, 121))), began, Set.of()))
                .as("the newest run shows it")
                .isEmpty();
        assertThat(RecoveredRegression.end(Trials.DURATION.series(points(called(120), 118, 119)), began, Set.of()))
                .as("the next runs are no better")
                .isEmpty();
        // a good run has its commit
        assertThat(RecoveredRegression.end(
                        back, back.points().get(13).run().header().revision().commit(), Set.of()))
                .isEmpty();
    }

    private static List<KnownLevels.Place> places(List<Point> points, Integer... accepted) {
        return CalledPlaces.of(Trials.DURATION.series(points), List.of(), List.of(accepted), List.of(), List.of());
    }

    @Test
    void a_step_to_runs_that_lie_nearer_to_the_level_before_is_one_at_the_onset() {
        // the step to 106, of a run that was called by mistake, and those of the two good ones behind it
        List<Point> points = points(called(106), 101, 100);
        points.add(new Point(Trials.run(15), 120, 1, 0, true));
        points.add(new Point(Trials.run(16), 121, 1, 0, true));

        assertThat(places(points))
                .containsExactly(new KnownLevels.Place(List.of(10, 11, 12, 13, 14, 16), List.of(), List.of(15), true));
        assertThat(places(points, 14))
                .containsExactly(new KnownLevels.Place(List.of(10), List.of(), List.of(15), true));
        assertThat(places(points(called(115, 114, 160, 161))).get(0).begins()).containsExactly(12);
        assertThat(places(points(called(), 118, 119))).isEmpty();
    }

    @Test
    void a_step_behind_the_first_runs_of_a_called_change_is_one_at_the_onset() {
        assertThat(places(points(called(118, 121, 122, 123, 124))))
                .containsExactly(
                        new KnownLevels.Place(List.of(7, 8, 9, 10, 11, 13, 14, 15), List.of(), List.of(12), true));
        // a further loss on top of it is a step of its own
        assertThat(places(points(called(110, 111, 160, 161))).get(0).steps()).doesNotContain(14);
    }

    @Test
    void later_runs_do_not_move_an_onset_back() {
        double[] values = {102.4, 105.5, 105.6, 105.2, 104.4, 104.4, 104.4, 104.4, 104.4, 104.4};
        List<Integer> onsets = IntStream.rangeClosed(3, values.length)
                .mapToObj(runs -> CalledStretch.onset(points(called(Arrays.copyOf(values, runs))), Better.LOWER))
                .toList();

        assertThat(onsets).containsOnly(13);
    }

    @Test
    void one_that_went_back_begins_and_ends_with_its_called_runs() {
        assertThat(places(points(called(120, 121, 119), 100)))
                .containsExactly(new KnownLevels.Place(
                        List.of(10, 11, 12, 13, 14), List.of(13, 14, 15, 16, 17), List.of(12, 15), true));
    }

    @Test
    void what_stands_what_stays_and_what_is_one_run_or_noise_did_not_go_back() {
        assertThat(recovered(points(called(120, 121, 119)))).isEmpty();
        assertThat(recovered(points(called(120, 121, 119), 118, 119))).isEmpty();
        assertThat(recovered(points(called(120), 100, 100))).isEmpty();
        assertThat(recovered(points(called(101.5, 101), 100, 100))).isEmpty();
        assertThat(recovered(points(called(80, 81), 100, 100))).isEmpty();
    }
}
