package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.judge.trial.Trial;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void few_earlier_values_of_one_series_do_not_show_whether_it_varies() {
        double[] young = Arrays.copyOf(FINE, 9);

        assertThat(CopiedNumbers.areCertain(List.of(copy("ms", young[3], young))))
                .isFalse();
    }

    /** Copies of the first run, each with its own numbers. */
    private static List<Trial> copiesOfYoung(int series, int runs) {
        Random random = new Random(17);
        return IntStream.range(0, series)
                .mapToObj(i -> random.doubles(runs, 119, 121).toArray())
                .map(values -> copy("ms", values[0], values))
                .toList();
    }

    @ParameterizedTest(name = "{0} series after {1} runs: {2}")
    @CsvSource({"4, 2, false", "6, 2, true", "3, 3, false", "5, 3, true", "2, 9, false", "3, 9, true", "40, 1, false"})
    void few_earlier_values_of_several_series_do(int series, int runs, boolean certain) {
        assertThat(CopiedNumbers.areCertain(copiesOfYoung(series, runs))).isEqualTo(certain);
    }

    @Test
    void young_series_that_repeat_a_value_are_no_evidence() {
        List<Trial> trials =
                IntStream.range(0, 40).mapToObj(i -> copy("ms", 12, 12, 13, 12)).toList();

        assertThat(CopiedNumbers.areCertain(trials)).isFalse();
    }
}
