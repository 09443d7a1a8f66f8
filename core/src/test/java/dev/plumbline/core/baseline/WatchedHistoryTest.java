package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.baseline.WatchedHistory.FalseAlarms;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchedHistoryTest {
    private static final double MARGIN = 0.02;

    private static Histories.Maker worse() {
        return new Histories.Maker(1, 0.005).runs(30, 100).runs(20, 106);
    }

    private static Set<String> checkedFrom(int index) {
        Set<String> ids = new HashSet<>();
        for (int i = index; i < 200; i++) {
            ids.add("run" + i);
        }
        return ids;
    }

    @Test
    void a_worse_level_that_came_in_under_watch_is_left_out() {
        WatchedHistory watched = WatchedHistory.of(worse().series(), checkedFrom(20), FalseAlarms.NONE, MARGIN);

        assertThat(watched.series().points()).hasSize(30);
        assertThat(watched.isWorse()).isTrue();
        assertThat(watched.change()).isCloseTo(0.06, within(0.005));
        assertThat(watched.since().map(RunInfo::id)).contains("run30");
    }

    @Test
    void a_zero_anywhere_among_few_values_is_no_error() {
        Series noisy = new Histories.Maker(1, 0.3).runs(14, 1).series();

        for (int runs = 8; runs <= 14; runs++) {
            for (int zero = 0; zero < runs; zero++) {
                List<Point> points = new ArrayList<>(noisy.points().subList(0, runs));
                Point one = points.get(zero);
                points.set(zero, new Point(one.run(), 0, 1, 0, false));
                Series series = noisy.withPoints(points);

                for (int checked = 5; checked < runs; checked++) {
                    assertThat(WatchedHistory.of(series, checkedFrom(checked), FalseAlarms.NONE, MARGIN)
                                    .series()
                                    .points())
                            .as("%d runs, the one of %d zero, checked from %d", runs, zero, checked)
                            .isNotEmpty();
                }
            }
        }
    }

    /** The only check called the regression; runs that were recorded after it do not make it normal. */
    @Test
    void a_level_that_the_first_check_called_is_left_out_of_what_is_recorded_after_it() {
        Series series = new Histories.Maker(1, 0.005)
                .runs(20, 100)
                .runs(1, 130, true)
                .runs(4, 130)
                .series();

        WatchedHistory watched = WatchedHistory.of(series, Set.of("run20"), FalseAlarms.NONE, MARGIN);

        assertThat(watched.change()).isCloseTo(0.3, within(0.01));
        assertThat(watched.since().map(RunInfo::id)).contains("run20");
        assertThat(Arrays.stream(watched.series().values()).max().orElseThrow()).isLessThan(103);
    }

    /** The other side: a first check that failed by chance takes nothing from a healthy history. */
    @Test
    void a_false_alarm_of_the_first_check_takes_no_level_away() {
        for (int seed = 1; seed <= 200; seed++) {
            Series series = new Histories.Maker(seed, 0.01)
                    .runs(20, 100)
                    .runs(1, 104, true)
                    .runs(20, 100)
                    .series();

            assertThat(WatchedHistory.of(series, Set.of("run20"), FalseAlarms.NONE, MARGIN)
                            .isWorse())
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void what_was_there_before_the_first_check_is_the_past() {
        Series series = worse().series();

        WatchedHistory watched = WatchedHistory.of(series, checkedFrom(40), FalseAlarms.NONE, MARGIN);
        assertThat(watched.series()).isSameAs(series);
        assertThat(watched.isWorse()).isFalse();
        assertThat(WatchedHistory.of(series, Set.of(), FalseAlarms.NONE, MARGIN).series())
                .isSameAs(series);
    }

    @Test
    void an_improvement_is_no_matter() {
        Series series = new Histories.Maker(1, 0.005).runs(30, 100).runs(20, 94).series();

        assertThat(WatchedHistory.of(series, checkedFrom(0), FalseAlarms.NONE, MARGIN)
                        .series())
                .isSameAs(series);
    }

    @Test
    void runs_count_again_when_the_level_has_come_back() {
        Series healthy = WatchedHistory.of(worse().runs(20, 100).series(), checkedFrom(20), FalseAlarms.NONE, MARGIN)
                .series();

        assertThat(healthy.points()).hasSize(50);
        assertThat(Arrays.stream(healthy.values()).max().orElseThrow()).isLessThan(103);
    }

    @Test
    void going_up_in_small_steps_is_worse_all_the_same() {
        Series series = new Histories.Maker(1, 0.002)
                .runs(30, 100)
                .runs(30, 103)
                .runs(30, 106)
                .runs(30, 104)
                .series();

        assertThat(WatchedHistory.of(series, checkedFrom(10), FalseAlarms.NONE, MARGIN)
                        .series()
                        .points())
                .hasSize(30);
    }

    @Test
    void the_level_of_a_false_alarm_counts_and_what_comes_on_top_of_it_is_left_out() {
        FalseAlarms known = (points, step, deviation) -> step.firstIndex() <= 30
                && 30 <= step.lastIndex()
                && points.get(step.index()).run().id().equals("run30");

        Series healthy = WatchedHistory.of(worse().runs(20, 112).series(), checkedFrom(20), known, MARGIN)
                .series();

        assertThat(healthy.points()).hasSize(50);
        assertThat(level(healthy.values())).isBetween(105.5, 106.5);
    }

    @Test
    void an_empty_history_stays_one() {
        Series series = new Histories.Maker(1, 0).series();

        assertThat(WatchedHistory.of(series, Set.of("x"), FalseAlarms.NONE, MARGIN)
                        .series())
                .isSameAs(series);
    }

    @Test
    void noise_that_hides_a_change_for_the_worse_does_not_let_the_level_creep() {
        for (double shift : new double[] {1.03, 1.05, 1.10}) {
            Series series = new Histories.Maker(7, 0.2)
                    .runs(40, 100)
                    .runs(200, 100 * shift)
                    .series();
            double anchor = Location.median(Arrays.copyOf(series.values(), 40));

            Series healthy = WatchedHistory.of(series, checkedFrom(40), FalseAlarms.NONE, MARGIN)
                    .series();

            assertThat(Location.median(healthy.values()) / anchor - 1)
                    .as("against %s", shift)
                    .isLessThanOrEqualTo(MARGIN / 2);
            assertThat(healthy.points().size()).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void the_first_five_runs_are_the_anchor_where_checks_were_watching_from_the_beginning() {
        Histories.Maker maker = new Histories.Maker(3, 0.004);
        for (int i = 0; i < 60; i++) {
            maker.runs(1, 100 * Math.pow(1.0008, i));
        }
        Series series = maker.series();

        Series healthy = WatchedHistory.of(series, checkedFrom(0), FalseAlarms.NONE, MARGIN)
                .series();

        double anchor = Location.median(Arrays.copyOf(series.values(), 5));
        assertThat(healthy.points().size()).isBetween(5, 50);
        assertThat(Location.median(healthy.values()) / anchor - 1).isLessThanOrEqualTo(MARGIN / 2);
    }

    /** Five runs do not tell their level exactly: a share of the change may creep in, and not the whole of it. */
    @Test
    void a_level_that_five_runs_before_the_first_check_tell_does_not_creep_far() {
        List<Double> levels = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            Series series =
                    new Histories.Maker(seed, 0.06).runs(5, 100).runs(25, 120).series();
            Series kept = WatchedHistory.of(series, checkedFrom(5), FalseAlarms.NONE, MARGIN)
                    .series();
            levels.add(Location.median(kept.values()));
        }

        assertThat(levels.stream().filter(level -> level < 110).count()).isGreaterThanOrEqualTo(36);
    }

    @Test
    void the_late_result_of_an_old_commit_takes_no_later_run_away() {
        Series before =
                new Histories.Maker(3, 0.002).runs(6, 100).runs(16, 101.5).series();
        List<Point> points = new ArrayList<>(before.points());
        points.add(5, late(points.get(5)));
        Series series = Histories.series(Better.LOWER, points);

        assertThat(WatchedHistory.of(series, Set.of("late"), FalseAlarms.NONE, MARGIN)
                        .series())
                .isSameAs(series);
        // runs that were checked before it came began to watch where they lie
        List<Point> watched = new ArrayList<>(worse().series().points());
        watched.add(5, late(watched.get(5)));
        Set<String> checked = checkedFrom(20);
        checked.add("late");
        assertThat(WatchedHistory.of(Histories.series(Better.LOWER, watched), checked, FalseAlarms.NONE, MARGIN)
                        .series()
                        .points())
                .hasSize(31);
    }

    /** Another run of the same commit, recorded a day after all others. */
    private static Point late(Point point) {
        RunHeader header = point.run().header();
        return new Point(
                new RunInfo(
                        "late",
                        new RunHeader(
                                header.revision(),
                                header.environment(),
                                header.measuredAt(),
                                header.addedAt().plusSeconds(86_400),
                                header.context())),
                point.value(),
                1,
                0,
                false);
    }

    /** Of five healthy runs before the first check it is not the luckiest that later ones are judged against. */
    @Test
    void most_of_a_healthy_history_counts_however_few_runs_came_before_the_first_check() {
        double kept = 0;
        for (int seed = 0; seed < 40; seed++) {
            Series series = new Histories.Maker(seed, 0.06).runs(40, 100).series();
            kept += WatchedHistory.of(series, checkedFrom(5), FalseAlarms.NONE, MARGIN)
                            .series()
                            .points()
                            .size()
                    / 40.0
                    / 40;
        }

        assertThat(kept).isGreaterThan(0.75);
    }

    @Test
    void a_worse_level_is_no_past_because_two_runs_before_the_first_check_were_as_bad_by_chance() {
        Series series = new Histories.Maker(5, 0.03)
                .runs(149, 100)
                .value(108)
                .value(107)
                .runs(150, 110)
                .series();
        Steps all = StepScan.analyze(series.values());
        assertThat(all.steps().get(0).lastIndex()).isLessThan(151);

        Series kept = WatchedHistory.of(series, checkedFrom(151, 301), FalseAlarms.NONE, MARGIN)
                .series();

        assertThat(level(kept.values())).isBetween(99.0, 101.0);
    }

    @Test
    void runs_that_the_first_check_marked_were_part_of_the_level_that_it_judged_against() {
        // without the nine marked ones some of these histories end in a step for the worse that is none
        for (long seed : new long[] {42, 63, 449, 676, 687, 999}) {
            List<Point> points = plateau(seed, 200 + 60 + 20 * (int) (seed % 7));
            double first = level(
                    points.subList(0, 200).stream().mapToDouble(Point::value).toArray());

            Series kept = WatchedHistory.of(
                            Histories.series(Better.LOWER, points),
                            checkedFrom(200, points.size()),
                            FalseAlarms.NONE,
                            MARGIN)
                    .series();

            double[] healthy = kept.points().stream()
                    .filter(point -> !point.judgedBad())
                    .mapToDouble(Point::value)
                    .toArray();
            assertThat(level(healthy) / first - 1).as("seed %d", seed).isLessThan(MARGIN);
        }
    }

    /** 3.5 % of noise, a plateau in the past, nine runs that were marked bad, and a regression of 6 %. */
    private static List<Point> plateau(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = new ArrayList<>();
        double noise = 0;
        for (int i = 0; i < count; i++) {
            noise = 0.2 * noise + 0.035 * random.nextGaussian();
            double level = i >= 200 ? 106 : i >= 191 ? 112 : past(i);
            points.add(Histories.point(i, level * Math.exp(noise), i >= 191 && i < 200));
        }
        return points;
    }

    private static double past(int index) {
        if (index >= 173 && index < 179) {
            return 113;
        }
        return index >= 141 && index < 160 ? 96 : index > 179 ? 99 : 101;
    }

    private static double level(double[] values) {
        return StepScan.analyze(values).regime().orElseThrow().level();
    }

    private static Set<String> checkedFrom(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> "run" + i).collect(Collectors.toSet());
    }
}
