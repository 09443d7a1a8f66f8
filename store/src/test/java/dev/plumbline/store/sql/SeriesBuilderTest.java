package dev.plumbline.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.Fixtures;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RevisionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesBuilderTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("Sort"), "time", "lab", "main");
    private static final Metric TIME = Fixtures.metric("ns/op", Better.LOWER);

    /** Equal to the other and not the same, so that no short cut is taken. */
    private static final Metric SAME_TIME = Fixtures.metric("ns/op", Better.LOWER);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void points_in_order_and_points_in_none_become_the_series_that_sorting_them_gives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SeriesBuilder builder = new SeriesBuilder(Reruns.POOL, RevisionOrder.Recorded.NONE_CHECKED);
        for (int round = 0; round < 5; round++) {
            List<Point> points = points(random, round % 2 == 0);
            OptionalInt newest =
                    random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(points.size())) : OptionalInt.empty();
            List<Point> sorted = new ArrayList<>(points);
            sorted.sort(Comparator.comparingLong(
                    point -> point.run().header().revision().position().getAsLong()));
            List<Point> expected = sorted.subList(sorted.size() - newest.orElse(sorted.size()), sorted.size());

            points.forEach(point -> builder.add(point, TIME, 1));
            Series plain = builder.build(KEY, Optional.empty(), newest).orElseThrow();
            for (int i = 0; i < points.size(); i++) {
                builder.add(points.get(i), i % 2 == 0 ? TIME : SAME_TIME, 1);
            }
            Series mixed = builder.build(KEY, Optional.empty(), newest).orElseThrow();

            assertThat(plain.points()).as("seed %d, round %d", seed, round).isEqualTo(expected);
            assertThat(mixed).as("seed %d, round %d", seed, round).isEqualTo(plain);
        }
    }

    @Test
    void series_of_the_same_runs_share_them() {
        SeriesBuilder builder = new SeriesBuilder(Reruns.POOL, RevisionOrder.Recorded.NONE_CHECKED);
        List<RunInfo> runs = List.of(run(1), run(2), run(3));

        List<Series> built = new ArrayList<>();
        for (double value : new double[] {1, 2}) {
            runs.forEach(run -> builder.add(run, value, 1, 0, false, TIME, 1));
            built.add(builder.build(KEY, Optional.empty(), OptionalInt.empty()).orElseThrow());
        }

        assertThat(PackedPoints.of(built.get(0).points())
                        .haveRunsOf(PackedPoints.of(built.get(1).points())))
                .isTrue();
        assertThat(built.get(1).values()).containsExactly(2, 2, 2);
    }

    @Test
    void nothing_added_is_no_series_and_the_point_before_is_forgotten() {
        SeriesBuilder builder = new SeriesBuilder(Reruns.POOL, RevisionOrder.Recorded.NONE_CHECKED);

        assertThat(builder.build(KEY, Optional.empty(), OptionalInt.empty())).isEmpty();
        builder.add(run(1), 1, 1, 0, false, TIME, 1);
        Optional<Series> late =
                builder.build(KEY, Optional.of(Fixtures.NOON.plusSeconds(1 << 30)), OptionalInt.empty());
        builder.add(run(2), 2, 1, 0, false, Fixtures.metric("ms", Better.LOWER), 1);
        Series next = builder.build(KEY, Optional.empty(), OptionalInt.empty()).orElseThrow();

        assertThat(late).isEmpty();
        assertThat(next.values()).containsExactly(2);
        assertThat(next.warnings()).isEmpty();
    }

    private static List<Point> points(SplittableRandom random, boolean inOrder) {
        List<Point> points = new ArrayList<>();
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            int place = inOrder ? i / 2 : random.nextInt(10);
            points.add(
                    new Point(run(place), random.nextDouble(1, 2), 1 + random.nextInt(2), 0, random.nextInt(5) == 0));
        }
        return points;
    }

    /** Runs of one place are alike in revision order. */
    private static RunInfo run(int place) {
        return new RunInfo("run" + place, Fixtures.header(place));
    }
}
