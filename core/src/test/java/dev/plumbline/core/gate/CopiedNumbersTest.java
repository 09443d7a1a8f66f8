package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.judge.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopiedNumbersTest {
    private static final double[] FINE = new Random(5).doubles(30, 119, 121).toArray();

    private static Point point(int run, double value) {
        RunHeader header = new RunHeader(
                Revision.of("c" + run, "main"),
                Environment.unknown(),
                Optional.empty(),
                Instant.EPOCH.plusSeconds(run),
                Collections.emptySortedMap());
        return Point.of(new RunInfo("run" + run, header), Sample.Summary.of(value));
    }

    /** A run whose value is that of an earlier one. */
    private static Trial copy(String unit, double value, double... earlier) {
        Series history = new Series(
                new SeriesKey(Benchmark.of("b"), "time", "lab", "main"),
                Unit.of(unit),
                Better.LOWER,
                IntStream.range(0, earlier.length)
                        .mapToObj(i -> point(i, earlier[i]))
                        .toList(),
                List.of());
        return new Trial(history, List.of(point(earlier.length, value)), List.of());
    }

    private static double[] rounded(double unit) {
        return Arrays.stream(FINE).map(value -> Math.round(value / unit) * unit).toArray();
    }

    @Test
    void a_time_written_with_all_its_digits_repeats_none_by_chance() {
        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", FINE[7], FINE)))).isTrue();
    }

    @Test
    void a_coarse_clock_repeats_values_by_chance() {
        double[] coarse = rounded(0.5);

        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", coarse[7], coarse))))
                .isFalse();
    }

    @Test
    void a_value_that_is_written_coarsely_among_finer_ones_may_be_equal_by_chance() {
        double[] earlier = FINE.clone();
        earlier[20] = 120.6;

        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", 120.6, earlier))))
                .isFalse();
    }

    @Test
    void counts_sizes_and_constant_times_are_no_evidence() {
        double[] constant = new double[30];
        Arrays.fill(constant, 120.0625);

        assertThat(CopiedNumbers.areCertain(List.of(copy("B", FINE[7], FINE)))).isFalse();
        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", 120.0625, constant))))
                .isFalse();
        assertThat(CopiedNumbers.areCertain(List.of())).isFalse();
    }

    @Test
    void few_earlier_values_do_not_show_whether_they_vary() {
        double[] young = Arrays.copyOf(FINE, 9);

        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", young[3], young))))
                .isFalse();
    }
}
