package dev.plumbline.core.judge.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OffRunsTest {
    private static final int RUNS = 20;

    /** The run behind the good ones, and the one behind that. */
    private static final String SLOW = Trials.run(RUNS).id();

    private static final String SECOND = Trials.run(RUNS + 1).id();

    private static OffRuns.Course course(int series, double level, Better better, double... behind) {
        List<Point> points = new ArrayList<>(Trials.points(Trials.noisy(series, RUNS, level, 0.01)));
        for (double value : behind) {
            points.add(new Point(Trials.run(points.size()), value, 1, 0, false));
        }
        SeriesKey key = Trials.DURATION.called("b" + series).series(points).key();
        return new OffRuns.Course(key, points, points.size() - 1, better, 0.02);
    }

    /** The same where a check called a number of runs behind the good ones. */
    private static OffRuns.Course called(OffRuns.Course course, int runs) {
        List<Point> points = new ArrayList<>(course.points());
        for (int i = RUNS; i < RUNS + runs; i++) {
            points.set(i, points.get(i).asJudgedBad());
        }
        return new OffRuns.Course(course.key(), points, course.judged(), course.better(), course.margin());
    }

    /** Six series at 100, of which the first one has other values behind its good runs; the last run is judged. */
    private static List<OffRuns.Course> six(double[] first, double... others) {
        return IntStream.range(0, 6)
                .mapToObj(i -> course(i, 100, Better.LOWER, i == 0 ? first : others))
                .toList();
    }

    private static List<Set<String>> in(List<OffRuns.Course> courses) {
        OffRuns off = OffRuns.of(courses);
        return courses.stream().map(off::in).distinct().toList();
    }

    @Test
    void a_run_that_was_slow_as_a_whole_is_off_once_the_next_is_back_whether_checks_called_it_or_not() {
        List<OffRuns.Course> courses = six(new double[] {110, 100}, 110, 100);

        assertThat(in(courses)).containsExactly(Set.of(SLOW));
        assertThat(in(courses.stream().map(course -> called(course, 1)).toList()))
                .containsExactly(Set.of(SLOW));
        assertThat(in(six(new double[] {110, 111, 100}, 110, 111, 100))).containsExactly(Set.of(SLOW, SECOND));
    }

    @Test
    void a_series_that_the_next_commit_makes_slower_shows_nothing_in_the_slow_run() {
        assertThat(in(six(new double[] {110, 108}, 110, 100))).containsExactly(Set.of(SLOW));
        assertThat(in(six(new double[] {110, 108, 108.5}, 110, 100, 100.5))).containsExactly(Set.of(SLOW));
    }

    @Test
    void a_series_that_got_slower_with_the_slow_run_keeps_its_own_change() {
        List<OffRuns.Course> courses = six(new double[] {119, 108}, 110, 100);
        OffRuns off = OffRuns.of(courses);

        assertThat(off.in(courses.get(0))).isEmpty();
        assertThat(off.in(courses.get(1))).containsExactly(SLOW);
    }

    @Test
    void a_change_of_everything_stays() {
        assertThat(in(six(new double[] {110, 110}, 110, 110))).containsExactly(Set.of());
        assertThat(in(six(new double[] {110, 110, 110, 100}, 110, 110, 110, 100)))
                .as("three runs")
                .containsExactly(Set.of());
        assertThat(in(six(new double[] {91, 100}, 91, 100))).as("faster").containsExactly(Set.of());
    }

    @Test
    void what_one_series_or_few_have_open_stays() {
        assertThat(in(six(new double[] {110, 100}, 100, 100))).containsExactly(Set.of());
        assertThat(in(six(new double[] {110, 100}, 110, 100).subList(0, 2))).containsExactly(Set.of());
        assertThat(OffRuns.of(List.of()).areNone()).isTrue();
    }

    @Test
    void of_three_series_all_have_to_be_worse_and_all_but_one_back() {
        assertThat(in(six(new double[] {110, 108}, 110, 100).subList(0, 3))).containsExactly(Set.of(SLOW));
        assertThat(in(six(new double[] {101, 100}, 110, 100).subList(0, 3))).containsExactly(Set.of());
        List<OffRuns.Course> two =
                new ArrayList<>(six(new double[] {110, 110}, 110, 110).subList(0, 2));
        two.add(course(7, 100, Better.LOWER, 110, 100));
        assertThat(in(two)).as("two stay").containsExactly(Set.of());
    }

    @Test
    void series_of_which_more_is_better_count_too_and_other_metrics_are_a_suite_of_their_own() {
        List<OffRuns.Course> courses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean isRate = i % 2 == 0;
            courses.add(course(i, 100, isRate ? Better.HIGHER : Better.LOWER, isRate ? 90 : 110, 100));
        }
        for (int i = 6; i < 16; i++) {
            OffRuns.Course constant = course(i, 100, Better.LOWER, 100, 100);
            courses.add(new OffRuns.Course(
                    new SeriesKey(
                            constant.key().benchmark(),
                            "alloc",
                            constant.key().environment(),
                            constant.key().branch()),
                    constant.points(),
                    constant.judged(),
                    constant.better(),
                    constant.margin()));
        }
        OffRuns off = OffRuns.of(courses);

        assertThat(courses.subList(0, 6))
                .allSatisfy(course -> assertThat(off.in(course)).containsExactly(SLOW));
        assertThat(courses.subList(6, 16))
                .allSatisfy(course -> assertThat(off.in(course)).isEmpty());
    }

    @Test
    void values_of_zero_and_young_series_are_no_trouble() {
        double[] zeros = DoubleStream.generate(() -> 0).limit(RUNS + 2).toArray();
        List<OffRuns.Course> courses = IntStream.range(0, 6)
                .mapToObj(i -> new OffRuns.Course(
                        course(i, 100, Better.LOWER).key(), Trials.points(zeros), RUNS + 1, Better.LOWER, 0.02))
                .toList();

        assertThat(in(courses)).containsExactly(Set.of());
        assertThat(in(courses.stream()
                        .map(one -> new OffRuns.Course(
                                one.key(), one.points().subList(0, 1), 0, one.better(), one.margin()))
                        .toList()))
                .containsExactly(Set.of());
    }
}
