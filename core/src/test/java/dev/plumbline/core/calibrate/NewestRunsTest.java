package dev.plumbline.core.calibrate;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.threshold.Thresholds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewestRunsTest {
    private static final int RUNS = 40;
    private static final Thresholds THRESHOLDS = new Thresholds(Policy.DEFAULT, List.of());

    private static Series series(String name, IntToDoubleFunction level) {
        double[] values = Trials.noisy(name.hashCode(), RUNS, 1, 0.004);
        Arrays.setAll(values, i -> values[i] * level.applyAsDouble(i));
        return DURATION.called(name).series(Trials.points(values));
    }

    private static NewestRuns.Outcome judged(Series... suite) {
        return NewestRuns.judge(List.of(suite), 100, THRESHOLDS, GatePolicy.DEFAULT, done -> {});
    }

    private static String[] names(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "run" + i + " (c" + i + ")")
                .toArray(String[]::new);
    }

    @Test
    void the_twenty_newest_runs_are_judged_and_each_is_told() {
        List<Integer> done = new ArrayList<>();

        NewestRuns.Outcome outcome =
                NewestRuns.judge(List.of(series("a", i -> 100)), 100, THRESHOLDS, GatePolicy.DEFAULT, done::add);

        assertThat(done)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(outcome.judged()).isEqualTo(20);
        assertThat(outcome.closed()).isZero();
        assertThat(outcome.called()).isEmpty();
        assertThat(outcome.lasting()).isEmpty();
    }

    @Test
    void what_was_called_is_bad_for_the_next_run_and_a_loss_that_lasts_is_told_as_one() {
        NewestRuns.Outcome outcome = judged(series("a", i -> i < 24 ? 100 : 110), series("b", i -> 100));

        assertThat(outcome.called().keySet()).containsExactly(names(24, 40));
        assertThat(outcome.called().values()).containsOnly(1);
        assertThat(outcome.closed()).isEqualTo(16);
        assertThat(outcome.lasting()).containsExactlyInAnyOrder(names(24, 40));
    }

    @Test
    void what_went_away_did_not_last() {
        NewestRuns.Outcome outcome = judged(series("a", i -> i >= 24 && i < 30 ? 110 : 100));

        assertThat(outcome.called().keySet()).containsExactly(names(24, 30));
        assertThat(outcome.closed()).isEqualTo(6);
        assertThat(outcome.lasting()).isEmpty();
    }

    @Test
    void a_loss_that_shrank_below_the_margin_did_not_last_and_one_that_grew_did() {
        assertThat(judged(series("a", i -> i < 24 ? 100 : i < 32 ? 110 : 101)).lasting())
                .isEmpty();
        assertThat(judged(series("a", i -> i < 24 ? 100 : i < 32 ? 110 : 105)).lasting())
                .contains(names(24, 40));
        NewestRuns.Outcome grown = judged(series("a", i -> i < 24 ? 100 : i < 32 ? 110 : 125));
        assertThat(grown.lasting()).containsExactlyInAnyOrder(names(24, 40));
    }

    @Test
    void a_run_lasts_only_if_all_that_was_called_of_it_does() {
        Series lasting = series("a", i -> i < 30 ? 100 : 110);
        Series odd = series("b", i -> i == 34 ? 130 : 100);

        NewestRuns.Outcome outcome = judged(lasting, odd);

        assertThat(outcome.called()).containsEntry("run34 (c34)", 2).containsEntry("run35 (c35)", 1);
        assertThat(outcome.lasting())
                .doesNotContain("run34 (c34)")
                .contains("run33 (c33)", "run35 (c35)")
                .hasSize(9);
        assertThat(outcome.closed()).isEqualTo(10);
    }

    @Test
    void small_losses_are_called_and_leave_the_gate_open() {
        NewestRuns.Outcome outcome = judged(series("a", i -> i < 24 ? 100 : 103.5));

        assertThat(outcome.called()).isNotEmpty();
        assertThat(outcome.closed()).isZero();
    }

    @Test
    void only_the_first_so_many_series_are_judged() {
        List<Series> suite = List.of(series("a", i -> 100), series("b", i -> i < 24 ? 100 : 110));

        assertThat(NewestRuns.judge(suite, 1, THRESHOLDS, GatePolicy.DEFAULT, done -> {})
                        .called())
                .isEmpty();
        assertThat(NewestRuns.judge(suite, 2, THRESHOLDS, GatePolicy.DEFAULT, done -> {})
                        .called())
                .hasSize(16);
    }

    private static RunInfo run(String id, Optional<Instant> commitTime, Instant time) {
        return new RunInfo(
                id,
                new RunHeader(
                        new Revision(id, "main", commitTime, OptionalLong.empty()),
                        Environment.unknown(),
                        Optional.empty(),
                        time,
                        new TreeMap<>()));
    }

    @Test
    void runs_are_as_new_as_their_commits_and_those_without_a_time_as_their_results() {
        Series series = series("a", i -> i == 10 || i == 12 ? 130 : 100);
        List<Point> points = new ArrayList<>(series.points());
        Instant late = Instant.parse("2027-01-01T00:00:00Z");
        points.set(
                10,
                new Point(
                        run("late", Optional.of(late), Instant.EPOCH),
                        points.get(10).value(),
                        1,
                        0,
                        false));
        points.set(
                12,
                new Point(
                        run("later", Optional.empty(), late.plusSeconds(1)),
                        points.get(12).value(),
                        1,
                        0,
                        false));

        NewestRuns.Outcome outcome = judged(series.withPoints(points));

        assertThat(outcome.judged()).isEqualTo(20);
        assertThat(outcome.called().keySet()).containsExactly("late (late)", "later (later)");
    }

    @Test
    void the_newest_time_of_a_run_counts() {
        Series series = series("a", i -> i == 10 ? 130 : 100);
        Series other = series("b", i -> 100);
        List<Point> points = new ArrayList<>(other.points());
        RunInfo again = run("run10", Optional.of(Instant.parse("2027-01-01T00:00:00Z")), Instant.EPOCH);
        points.set(10, new Point(again, points.get(10).value(), 1, 0, false));

        assertThat(judged(series, other).called()).isEmpty();
        assertThat(judged(series, other.withPoints(points)).called().keySet()).containsExactly("run10 (run10)");
    }

    @Test
    void a_suite_of_few_runs_has_no_more_of_them() {
        Series series = series("a", i -> 100);

        assertThat(judged(series.withPoints(series.points().subList(0, 7))).judged())
                .isEqualTo(7);
        assertThat(judged().judged()).isZero();
    }
}
