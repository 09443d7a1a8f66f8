package dev.plumbline.core.judge.level;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OffBaseRunsTest {
    private static final int RUNS = 20;

    /** A series with a base of twenty runs at 100, some called ones and perhaps more, and one run of a branch. */
    private static Trial trial(int series, double called, int runs, List<Double> behind, double branch) {
        List<Point> points = new ArrayList<>(Trials.points(Trials.noisy(series, RUNS, 100, 0.01)));
        for (int i = 0; i < runs; i++) {
            Point point = new Point(Trials.run(RUNS + i), called, 1, 0, false);
            points.add(called > 105 ? point.asJudgedBad() : point);
        }
        for (double value : behind) {
            points.add(new Point(Trials.run(points.size()), value, 1, 0, false));
        }
        Trials one = Trials.DURATION.called("b" + series);
        return new Trial(
                one.series(points), List.of(new Point(Trials.run(points.size()), branch, 1, 0, false)), List.of());
    }

    private static List<Integer> lengths(List<Trial> trials) {
        return OffBaseRuns.leftOut(trials).stream()
                .map(trial -> trial.history().points().size())
                .distinct()
                .toList();
    }

    /** Six series, of which the branch makes the first one slower. */
    private static List<Trial> six(double called, int runs, List<Double> behind, double others) {
        return IntStream.range(0, 6)
                .mapToObj(i -> trial(i, called, runs, behind, i == 0 ? 112 : others))
                .toList();
    }

    @Test
    void a_run_of_the_base_that_was_off_as_a_whole_is_left_out_where_the_branch_is_back() {
        assertThat(lengths(six(110, 1, List.of(), 100))).containsExactly(RUNS);
        assertThat(lengths(six(110, 2, List.of(), 100))).containsExactly(RUNS);
        assertThat(lengths(six(110, 1, List.of(100.5), 110)))
                .as("the next run of the base is back")
                .containsExactly(RUNS + 1);
    }

    @Test
    void a_change_of_everything_that_the_branch_has_too_stays() {
        assertThat(lengths(six(110, 1, List.of(), 110))).containsExactly(RUNS + 1);
        assertThat(lengths(six(110, 3, List.of(), 100))).as("three runs").containsExactly(RUNS + 3);
    }

    @Test
    void what_one_benchmark_or_few_have_open_stays() {
        List<Trial> one = IntStream.range(0, 6)
                .mapToObj(i -> trial(i, i == 0 ? 110 : 100, 1, List.of(), 100))
                .toList();

        assertThat(lengths(one)).containsExactly(RUNS + 1);
        assertThat(lengths(six(110, 1, List.of(), 100).subList(0, 4))).containsExactly(RUNS + 1);
        assertThat(OffBaseRuns.leftOut(List.of())).isEmpty();
    }
}
