package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.NextRun;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Replay.Settings SETTINGS = new Replay.Settings(40, 40, 300, 60, 7);

    @Test
    void healthy_suites_rarely_close_the_gate_and_large_regressions_are_found() {
        Calibration calibration = replay(suite(20, 60, random -> 100 * (1 + 0.01 * random.nextGaussian())));

        assertThat(calibration.series()).isEqualTo(20);
        assertThat(calibration.closed().count()).isEqualTo(40);
        assertThat(calibration.closed().hits()).isLessThanOrEqualTo(4);
        assertThat(calibration.detections())
                .extracting(Calibration.Detection::size)
                .containsExactly(0.01, 0.03, 0.05, 0.10, 0.15);
        Calibration.Detection largest = calibration.detections().get(4);
        assertThat(largest.within().get(0).found().count()).isEqualTo(40);
        assertThat(largest.within().get(0).found().share()).isGreaterThan(0.95);
        assertThat(largest.meanDelay().orElseThrow()).isBetween(1.0, 1.1);
        assertThat(calibration.detections().get(0).within().get(4).found().share())
                .isLessThan(0.5);
    }

    @Test
    void more_is_found_of_larger_regressions_and_with_more_runs() {
        Calibration calibration = replay(suite(8, 60, random -> 100 * (1 + 0.02 * random.nextGaussian())));

        for (Calibration.Detection detection : calibration.detections()) {
            assertThat(detection.within())
                    .extracting(within -> within.found().hits())
                    .isSorted();
        }
        assertThat(calibration.detections())
                .extracting(detection -> detection.within().get(4).found().share())
                .isSorted();
    }

    @Test
    void noise_makes_the_detectable_change_larger() {
        double quiet = replay(suite(3, 60, random -> 100 * (1 + 0.01 * random.nextGaussian())))
                .detectable()
                .get(0)
                .change()
                .orElseThrow();
        double loud = replay(suite(3, 60, random -> 100 * (1 + 0.03 * random.nextGaussian())))
                .detectable()
                .get(0)
                .change()
                .orElseThrow();

        assertThat(loud).isGreaterThan(2 * quiet).isLessThan(5 * quiet);
    }

    /** A history drawn anew lacks the spike in e⁻¹ of cases; the runs that come are judged by one that has it. */
    @Test
    void one_spike_hides_as_little_from_the_suite_as_from_the_series_alone() {
        List<Series> suite = suite(1, 60, random -> 100 * (1 + 0.005 * random.nextGaussian()));
        List<Point> points = new ArrayList<>(suite.get(0).points());
        Point spike = points.get(30);
        points.set(30, new Point(spike.run(), 1.4 * spike.value(), 1, 0, false));
        suite = List.of(suite.get(0).withPoints(points));

        Calibration.Detection together = replay(suite).detections().get(3);
        Calibration.Detection alone = new SeriesReplay(SETTINGS)
                .replay(NextRun.after(suite, Policy.DEFAULT), key -> true, done -> {})
                .get(0)
                .replay()
                .orElseThrow()
                .detections()
                .get(3);

        assertThat(together.within().get(0).found().share()).isGreaterThan(0.9);
        for (int i = 0; i < alone.within().size(); i++) {
            assertThat(together.within().get(i).found().share())
                    .as("%d runs", alone.within().get(i).runs())
                    .isCloseTo(alone.within().get(i).found().share(), within(0.25));
        }
    }

    @Test
    void an_old_step_is_not_taken_for_noise() {
        List<Series> suite = suite(1, 120, random -> 100 * (1 + 0.01 * random.nextGaussian()));
        List<Point> points = new ArrayList<>(suite.get(0).points());
        for (int i = 60; i < 120; i++) {
            Point point = points.get(i);
            points.set(i, new Point(point.run(), point.value() * 1.5, 1, 0, false));
        }

        Calibration calibration = replay(List.of(suite.get(0).withPoints(points)));

        assertThat(calibration.detectable().get(0).noise()).isBetween(0.005, 0.02);
        assertThat(calibration.detections().get(4).within().get(1).found().share())
                .isGreaterThan(0.9);
    }

    @Test
    void higher_is_better_is_made_worse_by_less() {
        List<Series> suite = suite(4, 60, random -> 100 * (1 + 0.005 * random.nextGaussian())).stream()
                .map(series -> new Series(series.key(), Unit.of("ops/s"), Better.HIGHER, series.points(), List.of()))
                .toList();

        assertThat(replay(suite).detections().get(4).within().get(0).found().share())
                .isGreaterThan(0.95);
    }

    @Test
    void the_same_seed_gives_the_same_answer_and_another_one_another() {
        List<Series> suite = suite(5, 60, random -> 100 * (1 + 0.02 * random.nextGaussian()));

        Calibration calibration = seeded(suite, 7);
        assertThat(seeded(suite, 7)).isEqualTo(calibration);
        assertThat(seeded(suite, 8).detections()).isNotEqualTo(calibration.detections());
    }

    private static Calibration seeded(List<Series> suite, long seed) {
        return new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(10, 10, 300, 60, seed))
                .measure(suite, done -> {});
    }

    @Test
    void constant_series_are_never_false_alarms_and_every_change_of_theirs_is_found_where_it_counts() {
        Calibration calibration = replay(suite(10, 40, random -> 7).stream()
                .map(series -> new Series(series.key(), Unit.of("B"), Better.LOWER, series.points(), List.of()))
                .toList());

        assertThat(calibration.called().hits()).isZero();
        assertThat(calibration.detections().get(1).within().get(0).found().share())
                .isEqualTo(1);
    }

    @Test
    void short_histories_are_left_out_and_none_left_gives_an_empty_answer() {
        Calibration calibration = replay(suite(3, 4, random -> 100));

        assertThat(calibration.series()).isZero();
        assertThat(calibration.leftOut()).isEqualTo(3);
        assertThat(calibration.closed().count()).isZero();
        assertThat(calibration.detections()).isEmpty();
        assertThat(replay(List.of()).series()).isZero();
    }

    @Test
    void values_below_zero_are_replayed_by_their_differences() {
        Calibration calibration = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(40, 5, 300, 60, 7))
                .measure(suite(5, 60, random -> random.nextGaussian()), done -> {});

        assertThat(calibration.series()).isEqualTo(5);
        assertThat(calibration.closed().count()).isEqualTo(40);
    }

    @Test
    void tells_of_its_progress_up_to_the_steps_it_announced() {
        List<Series> suite = suite(25, 20, random -> 100 + random.nextGaussian());
        Replay replay = new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, new Replay.Settings(3, 7, 300, 20, 1));
        AtomicInteger last = new AtomicInteger();

        replay.measure(suite, done -> assertThat(done).isEqualTo(last.incrementAndGet()));

        assertThat(last).hasValue(replay.steps(suite));
        // three of 25 are injected each time: three rounds for each of five sizes
        assertThat(replay.steps(suite)).isEqualTo(3 + 5 * 3);
    }

    @Test
    void refuses_settings_without_bounds() {
        assertThatThrownBy(() -> new Replay.Settings(0, 1, 1, 10, 1)).hasMessageContaining("replays");
        assertThatThrownBy(() -> new Replay.Settings(1, 1, 1, 10_001, 1)).hasMessageContaining("history");
    }

    private static Calibration replay(List<Series> suite) {
        return new Replay(Policy.DEFAULT, GatePolicy.DEFAULT, SETTINGS).measure(suite, done -> {});
    }

    private static List<Series> suite(int count, int length, ToDoubleFunction<SplittableRandom> value) {
        List<Series> suite = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(1000 + i);
            List<Point> points = new ArrayList<>();
            for (int j = 0; j < length; j++) {
                RunHeader header = new RunHeader(
                        Revision.of("c" + j, Revision.DEFAULT_BRANCH),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(j),
                        Collections.emptySortedMap());
                points.add(new Point(new RunInfo("r" + j, header), value.applyAsDouble(random), 1, 0, false));
            }
            suite.add(new Series(
                    new SeriesKey(Benchmark.of("b" + i), "time", "unknown", Revision.DEFAULT_BRANCH),
                    Unit.of("ms"),
                    Better.LOWER,
                    points,
                    List.of()));
        }
        return suite;
    }
}
