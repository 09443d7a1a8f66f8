package dev.plumbline.report.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeasonallyAdjusted;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.Examples;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.period.PeriodReport.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeriodSummaryTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-30T00:00:00Z");

    /** How a series of these tests moved in its middle. */
    private enum Kind {
        WORSE(40, 1.25),
        BETTER(40, 0.8),
        LEVEL(40, 1),
        UNKNOWN(2, 1);

        private final int points;
        private final double step;

        Kind(int points, double step) {
            this.points = points;
            this.step = step;
        }
    }

    private static SeriesCourse course(SeriesKey key, Kind kind) {
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < kind.points; i++) {
            double value = 100 * (1 + 0.003 * random.nextGaussian()) * (i >= kind.points / 2 ? kind.step : 1);
            points.add(new Point(Examples.run(i, "c%07x00".formatted(i)), value, 5, 0.01, false));
        }
        Series series = new Series(key, Examples.MILLISECONDS, Better.LOWER, points, List.of());
        return new SeriesCourse(series, StepScan.analyze(series.values()));
    }

    private static SeriesKey key(int benchmark) {
        return Examples.key("Bench" + benchmark, "time");
    }

    /** A benchmark of each kind, numbered from 0. */
    private static PeriodReport period(Kind... kinds) {
        List<SeriesCourse> courses = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            courses.add(course(key(i), kinds[i]));
        }
        return new PeriodReport("0.1.0", "The last 90 days", BEGIN, END, courses, Policy.DEFAULT);
    }

    /** The same where checks have called these benchmarks. */
    private static PeriodReport called(PeriodReport period, Integer... benchmarks) {
        return called(period, Annotated.NONE, benchmarks);
    }

    /** The same where people recorded something about them. */
    private static PeriodReport called(PeriodReport period, Annotated statements, Integer... benchmarks) {
        RunInfo run = Examples.run(39, "c0000027");
        return period.with(new PeriodReport.Happened(
                List.of(),
                List.of(),
                Arrays.stream(benchmarks)
                        .map(one -> new CalledRegression(key(one), 39, run, 100, 130, run, statements))
                        .toList()));
    }

    private static Annotated stated(Annotation.Kind kind) {
        return Annotated.NONE.then(
                Annotation.of(kind, new Annotation.Origin("a1", "Ann", BEGIN, "why"), Optional.empty(), ""));
    }

    private static Stream<Arguments> headlines() {
        return Stream.of(
                arguments("1 benchmark: none worse, 1 level", List.of(Kind.LEVEL)),
                arguments("2 benchmarks: none worse, 2 level", List.of(Kind.LEVEL, Kind.LEVEL)),
                arguments("1 benchmark: 1 worse than when the period began", List.of(Kind.WORSE)),
                arguments("1 benchmark: none worse, 1 better", List.of(Kind.BETTER)),
                arguments("1 benchmark: none worse, 1 too short to judge", List.of(Kind.UNKNOWN)),
                arguments(
                        "4 benchmarks: 1 worse than when the period began, 1 better, 1 level, 1 too short to judge",
                        List.of(Kind.UNKNOWN, Kind.LEVEL, Kind.BETTER, Kind.WORSE)),
                arguments(
                        "5 benchmarks: 2 worse than when the period began, 3 level",
                        List.of(Kind.WORSE, Kind.LEVEL, Kind.LEVEL, Kind.WORSE, Kind.LEVEL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headlines")
    void benchmarks_are_counted_by_where_they_stand_the_worst_first(String words, List<Kind> kinds) {
        PeriodReport period = period(kinds.toArray(Kind[]::new));

        assertThat(PeriodSummary.headline(period)).isEqualTo(words);
        assertThat(PeriodSummary.line(period)).isEqualTo("The last 90 days: " + words);
        for (Standing standing : Standing.values()) {
            assertThat(PeriodSummary.counts(period).get(standing)).isEqualTo((int) kinds.stream()
                    .filter(kind -> kind.name().equals(standing.name()))
                    .count());
        }
    }

    @Test
    void where_nothing_was_measured_that_is_all_and_where_to_look() {
        assertThat(PeriodSummary.headline(period())).isEqualTo("nothing was measured in this period");
        assertThat(PeriodSummary.headline(period().elsewhere("the newest run is of 2026-10-01; use --since")))
                .isEqualTo("nothing was measured in this period; the newest run is of 2026-10-01; use --since");
        assertThat(PeriodSummary.facts(period())).isEmpty();
        assertThat(PeriodSummary.counts(period()).values()).containsOnly(0);
    }

    private static Stream<Arguments> called() {
        return Stream.of(
                arguments(
                        "a level one",
                        called(period(Kind.LEVEL, Kind.LEVEL), 0),
                        "2 benchmarks: 1 reported as worse by a check, not confirmed yet, 1 level"),
                arguments(
                        "the only one",
                        called(period(Kind.LEVEL), 0),
                        "1 benchmark: 1 reported as worse by a check, not confirmed yet"),
                arguments(
                        "two level ones",
                        called(period(Kind.LEVEL, Kind.BETTER, Kind.LEVEL), 0, 2),
                        "3 benchmarks: 2 reported as worse by a check, not confirmed yet, 1 better"),
                arguments(
                        "one twice",
                        called(period(Kind.LEVEL, Kind.LEVEL), 0, 0),
                        "2 benchmarks: 1 reported as worse by a check, not confirmed yet, 1 level"),
                arguments(
                        "one beside a worse one",
                        called(period(Kind.WORSE, Kind.LEVEL), 1),
                        "2 benchmarks: 1 worse than when the period began, 1 reported as worse by a check, not"
                                + " confirmed yet"),
                arguments(
                        "one that the history shows as worse, too",
                        called(period(Kind.WORSE, Kind.LEVEL), 0),
                        "2 benchmarks: 1 worse than when the period began, 1 level"),
                arguments(
                        "one that is accepted",
                        called(period(Kind.LEVEL, Kind.LEVEL), stated(Annotation.Kind.ACCEPTED), 0),
                        "2 benchmarks: 1 reported as worse by a check, accepted, 1 level"),
                arguments(
                        "one that is acknowledged",
                        called(period(Kind.LEVEL), stated(Annotation.Kind.ACKNOWLEDGED), 0),
                        "1 benchmark: 1 reported as worse by a check, acknowledged"),
                arguments(
                        "one that is a false alarm",
                        called(period(Kind.LEVEL, Kind.LEVEL), stated(Annotation.Kind.FALSE_ALARM), 0),
                        "2 benchmarks: none worse, 2 level"),
                arguments(
                        "one that is too short to judge",
                        called(period(Kind.UNKNOWN, Kind.LEVEL), 0),
                        "2 benchmarks: 1 reported as worse by a check, not confirmed yet, 1 level"),
                arguments(
                        "one that is better than at the beginning",
                        called(period(Kind.BETTER, Kind.BETTER), 0),
                        "2 benchmarks: 1 reported as worse by a check, not confirmed yet, 1 better"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("called")
    void what_a_check_reported_is_counted_once_and_not_as_level(String what, PeriodReport period, String words) {
        assertThat(PeriodSummary.headline(period)).isEqualTo(words);
    }

    @Test
    void no_change_point_is_confirmed_where_a_check_reported_one_that_somebody_accepted() {
        assertThat(PeriodSummary.facts(called(period(Kind.LEVEL), stated(Annotation.Kind.ACCEPTED), 0)))
                .contains("no confirmed change points of at least 2 %");
    }

    @Test
    void a_quiet_period_has_no_change_points_and_its_noise() {
        assertThat(PeriodSummary.facts(period(Kind.LEVEL, Kind.LEVEL)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("no change points of at least 2 %"),
                        second -> assertThat(second)
                                .matches("half of the series vary by at most 0\\.[2-4] % from run to run"));
    }

    @Test
    void change_points_are_counted_by_their_direction() {
        assertThat(PeriodSummary.facts(period(Kind.WORSE, Kind.BETTER, Kind.WORSE)))
                .contains(
                        "3 change points of at least 2 %: 2 worse, 1 better",
                        "2 series are worse than at their best in this period");
        assertThat(PeriodSummary.facts(period(Kind.WORSE, Kind.LEVEL)))
                .contains(
                        "1 change point of at least 2 %: 1 worse, 0 better",
                        "1 series is worse than at its best in this period");
        assertThat(PeriodSummary.facts(period(Kind.BETTER)))
                .contains("1 change point of at least 2 %: 0 worse, 1 better")
                .noneMatch(fact -> fact.contains("at its best"));
    }

    /** Values that climb for some runs and stay there, as a page of a period gets them. */
    private static SeriesCourse climbing(SeriesKey key, int runs, double rise) {
        Random random = new Random(7);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 100 + runs; i++) {
            double share = Math.max(0, Math.min(1, (i - 50.0) / runs));
            double value = 100 * (1 + rise * share) * (1 + 0.005 * random.nextGaussian());
            points.add(new Point(Examples.run(i, "c%07x00".formatted(i)), value, 5, 0.01, false));
        }
        Series series = new Series(key, Examples.MILLISECONDS, Better.LOWER, points, List.of());
        SeasonallyAdjusted adjusted = SeasonallyAdjusted.of(series, Policy.DEFAULT.margin(), KnownLevels.NONE);
        return new SeriesCourse(series, adjusted.steps(), adjusted);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("climbs")
    void steps_along_a_gradual_change_are_counted_apart(int runs, double rise, String words) {
        PeriodReport period = new PeriodReport(
                "0.1.0",
                "x",
                BEGIN,
                END,
                List.of(course(key(0), Kind.WORSE), climbing(key(1), runs, rise)),
                Policy.DEFAULT);

        assertThat(PeriodSummary.facts(period))
                .first()
                .isEqualTo("1 change point of at least 2 %: 1 worse, 0 better; " + words);
        assertThat(PeriodSummary.headline(period)).isEqualTo("2 benchmarks: 2 worse than when the period began");
    }

    private static Stream<Arguments> climbs() {
        return Stream.of(
                arguments(30, 0.04, "1 more is part of gradual changes"),
                arguments(60, 0.2, "6 more are part of gradual changes"));
    }

    @Test
    void change_points_before_the_period_are_none_of_it() {
        PeriodReport all = period(Kind.WORSE, Kind.LEVEL);
        PeriodReport end = new PeriodReport(
                "0.1.0", "The last days", Examples.run(30, "c").time(), END, all.courses(), Policy.DEFAULT);

        assertThat(PeriodSummary.headline(end)).isEqualTo("2 benchmarks: none worse, 2 level");
        assertThat(PeriodSummary.facts(end)).first().isEqualTo("no change points of at least 2 %");
    }

    @Test
    void a_benchmark_with_several_metrics_counts_once_as_the_worst_of_them() {
        PeriodReport period = new PeriodReport(
                "0.1.0",
                "x",
                BEGIN,
                END,
                List.of(
                        course(Examples.key("Sort", "time"), Kind.LEVEL),
                        course(Examples.key("Sort", "cpu"), Kind.WORSE),
                        course(Examples.key("Sort", "p99"), Kind.BETTER)),
                Policy.DEFAULT);

        assertThat(PeriodSummary.headline(period)).isEqualTo("1 benchmark: 1 worse than when the period began");
    }
}
