package dev.plumbline.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwingTest {
    private static final double MARGIN = 0.02;
    private static final Instant MONDAY = Instant.parse("2025-12-01T06:00:00Z");
    private static final SeriesKey KEY =
            new SeriesKey(Benchmark.of("b"), "time", Environment.unknown().key(), Revision.DEFAULT_BRANCH);

    /** Daily runs, slower by a share at the weekend and from a run on, some of them judged bad. */
    private static Series series(
            long seed, int runs, double weekend, Better better, int from, double step, IntPredicate isBad) {
        SplittableRandom random = new SplittableRandom(seed).split();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            RunInfo run = run(i, MONDAY.plus(Duration.ofDays(i)));
            double level = 100 * (isWeekend(i) ? 1 + weekend : 1) * (i >= from ? step : 1);
            points.add(new Point(run, level * Math.exp(0.015 * random.nextGaussian()), 1, 0, isBad.test(i)));
        }
        return new Series(KEY, Unit.of("ms"), better, points, List.of());
    }

    private static RunInfo run(int number, Instant time) {
        return new RunInfo(
                "r" + number,
                new RunHeader(
                        new Revision("c" + number, Revision.DEFAULT_BRANCH, Optional.of(time), OptionalLong.empty()),
                        Environment.unknown(),
                        Optional.of(time),
                        time,
                        new TreeMap<>()));
    }

    private static Series weekly(long seed, int runs, double weekend, IntPredicate isBad) {
        return series(seed, runs, weekend, Better.LOWER, runs, 1, isBad);
    }

    private static boolean isWeekend(int run) {
        return run % 7 >= 5;
    }

    private static Series first(Series series, int runs) {
        return series.withPoints(series.points().subList(0, runs));
    }

    private static List<Integer> bad(Series series) {
        List<Integer> bad = new ArrayList<>();
        for (int i = 0; i < series.points().size(); i++) {
            if (series.points().get(i).judgedBad()) {
                bad.add(i);
            }
        }
        return bad;
    }

    @ParameterizedTest
    @CsvSource({"1, 0.04", "2, 0.04", "3, 0.05", "4, 0.06", "5, 0.1", "6, 0.15"})
    void a_swing_that_was_found_is_kept_while_it_holds(long seed, double weekend) {
        Series series = weekly(seed, 70, weekend, i -> false);
        boolean isFound = false;
        for (int runs = 12; runs <= 70; runs++) {
            boolean was = isFound;
            isFound = Swing.of(first(series, runs), MARGIN).isPresent();

            assertThat(isFound || !was).as("%d runs", runs).isTrue();
        }
        assertThat(isFound).isTrue();
    }

    @Test
    void a_swing_that_ends_is_given_up() {
        Series swinging = weekly(1, 30, 0.06, i -> false);
        Series quiet = weekly(2, 400, 0, i -> false);
        List<Point> points = new ArrayList<>(swinging.points());
        points.addAll(quiet.points().subList(30, 400));

        assertThat(Swing.of(swinging, MARGIN)).isPresent();
        assertThat(Swing.of(swinging.withPoints(points), MARGIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_was_called_at_weekends_is_explained_once_the_swing_is_known(long seed) {
        IntPredicate isCalled = i -> i > 5 && i < 21 && isWeekend(i);
        Series early = weekly(seed, 14, 0.1, isCalled);
        Series late = weekly(seed, 42, 0.1, isCalled);

        assertThat(Swing.explainedIn(early, MARGIN)).isSameAs(early);
        assertThat(bad(late)).containsExactly(6, 12, 13, 19, 20);
        assertThat(bad(Swing.explainedIn(late, MARGIN))).isEmpty();
        assertThat(Swing.explainedIn(late, MARGIN).values()).isEqualTo(late.values());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_regression_is_not_explained_by_a_swing_that_it_came_on(long seed) {
        Series regressed = series(seed, 49, 0.1, Better.LOWER, 40, 1.1, i -> i >= 40);

        assertThat(bad(Swing.explainedIn(regressed, MARGIN))).containsExactly(40, 41, 42, 43, 44, 45, 46, 47, 48);
    }

    @Test
    void what_a_swing_makes_better_it_does_not_explain() {
        // throughput is better at the weekend, and a call there is of something else
        Series throughput = series(1, 42, 0.1, Better.HIGHER, 42, 1, i -> i == 33);

        assertThat(Swing.of(throughput, MARGIN)).isPresent();
        assertThat(bad(Swing.explainedIn(throughput, MARGIN))).containsExactly(33);
    }

    @Test
    void a_series_without_a_swing_stays_as_it_is() {
        Series quiet = weekly(1, 42, 0, i -> i == 12);

        assertThat(Swing.explainedIn(quiet, MARGIN)).isSameAs(quiet);
        assertThat(Swing.without(quiet, MARGIN)).isSameAs(quiet);
    }

    @Test
    void a_level_that_changed_after_the_runs_had_moved_to_another_hour_is_no_swing() {
        double[] values = {
            3424.1, 3418.57, 3404.38, 3349.82, 3414.22, 3409.94, 3404.67, 3340.39, 3370.4, 3382.23, 3374.97, 3388.3,
            3315.31, 4261.11, 4265.77
        };
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Instant time = MONDAY.plus(
                    i < 12
                            ? Duration.ofDays(i).plusHours(4)
                            : Duration.ofDays(17).plusHours(10).plusSeconds(i == 12 ? -4 : 64));
            points.add(new Point(run(i, time), values[i], 1, 0, false));
        }

        assertThat(Swing.of(new Series(KEY, Unit.of("ns"), Better.LOWER, points, List.of()), MARGIN))
                .isEmpty();
    }

    /**
     * Each phase of a week is estimated from few values. A value that took part in that is nearer to it by chance than
     * a new one will be: by a tenth with nine weeks, which is many false alarms in a suite.
     */
    @Test
    void without_its_swing_a_history_is_as_noisy_as_the_next_value() {
        double history = 0;
        double next = 0;
        int count = 0;
        for (long seed = 1; seed <= 700; seed++) {
            Series series = weekly(seed, 63, 0.1, i -> false);
            Series before = first(series, 56 + (int) (seed % 7));
            Swing swing = Swing.of(before, MARGIN).orElseThrow();
            Point newest = series.points().get(before.points().size());
            for (double value : swing.takenOut(before).values()) {
                history += Math.pow(Math.log(value / 100), 2) / before.points().size();
            }
            next += Math.pow(Math.log(swing.without(List.of(newest)).get(0).value() / 100), 2);
            count++;
        }

        assertThat(Math.sqrt(next / history)).as("%d series", count).isBetween(0.95, 1.05);
    }

    @Test
    void an_outlier_is_as_far_out_without_the_swing() {
        Series series = weekly(1, 60, 0.1, i -> false);
        List<Point> points = new ArrayList<>(series.points());
        Point far = points.get(30);
        points.set(30, new Point(far.run(), 2 * far.value(), 1, 0, false));
        Series withOutlier = series.withPoints(points);
        Swing swing = Swing.of(withOutlier, MARGIN).orElseThrow();

        assertThat(swing.takenOut(withOutlier).values()[30]).isBetween(190.0, 215.0);
    }
}
