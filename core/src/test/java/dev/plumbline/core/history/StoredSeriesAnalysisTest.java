package dev.plumbline.core.history;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The analysis of a series with its runs, and with what is known of it beyond its values. */
class StoredSeriesAnalysisTest {
    private static final ChangeMethod STEPS = new ChangeMethod.BySteps(StepScan.Settings.DEFAULT);
    private static final ChangeMethod PELT = new ChangeMethod.ByPelt(Partition.Settings.DEFAULT);
    private static final RefutedRegressions NO_ALARMS = new RefutedRegressions(0, 0);

    private static Series series(int runs, IntToDoubleFunction level) {
        double[] values = Trials.noisy(1, runs, 1, 0.004);
        Arrays.setAll(values, i -> values[i] * level.applyAsDouble(i));
        return DURATION.series(Trials.points(values));
    }

    /** A loss of 10 % at run 50. */
    private static SeriesAnalysis stepped() {
        return SeriesAnalysis.of(series(80, i -> i < 50 ? 100 : 110), STEPS);
    }

    private static Point point(String commit, Optional<Instant> measured, Optional<Instant> committed) {
        Revision revision = new Revision(commit, "main", committed, OptionalLong.empty());
        return new Point(
                new RunInfo(
                        commit,
                        new RunHeader(revision, Environment.unknown(), measured, Instant.EPOCH, new TreeMap<>())),
                100,
                1,
                0,
                false);
    }

    @Test
    void runs_are_as_old_as_they_were_measured_or_else_committed() {
        Instant noon = Instant.parse("1970-01-03T12:00:00Z");
        Series series = DURATION.series(List.of(
                point("a", Optional.of(noon), Optional.of(Instant.EPOCH)),
                point("b", Optional.empty(), Optional.of(noon.plusSeconds(86_400))),
                point("c", Optional.empty(), Optional.empty())));

        assertThat(SeriesAnalysis.days(series)).containsExactly(2.5, 3.5, Double.NaN);
    }

    @Test
    void what_stands_in_for_an_unknown_commit_is_not_told() {
        Series series = DURATION.series(List.of(
                point("4f1c", Optional.empty(), Optional.empty()),
                point("#17", Optional.empty(), Optional.empty()),
                point("", Optional.empty(), Optional.empty())));

        SeriesAnalysis analysis = SeriesAnalysis.of(series, STEPS);

        assertThat(analysis.revisions()).containsExactly("4f1c", "", "");
        assertThat(analysis.values()).containsExactly(100.0, 100.0, 100.0);
        assertThat(analysis.key()).isEqualTo(series.key());
        assertThat(analysis.unit()).isEqualTo(series.unit());
        assertThat(analysis.better()).isEqualTo(series.better());
    }

    @Test
    void a_level_that_a_check_called_is_one_in_the_shape_too() {
        Series series = series(35, i -> i < 25 ? 100 : i < 33 ? 110 : 115);
        KnownLevels known = new KnownLevels(List.of(25), OptionalInt.of(33));

        assertThat(SeriesAnalysis.of(series, STEPS, known).shape().segments())
                .extracting(Segment::first)
                .containsExactly(0, 25, 33);
        assertThat(SeriesAnalysis.of(series, STEPS).shape().segments())
                .extracting(Segment::first)
                .containsExactly(0, 25);
    }

    /** One run 30 % off at run 30. */
    private static Series odd(double factor, boolean isCalled) {
        Series series = series(40, i -> i == 30 ? 100 * factor : 100);
        List<Point> points = new ArrayList<>(series.points());
        Point odd = points.get(30);
        points.set(30, new Point(odd.run(), odd.value(), odd.groupCount(), odd.groupDeviation(), isCalled));
        return series.withPoints(points);
    }

    @Test
    void one_run_that_a_check_called_and_the_next_commit_took_back_is_a_change_that_went_away_and_not_odd() {
        SeriesAnalysis called = SeriesAnalysis.of(odd(1.3, true), STEPS);
        SeriesAnalysis odd = SeriesAnalysis.of(odd(1.3, false), STEPS);

        assertThat(odd.shape().main().word()).isEqualTo(Shape.Word.SPIKED);
        assertThat(called.shape().main().word()).isEqualTo(Shape.Word.RECOVERED);
        assertThat(called.shape().anomalies()).isEmpty();
        assertThat(called.shape().excursions()).singleElement().satisfies(one -> {
            assertThat(one.first()).isEqualTo(30);
            assertThat(one.end()).isEqualTo(31);
            assertThat(one.relativeChange()).isEqualTo(0.3, within(0.02));
        });
        assertThat(SeriesAnalysis.of(odd(0.7, true), STEPS).shape().anomalies())
                .as("better is no regression")
                .hasSize(1);
        Series newest = odd(1.3, true);
        assertThat(SeriesAnalysis.of(newest.withPoints(newest.points().subList(0, 31)), STEPS)
                        .shape()
                        .excursions())
                .as("nothing is back yet")
                .isEmpty();
    }

