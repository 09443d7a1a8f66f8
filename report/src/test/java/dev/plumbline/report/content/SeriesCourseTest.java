package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.report.Examples;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesCourseTest {
    private static final Instant ALWAYS = Instant.EPOCH;
    private static final double NOISE = 0.01;

    /** Forty runs on each level, with normal noise. */
    private static SeriesCourse course(Better better, SplittableRandom random, double... levels) {
        return course(NOISE, better, random, levels);
    }

    private static SeriesCourse course(double noise, Better better, SplittableRandom random, double... levels) {
        List<Point> points = new ArrayList<>();
        for (double level : levels) {
            for (int i = 0; i < 40; i++) {
                double value = level * Math.exp(noise * random.nextGaussian());
                points.add(
                        new Point(Examples.run(points.size(), "c%07x".formatted(points.size())), value, 1, 0, false));
            }
        }
        Series series = new Series(
                Examples.key("org.example.Levels.one", "time"), Examples.MILLISECONDS, better, points, List.of());
        return new SeriesCourse(series, StepScan.analyze(series.values()));
    }

    @Test
    void a_series_at_its_only_level_is_behind_nothing() {
        SeriesCourse course = course(Better.LOWER, new SplittableRandom(1), 100);

        assertThat(course.debtSince(ALWAYS)).isZero();
        assertThat(course.debtInterval(ALWAYS)).isEmpty();
    }

    @Test
    void one_that_is_at_its_best_of_several_levels_may_be_behind_by_nothing() {
        SeriesCourse course = course(Better.LOWER, new SplittableRandom(2), 130, 100);

        assertThat(course.debtSince(ALWAYS)).isZero();
        assertThat(course.debtInterval(ALWAYS)).contains(new Interval(0, 0, 0.95));
    }

    @Test
    void a_loss_after_one_step_has_the_interval_of_the_change_whichever_way_is_better() {
        for (Better better : Better.values()) {
            double after = better == Better.LOWER ? 120 : 80;
            SeriesCourse course = course(better, new SplittableRandom(3), 100, after);

            Interval change = course.changeInterval(ALWAYS).orElseThrow();
            Interval debt = course.debtInterval(ALWAYS).orElseThrow();
            assertThat(course.debtSince(ALWAYS)).isBetween(debt.low(), debt.high());
            assertThat(debt.low()).isCloseTo(Math.min(Math.abs(change.low()), Math.abs(change.high())), within(1e-12));
            assertThat(debt.high()).isCloseTo(Math.max(Math.abs(change.low()), Math.abs(change.high())), within(1e-12));
        }
    }

    @Test
    void nineteen_of_twenty_intervals_cover_the_loss_whichever_level_was_the_best() {
        SplittableRandom random = new SplittableRandom(20261125);
        int trials = 400;
        int debts = 0;
        int noises = 0;
        for (int trial = 0; trial < trials; trial++) {
            // two levels are equally good, and the luckier of them looks better than it was
            SeriesCourse course = course(Better.LOWER, random, 100, 110, 100, 115);
            debts += covers(course.debtInterval(ALWAYS).orElseThrow(), 0.15);
            noises += covers(course.noiseInterval().orElseThrow(), NOISE);
        }
        assertThat((double) debts / trials).isBetween(0.95, 1.0);
        assertThat((double) noises / trials).isBetween(0.92, 0.98);
    }

    private static int covers(Interval interval, double truth) {
        return interval.contains(truth) ? 1 : 0;
    }

    @Test
    void one_that_is_always_zero_is_level_and_only_its_noise_is_not_known() {
        List<Point> zeros = course(Better.LOWER, new SplittableRandom(5), 100).series().points().stream()
                .map(point -> new Point(point.run(), 0, 1, 0, false))
                .toList();
        Series series = new Series(
                Examples.key("org.example.Zero.one", "count"), Examples.MILLISECONDS, Better.LOWER, zeros, List.of());
        SeriesCourse course = new SeriesCourse(series, StepScan.analyze(series.values()));
        PeriodReport periodReport =
                new PeriodReport("0.1.0", "zeros", ALWAYS, Instant.MAX, List.of(course), Policy.DEFAULT);

        assertThat(course.noise()).isNaN();
        assertThat(periodReport.standing(course)).isEqualTo(PeriodReport.Standing.LEVEL);
    }

    @Test
    void a_step_below_the_margin_changes_the_level_and_is_no_event() {
        SeriesCourse course = course(0.002, Better.HIGHER, new SplittableRandom(6), 0.940, 0.925);
        Instant end = Instant.parse("2027-06-01T00:00:00Z");
        PeriodReport periodReport = new PeriodReport("0.1.0", "accuracy", ALWAYS, end, List.of(course), Policy.DEFAULT);
        Moved moved = periodReport.moved(course);

        // 0.925 / 0.940 - 1 = -0.01596
        assertThat(moved.before()).isCloseTo(0.940, within(0.001));
        assertThat(moved.level()).isCloseTo(0.925, within(0.001));
        assertThat(moved.change()).isCloseTo(-0.016, within(0.001));
        assertThat(moved.changeInterval())
                .hasValueSatisfying(interval -> assertThat(interval.contains(0)).isFalse());
        assertThat(moved.debt()).isCloseTo(0.016, within(0.001));
        assertThat(periodReport.events()).isEmpty();
        assertThat(periodReport.standing(course)).isEqualTo(PeriodReport.Standing.LEVEL);
        assertThat(periodReport.indebted()).isEmpty();
        assertThat(TextPeriodReport.of(periodReport, true, TextStyle.DEFAULT))
                .contains("-1.5 %")
                .contains("1 benchmark: none worse, 1 level");
    }

    @Test
    void a_line_is_measured_from_the_middle_of_its_small_steps() {
        SplittableRandom random = new SplittableRandom(8);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double value = 100 * (1 + 0.06 * i / 199) * Math.exp(0.002 * random.nextGaussian());
            points.add(new Point(Examples.run(i, "c%07x".formatted(i)), value, 1, 0, false));
        }
        Series series = new Series(
                Examples.key("org.example.Creep.one", "time"), Examples.MILLISECONDS, Better.LOWER, points, List.of());
        Steps steps = StepScan.analyze(series.values(), new StepScan.Settings(0.03));
        Moved moved = Moved.of(new SeriesCourse(series, steps), ALWAYS, 0.03);

        assertThat(steps.steps()).isEmpty();
        assertThat(steps.negligible()).isNotEmpty();
        assertThat(moved.slope()).isPresent();
        assertThat(moved.before()).isCloseTo(100, within(0.5));
        assertThat(moved.level()).isCloseTo(106, within(0.5));
        assertThat(moved.change()).isCloseTo(0.06, within(0.005));
    }

    @Test
    void the_noise_of_few_runs_is_not_known() {
        Series series = course(Better.LOWER, new SplittableRandom(4), 100).series();
        Series few = series.withPoints(series.points().subList(0, 5));

        assertThat(new SeriesCourse(few, StepScan.analyze(few.values())).noiseInterval())
                .isEmpty();
    }
}
