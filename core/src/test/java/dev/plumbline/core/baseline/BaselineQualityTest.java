package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.baseline.QualityCheck.Kind;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaselineQualityTest {
    private static EstablishedBaseline baseline(Series series) {
        return new Establisher(BaselineSettings.DEFAULT, Histories.provenance(1))
                .fromPoints(series, series.points())
                .baseline()
                .orElseThrow();
    }

    private static BaselineQuality quality(Series series, int daysLater, int revisions, int daysSilent) {
        Instant now = Histories.time(series.points().size() - 1).plus(Duration.ofDays(daysLater));
        return BaselineQuality.of(
                baseline(series),
                new BaselineQuality.Since(
                        now, OptionalInt.of(revisions), Optional.of(now.minus(Duration.ofDays(daysSilent)))),
                BaselineSettings.DEFAULT);
    }

    private static List<Kind> failures(BaselineQuality quality) {
        return quality.failures().stream().map(QualityCheck::kind).toList();
    }

    private static Series healthy(int runs) {
        return new Histories.Maker(5, 0.01).runs(runs, 100).series();
    }

    @Test
    void a_fresh_and_quiet_baseline_is_valid() {
        BaselineQuality quality = quality(healthy(30), 1, 2, 0);

        assertThat(quality.isValid()).isTrue();
        assertThat(quality.checks()).extracting(QualityCheck::kind).containsExactly(Kind.values());
    }

    @Test
    void too_few_runs_are_told_with_how_many_are_missing() {
        BaselineQuality quality = quality(healthy(7), 1, 0, 0);

        assertThat(failures(quality)).containsExactly(Kind.RUNS);
        assertThat(quality.failures()).containsExactly(new QualityCheck.Runs(7, 0, 10, true));
    }

    @Test
    void no_window_is_to_be_widened_where_runs_were_named() {
        Series series = healthy(7);
        Provenance named = new Provenance(1, Histories.time(7), "ann", "why", "revision v1.0", "0.1", new TreeMap<>());
        EstablishedBaseline baseline = new Establisher(BaselineSettings.DEFAULT, named)
                .fromPoints(series, series.points())
                .baseline()
                .orElseThrow();
        BaselineQuality quality = BaselineQuality.of(
                baseline,
                new BaselineQuality.Since(Histories.time(8), OptionalInt.empty(), Optional.empty()),
                BaselineSettings.DEFAULT);

        assertThat(quality.failures()).containsExactly(new QualityCheck.Runs(7, 0, 10, false));
    }

    @Test
    void a_run_that_is_too_odd_to_count_is_told_where_it_is_missing() {
        Series odd = new Histories.Maker(5, 0.01)
                .runs(5, 100)
                .value(300)
                .runs(4, 100)
                .series();
        BaselineQuality quality = quality(odd, 1, 0, 0);

        assertThat(failures(quality)).containsExactly(Kind.RUNS);
        assertThat(quality.failures()).containsExactly(new QualityCheck.Runs(9, 1, 10, true));
    }

    @Test
    void a_mean_that_is_not_known_well_is_told_with_the_runs_that_would_do() {
        Series noisy = new Histories.Maker(6, 0.4).runs(20, 100).series();
        BaselineQuality quality = quality(noisy, 1, 0, 0);

        assertThat(failures(quality)).containsExactly(Kind.INTERVAL);
        assertThat(quality.failures().get(0))
                .isInstanceOfSatisfying(QualityCheck.MeanInterval.class, interval -> assertThat(
                                interval.runsNeeded().orElseThrow())
                        .isGreaterThan(20));
    }

    @Test
    void a_step_inside_is_told() {
        Series stepped =
                new Histories.Maker(7, 0.005).runs(30, 100).runs(30, 108).series();

        assertThat(quality(stepped, 1, 0, 0).failures())
                .filteredOn(check -> check.kind() == Kind.STEPS)
                .singleElement()
                .isInstanceOfSatisfying(QualityCheck.Steps.class, steps -> {
                    assertThat(steps.count()).isOne();
                    assertThat(steps.newest().orElseThrow().commit()).isEqualTo("commit30");
                    assertThat(steps.newest().orElseThrow().relativeChange()).isCloseTo(0.077, within(0.0005));
                });
    }

    @Test
    void a_slow_slope_inside_is_told() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            points.add(Histories.point(i, 100 + 0.1 * i + (i % 3) * 0.2, false));
        }
        BaselineQuality quality = quality(Histories.series(dev.plumbline.core.model.Better.LOWER, points), 1, 0, 0);

        assertThat(failures(quality)).contains(Kind.DRIFT);
    }

    @Test
    void age_revisions_and_a_silent_environment_are_told() {
        assertThat(failures(quality(healthy(30), 91, 0, 0))).containsExactly(Kind.AGE);
        assertThat(failures(quality(healthy(30), 90, 0, 0))).isEmpty();
        assertThat(failures(quality(healthy(30), 1, 201, 0))).containsExactly(Kind.REVISIONS);
        assertThat(failures(quality(healthy(30), 1, 0, 91))).containsExactly(Kind.ENVIRONMENT);
    }

    @Test
    void what_no_history_tells_is_not_checked() {
        BaselineQuality quality = BaselineQuality.of(
                baseline(healthy(30)),
                new BaselineQuality.Since(Histories.time(30), OptionalInt.empty(), Optional.empty()),
                BaselineSettings.DEFAULT);

        assertThat(quality.isValid()).isTrue();
        assertThat(quality.checks()).extracting(QualityCheck::kind).doesNotContain(Kind.REVISIONS, Kind.ENVIRONMENT);
    }
}
