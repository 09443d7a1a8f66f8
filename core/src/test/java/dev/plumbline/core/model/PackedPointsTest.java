package dev.plumbline.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedPointsTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void packed_points_are_the_points_that_were_packed(long seed) {
        List<Point> points = points(new SplittableRandom(seed));

        PackedPoints packed = PackedPoints.of(points);

        assertThat(packed).as("seed %d", seed).isEqualTo(points);
        assertThat(points).isEqualTo(packed);
        assertThat(packed.hashCode()).isEqualTo(points.hashCode());
        assertThat(packed.values())
                .containsExactly(points.stream().mapToDouble(Point::value).toArray());
        assertThat(packed.notJudgedBad())
                .isEqualTo(points.stream().filter(point -> !point.judgedBad()).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void a_part_of_a_part_is_that_of_the_list(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = points(random);
        int first = random.nextInt(points.size());
        int end = first + random.nextInt(points.size() - first + 1);
        List<Point> part = points.subList(first, end);
        PackedPoints packed = (PackedPoints) PackedPoints.of(points).subList(first, end);

        assertThat(packed).as("seed %d", seed).isEqualTo(part);
        assertThat(packed.values())
                .containsExactly(part.stream().mapToDouble(Point::value).toArray());
        assertThat(packed.notJudgedBad())
                .isEqualTo(part.stream().filter(point -> !point.judgedBad()).toList());
        int middle = part.size() / 2;
        assertThat(packed.subList(middle, part.size())).isEqualTo(part.subList(middle, part.size()));
    }

    @Test
    void what_is_packed_is_not_packed_again() {
        PackedPoints packed = PackedPoints.of(points(new SplittableRandom(31)));

        assertThat(PackedPoints.of(packed)).isSameAs(packed);
        assertThat(packed.subList(0, packed.size())).isSameAs(packed);
        PackedPoints good = packed.notJudgedBad();
        assertThat(good.notJudgedBad()).isSameAs(good);
    }

    @Test
    void a_builder_gives_series_of_the_same_runs_the_same_column_of_runs() {
        List<RunInfo> runs = List.of(run(1), run(2), run(3));
        PackedPoints.Builder builder = new PackedPoints.Builder();
        runs.forEach(run -> builder.add(run, 1, 1, 0, false));
        PackedPoints first = builder.build();
        runs.forEach(run -> builder.add(run, 2, 3, 0.5, true));
        PackedPoints second = builder.build();
        runs.subList(0, 2).forEach(run -> builder.add(run, 3, 1, 0, false));
        PackedPoints shorter = builder.build();

        assertThat(second.haveRunsOf(first)).isTrue();
        assertThat(shorter.haveRunsOf(first)).isFalse();
        assertThat(second.subList(0, 2)).isNotEqualTo(shorter);
        assertThat(first).extracting(Point::value).containsExactly(1.0, 1.0, 1.0);
        assertThat(second)
                .containsOnly(
                        new Point(run(1), 2, 3, 0.5, true),
                        new Point(run(2), 2, 3, 0.5, true),
                        new Point(run(3), 2, 3, 0.5, true));
        assertThat(builder.build()).isEmpty();
    }

    @Test
    void good_points_in_a_row_are_a_part_with_the_same_column_of_runs() {
        List<RunInfo> runs = List.of(run(1), run(2), run(3), run(4));
        PackedPoints.Builder builder = new PackedPoints.Builder();
        runs.forEach(run -> builder.add(run, 1, 1, 0, run.id().equals("run4")));
        PackedPoints first = builder.build();
        runs.forEach(run -> builder.add(run, 2, 1, 0, run.id().equals("run4")));
        PackedPoints second = builder.build();
        runs.forEach(run -> builder.add(run, 3, 1, 0, run.id().equals("run2")));
        PackedPoints inBetween = builder.build();

        assertThat(first.notJudgedBad().haveRunsOf(second.notJudgedBad())).isTrue();
        assertThat(first.notJudgedBad()).extracting(Point::value).containsExactly(1.0, 1.0, 1.0);
        assertThat(inBetween.notJudgedBad())
                .extracting(point -> point.run().id())
                .containsExactly("run1", "run3", "run4");
        assertThat(PackedPoints.of(List.of(new Point(run(1), 1, 1, 0, true))).notJudgedBad())
                .isEmpty();
    }

    @Test
    void a_builder_takes_no_point_that_there_cannot_be() {
        PackedPoints.Builder builder = new PackedPoints.Builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(run(1), Double.NaN, 1, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(run(1), 1, 0, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(run(1), 1, 1, -0.1, false));
        assertThatThrownBy(() -> builder.add(null, 1, 1, 0, false)).isInstanceOf(NullPointerException.class);
        assertThat(builder.build()).isEmpty();
    }

    @Test
    void the_list_ends_where_its_part_ends_and_cannot_be_changed() {
        Point point = new Point(run(1), 1, 1, 0, false);
        List<Point> part = PackedPoints.of(List.of(point, point, point)).subList(1, 2);

        assertThatThrownBy(() -> part.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.subList(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.subList(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.add(point)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> part.set(0, point)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void packed_values_are_the_numbers_that_were_packed() {
        List<Double> numbers = List.of(1.5, -0.0, Double.NaN, Double.POSITIVE_INFINITY);

        PackedValues packed = PackedValues.of(numbers);

        assertThat(packed).isEqualTo(numbers);
        assertThat(numbers).isEqualTo(packed);
        assertThat(packed.hashCode()).isEqualTo(numbers.hashCode());
        assertThat(PackedValues.of(packed)).isSameAs(packed);
        assertThat(PackedValues.of(1.5, 0.0, Double.NaN, Double.POSITIVE_INFINITY))
                .isNotEqualTo(packed);
        packed.toDoubles()[0] = 7;
        assertThat(packed.get(0)).isEqualTo(1.5);
    }

    /** Up to forty points; in some lists all have one group, or no deviation, or none was judged bad. */
    private static List<Point> points(SplittableRandom random) {
        boolean grouped = random.nextBoolean();
        boolean deviating = random.nextBoolean();
        boolean bad = random.nextBoolean();
        List<Point> points = new ArrayList<>();
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            points.add(new Point(
                    run(i),
                    random.nextDouble(-100, 100),
                    grouped ? 1 + random.nextInt(5) : 1,
                    deviating ? random.nextDouble() : 0,
                    bad && random.nextInt(4) == 0));
        }
        return points;
    }

    private static RunInfo run(int number) {
        return new RunInfo(
                "run" + number,
                new RunHeader(
                        new Revision("c" + number, "main", Optional.of(TIME), OptionalLong.of(number)),
                        Environment.unknown(),
                        Optional.of(TIME),
                        TIME,
                        new TreeMap<>()));
    }
}