    @Test
    void without_a_called_level_a_suspect_is_no_level_of_the_shape() {
        Series series = series(34, i -> i < 25 ? 100 : i < 32 ? 110 : 115);
        SeriesAnalysis analysis = SeriesAnalysis.of(series, STEPS);

        assertThat(analysis.confirmed()).extracting(SeriesChange::index).containsExactly(25);
        assertThat(analysis.suspect().orElseThrow().index()).isEqualTo(32);
        assertThat(analysis.changes()).hasSize(2);
        assertThat(analysis.shape().segments()).extracting(Segment::first).containsExactly(0, 25);
        assertThat(SeriesAnalysis.confirmed(series.values(), STEPS))
                .extracting(SeriesChange::index)
                .containsExactly(25);
    }

    @Test
    void a_method_without_steps_has_a_shape_of_its_own() {
        Series series = series(80, i -> i < 50 ? 100 : 110);

        SeriesAnalysis analysis = SeriesAnalysis.of(series, PELT);

        assertThat(analysis.shape().segments()).extracting(Segment::first).containsExactly(0, 50);
        assertThat(SeriesAnalysis.confirmed(series.values(), PELT))
                .extracting(SeriesChange::index)
                .contains(50);
    }

    @Test
    void nothing_is_doubted_of_enough_values_that_have_a_level() {
        Series series = series(80, i -> i < 50 ? 100 : 110);

        assertThat(SeriesAnalysis.of(series, PELT).warnings()).isEmpty();
        assertThat(SeriesAnalysis.of(series, STEPS).warnings()).isEmpty();
    }

    @Test
    void noise_is_told_relative_to_the_size_of_the_level() {
        double noise = noise(SeriesAnalysis.of(series(80, i -> 100), PELT));

        assertThat(noise).isBetween(0.003, 0.005);
        assertThat(noise(SeriesAnalysis.of(series(80, i -> 1e6), PELT))).isEqualTo(noise, within(1e-9));
        assertThat(noise(SeriesAnalysis.of(series(80, i -> -100), PELT))).isEqualTo(noise, within(1e-9));
        assertThat(noise(SeriesAnalysis.of(series(80, i -> 0), PELT))).isZero();
    }

    private static double noise(SeriesAnalysis analysis) {
        return analysis.current().orElseThrow().relativeNoise().orElseThrow();
    }

    @Test
    void the_margin_is_that_of_the_scan_or_else_the_usual_one() {
        Series series = series(80, i -> i < 50 ? 100 : 110);
        SeriesAnalysis wide = SeriesAnalysis.of(series, new ChangeMethod.BySteps(new StepScan.Settings(0.2)));

        assertThat(wide.margin()).isEqualTo(0.2);
        assertThat(wide.confirmed()).isEmpty();
        assertThat(stepped().margin()).isEqualTo(0.02);
        assertThat(SeriesAnalysis.of(series, PELT).margin()).isEqualTo(0.02);
    }

    private static Annotated stated(Annotation.Kind state) {
        return Annotated.NONE.then(Annotation.of(
                state,
                new Annotation.Origin("id", "Ann", Instant.EPOCH, "a reason"),
                state == Annotation.Kind.MUTED ? Optional.of(Instant.parse("2099-01-01T00:00:00Z")) : Optional.empty(),
                state == Annotation.Kind.FIXED ? "4f1c" : ""));
    }

    private static SeriesAnalysis with(Map<Integer, Annotated> statements) {
        return stepped().with(OptionalDouble.empty(), List.of(), statements, NO_ALARMS);
    }

