package dev.plumbline.core.history;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonallyAdjustedTest {
    private static final double MARGIN = 0.02;

    private static Series series(int runs, double noise, IntToDoubleFunction course) {
        double[] values = Trials.noisy(3, runs, 1, noise);
        Arrays.setAll(values, i -> values[i] * course.applyAsDouble(i));
        return DURATION.series(Trials.points(values));
    }

    private static SeasonallyAdjusted of(Series series) {
        return SeasonallyAdjusted.of(series, MARGIN, KnownLevels.NONE);
    }

    /** Six runs a day for six weeks, slower at weekends, times something else. */
    private static Series swinging(long seed, double deviation, IntToDoubleFunction course) {
        double[] noise = Trials.noisy(seed, 252, 1, deviation);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < noise.length; i++) {
            Instant time = Instant.parse("2026-01-05T00:00:00Z").plusSeconds(4L * 3600 * i); // a Monday
            double level = (i / 6 % 7 >= 5 ? 104 : 96) * course.applyAsDouble(i);
            RunInfo run = new RunInfo(
                    "run" + i,
                    new RunHeader(
                            Revision.of("c" + i, "main"),
                            Environment.unknown(),
                            Optional.of(time),
                            time,
                            new TreeMap<>()));
            points.add(new Point(run, level * noise[i], 1, 0, false));
        }
        return DURATION.series(points);
    }

    @Test
    void a_level_series_is_left_as_it_is() {
        Series series = series(60, 0.01, i -> 100);

        SeasonallyAdjusted adjusted = of(series);

        assertThat(adjusted.values()).isEqualTo(series.values());
        assertThat(adjusted.isSeasonal()).isFalse();
        assertThat(adjusted.changes()).isEmpty();
        assertThat(adjusted.excursions()).isEmpty();
        assertThat(adjusted.slopes()).isEmpty();
        assertThat(adjusted.isPartOfSlope(30)).isFalse();
    }

    @Test
    void a_step_is_the_one_of_the_scan() {
        Series series = series(60, 0.01, i -> i < 40 ? 100 : 110);

        SeasonallyAdjusted adjusted = of(series);

        assertThat(adjusted.steps()).isEqualTo(StepScan.analyze(series.values(), new StepScan.Settings(MARGIN)));
        assertThat(adjusted.changes()).extracting(SeriesChange::index).containsExactly(40);
        assertThat(adjusted.changes().get(0).relativeChange()).isEqualTo(0.1, within(0.01));
        assertThat(adjusted.isSeasonal()).isFalse();
        assertThat(adjusted.values()).isEqualTo(series.values());
        assertThat(adjusted.slopes()).isEmpty();
    }

    @Test
    void its_values_are_its_own() {
        SeasonallyAdjusted adjusted = of(series(60, 0.01, i -> 100));

        adjusted.values()[0] = 7;

        assertThat(adjusted.values()[0]).isNotEqualTo(7);
    }

    @Test
    void what_went_away_is_told_with_its_ends() {
        List<Excursion> excursions =
                of(series(120, 0.01, i -> i >= 60 && i < 75 ? 115 : 100)).excursions();

        assertThat(excursions).hasSize(1);
        assertThat(excursions.get(0).first()).isEqualTo(60);
        assertThat(excursions.get(0).end()).isEqualTo(75);
    }

    @Test
    void a_swing_is_taken_out_and_only_what_else_changed_is_a_step() {
        Series series = swinging(5, 0.006, i -> i < 150 ? 1 : 1.06);
        assertThat(StepScan.analyze(series.values()).steps()).hasSizeGreaterThan(6);

        SeasonallyAdjusted adjusted = of(series);

        assertThat(adjusted.isSeasonal()).isTrue();
        assertThat(adjusted.changes()).hasSize(1);
        assertThat(adjusted.changes().get(0).index()).isBetween(147, 153);
        assertThat(adjusted.changes().get(0).relativeChange()).isEqualTo(0.06, within(0.01));
        // without the swing of four per cent to each side
        assertThat(Spread.standardDeviation(Arrays.copyOf(adjusted.values(), 140)))
                .isLessThan(1)
                .isGreaterThan(0.4);
        assertThat(Spread.standardDeviation(Arrays.copyOf(series.values(), 140)))
                .isGreaterThan(3);
        assertThat(of(swinging(5, 0.006, i -> 1)).changes()).isEmpty();
    }

    @Test
    void a_long_slope_is_one_and_its_steps_are_a_part_of_it() {
        SeasonallyAdjusted adjusted = of(series(160, 0.005, i -> i < 40 ? 100 : i < 100 ? 100 + (i - 39) / 3.0 : 120));

        assertThat(adjusted.slopes()).hasSize(1);
        int first = adjusted.slopes().get(0).first();
        int end = adjusted.slopes().get(0).end();
        assertThat(first).isBetween(32, 48);
        assertThat(end).isBetween(92, 108);
        assertThat(adjusted.isPartOfSlope(70)).isTrue();
        assertThat(adjusted.isPartOfSlope(first + 10)).isTrue();
        assertThat(adjusted.isPartOfSlope(20)).isFalse();
        assertThat(adjusted.isPartOfSlope(first)).isFalse();
        assertThat(adjusted.isPartOfSlope(end)).isFalse();
        assertThat(adjusted.isPartOfSlope(140)).isFalse();
    }

    @Test
    void a_slope_of_less_than_the_margin_or_of_few_runs_is_none() {
        IntToDoubleFunction climbing = i -> i < 40 ? 100 : i < 100 ? 100 + (i - 39) / 3.0 : 120;

        assertThat(SeasonallyAdjusted.of(series(160, 0.005, climbing), 0.25, KnownLevels.NONE)
                        .slopes())
                .isEmpty();
        assertThat(SeasonallyAdjusted.of(series(160, 0.005, climbing), 0.15, KnownLevels.NONE)
                        .slopes())
                .hasSize(1);
        assertThat(of(series(120, 0.002, i -> i < 50 ? 100 : i < 62 ? 100 + (i - 49) * 1.5 : 118))
                        .slopes())
                .isEmpty();
    }

    @Test
    void values_that_climb_slowly_have_a_slope_without_a_step() {
        Series series = series(200, 0.012, i -> 100 + i / 60.0);

        SeasonallyAdjusted adjusted = of(series);

        assertThat(adjusted.changes()).isEmpty();
        assertThat(adjusted.slopes()).hasSize(1);
        assertThat(of(series.withPoints(series.points().subList(0, 19))).slopes())
                .isEmpty();
    }

    @Test
    void values_that_swing_and_climb_have_a_slope_and_no_steps() {
        Series series = swinging(9, 0.015, i -> 1 + i / 1260.0);

        SeasonallyAdjusted adjusted = of(series);

        assertThat(adjusted.isSeasonal()).isTrue();
        assertThat(StepScan.analyze(adjusted.values(), new StepScan.Settings(MARGIN))
                        .steps())
                .as("what a scan makes of a slope")
                .isNotEmpty();
        assertThat(adjusted.changes()).isEmpty();
        assertThat(adjusted.slopes()).hasSize(1);
    }

    @Test
    void twenty_runs_are_enough_for_a_slope() {
        Series series = series(20, 0.002, i -> 100 + 0.3 * i);

        assertThat(of(series).steps().steps()).isEmpty();
        assertThat(of(series).slopes()).hasSize(1);
    }

    @Test
    void a_step_in_noisy_values_is_no_slope() {
        double[] values = Trials.noisy(33, 120, 1, 0.03);
        Arrays.setAll(values, i -> values[i] * (i < 60 ? 100 : 105));
        Series series = DURATION.series(Trials.points(values));

        assertThat(of(series).steps().steps()).isNotEmpty();
        assertThat(of(series).slopes()).isEmpty();
    }

    @Test
    void what_checks_call_is_no_part_of_the_level_that_something_came_back_to() {
        Series series = series(61, 0.004, i -> i >= 60 ? 125 : i >= 30 && i < 45 ? 108 : 100);
        KnownLevels known = new KnownLevels(List.of(20), OptionalInt.of(60));

        List<Excursion> excursions =
                SeasonallyAdjusted.of(series, MARGIN, known).excursions();

        assertThat(excursions).hasSize(1);
        assertThat(excursions.get(0).first()).isEqualTo(30);
        double without = of(series.withPoints(series.points().subList(0, 60)))
                .excursions()
                .get(0)
                .after();
        assertThat(excursions.get(0).after()).isEqualTo(without, within(1e-9));
    }
}