    private static boolean isLookedInto(SeriesAnalysis analysis) {
        return analysis.summary().advice().stream().anyMatch(Advice.LookInto.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(Annotation.Kind.class)
    void levels_before_an_accepted_change_or_a_false_alarm_are_no_better_ones(Annotation.Kind state) {
        boolean isGivenUp = state == Annotation.Kind.ACCEPTED || state == Annotation.Kind.FALSE_ALARM;

        assertThat(isLookedInto(with(Map.of(50, stated(state))))).isEqualTo(!isGivenUp);
        assertThat(isLookedInto(with(Map.of()))).isTrue();
    }

    @Test
    void the_newest_accepted_change_counts() {
        assertThat(isLookedInto(with(Map.of(20, stated(Annotation.Kind.ACCEPTED)))))
                .as("the level after it was better still")
                .isTrue();
        assertThat(isLookedInto(
                        with(Map.of(20, stated(Annotation.Kind.ACCEPTED), 50, stated(Annotation.Kind.FALSE_ALARM)))))
                .isFalse();
        assertThat(isLookedInto(with(
                        Map.of(20, stated(Annotation.Kind.FALSE_ALARM), 50, stated(Annotation.Kind.ACKNOWLEDGED)))))
                .isTrue();
    }

    @Test
    void what_people_said_of_a_change_is_found_by_its_place() {
        Annotated stated = stated(Annotation.Kind.ACKNOWLEDGED);
        SeriesAnalysis analysis = with(Map.of(50, stated));

        assertThat(analysis.saidOf(analysis.changes().get(0))).isEqualTo(stated);
        assertThat(with(Map.of(49, stated)).saidOf(analysis.changes().get(0))).isEqualTo(Annotated.NONE);
    }

    @Test
    void the_size_that_the_judge_finds_takes_the_place_of_the_summarys_own() {
        assertThat(stepped()
                        .with(OptionalDouble.of(0.07), List.of(), Map.of(), NO_ALARMS)
                        .summary()
                        .detectable())
                .hasValue(0.07);
        assertThat(with(Map.of()).summary().detectable()).isEmpty();
        assertThat(stepped().summary().detectable()).isPresent();
    }

    @Test
    void what_checks_have_called_is_told_until_somebody_has_spoken_of_it() {
        SeriesAnalysis analysis = stepped();
        RunInfo run = Trials.run(78);
        CalledRegression called = new CalledRegression(analysis.key(), 78, run, 110, 121, run, Annotated.NONE);
        CalledRegression known = called.with(stated(Annotation.Kind.ACKNOWLEDGED));

        SeriesAnalysis open = analysis.with(OptionalDouble.empty(), List.of(called), Map.of(), NO_ALARMS);
        SeriesAnalysis spoken = analysis.with(OptionalDouble.empty(), List.of(known), Map.of(), NO_ALARMS);

        assertThat(open.called()).contains(called);
        assertThat(open.summary().advice())
                .filteredOn(Advice.Called.class::isInstance)
                .singleElement()
                .satisfies(advice -> {
                    Advice.Called reported = (Advice.Called) advice;
                    assertThat(reported.change()).isEqualTo(called.relativeChange());
                    assertThat(reported.index()).isEqualTo(78);
                    assertThat(reported.id()).isEqualTo(called.findingId());
                });
        assertThat(spoken.called()).contains(known);
        assertThat(spoken.summary().advice()).noneMatch(Advice.Called.class::isInstance);
    }

    @Test
    void false_alarms_ask_for_a_wider_margin() {
        SeriesAnalysis level = SeriesAnalysis.of(series(80, i -> 100), STEPS)
                .with(OptionalDouble.of(0.02), List.of(), Map.of(), new RefutedRegressions(2, 0.04));

        assertThat(level.summary().advice())
                .filteredOn(Advice.WidenMargin.class::isInstance)
                .singleElement()
                .satisfies(advice -> {
                    Advice.WidenMargin reported = (Advice.WidenMargin) advice;
                    assertThat(reported.alarms()).isEqualTo(2);
                    assertThat(reported.margin()).isEqualTo(0.02);
                });
    }

    /** A level series of which a method tells a change of 5 % with such an interval. */
    private static SeriesAnalysis reported(Optional<Interval> interval, double change) {
        SeriesAnalysis level = SeriesAnalysis.of(series(80, i -> 100), STEPS);
        SeriesChange one = new SeriesChange(
                40,
                100,
                100 * (1 + change),
                change,
                Tier.CONFIRMED,
                interval,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalInt.empty());
        return new SeriesAnalysis(
                level.key(),
                level.unit(),
                level.better(),
                level.values(),
                level.revisions(),
                STEPS,
                List.of(one),
                level.current(),
                false,
                List.of(),
                level.shape(),
                level.summary(),
                List.of(),
                Map.of(),
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.09, 0.05, REGRESSED",
        "-0.01, 0.11, 0.05, UNCHANGED",
        "-0.09, -0.01, -0.05, IMPROVED",
        "0, Infinity, Infinity, REGRESSED",
        "-Infinity, Infinity, 0.05, REGRESSED"
    })
    void a_change_has_moved_the_level_unless_its_interval_tells_that_it_may_not(
            double low, double high, double change, Verdict.Kind kind) {
        assertThat(reported(Optional.of(new Interval(low, high, 0.95)), change).verdict())
                .isEqualTo(kind);
    }

    @Test
    void a_change_without_an_interval_has_moved_the_level() {
        assertThat(reported(Optional.empty(), 0.05).verdict()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(reported(Optional.empty(), 0).verdict()).isEqualTo(Verdict.Kind.UNCHANGED);
    }

    @Test
    void a_shape_of_other_values_is_refused() {
        SeriesAnalysis analysis = stepped();
        SeriesShape other = SeriesShape.of(new double[79], SeriesShape.NO_DAYS, 0.02);

        assertThatThrownBy(() -> new SeriesAnalysis(
                        analysis.key(),
                        analysis.unit(),
                        analysis.better(),
                        analysis.values(),
                        analysis.revisions(),
                        STEPS,
                        List.of(),
                        analysis.current(),
                        false,
                        List.of(),
                        other,
                        analysis.summary(),
                        List.of(),
                        Map.of(),
                        Map.of()))
                .hasMessage("80 values with a shape of 79");
    }
}
