package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.Gathered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
    private static final RunHeader HEADER = new RunFacts().in(ImportContext.unknown(Gathered.NOW));
    private static final Benchmark SORT = Benchmark.of("sort");

    private final Gathered sink = new Gathered();
    private final Recorder recorder = new Recorder(sink);

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void a_name_that_is_none_is_a_problem_and_no_benchmark(String name) {
        assertThat(recorder.benchmark("a:1", name, Map.of())).isEmpty();
        assertThat(sink.problems())
                .singleElement()
                .asString()
                .startsWith("a:1: ")
                .endsWith("; the benchmark is skipped");
    }

    @Test
    void names_and_values_of_parameters_have_their_limits() {
        assertThat(recorder.benchmark("a:1", "x".repeat(1000), Map.of("n", "y".repeat(1000))))
                .isPresent();
        assertThat(recorder.benchmark("a:1", "a", Map.of("", "x"))).isEmpty();
        assertThat(recorder.benchmark("a:1", "a", Map.of("n", "y".repeat(5000))))
                .isEmpty();
        assertThat(sink.problems()).hasSize(2).allMatch(problem -> problem.endsWith("; the benchmark is skipped"));
    }

    @Test
    void a_unit_that_is_absurdly_long_is_a_problem() {
        assertThat(recorder.unit("a:1", "x".repeat(128))).isPresent();
        assertThat(recorder.unit("a:1", "x".repeat(129))).isEmpty();
        assertThat(sink.problems()).singleElement().asString().endsWith("; this metric is skipped");
    }

    @Test
    void an_unknown_direction_is_lower_and_reported_once_for_a_metric_in_a_unit() {
        assertThat(recorder.better("a:1", "foo", Unit.of("x"), Optional.empty()))
                .isEqualTo(Better.LOWER);
        recorder.better("a:2", "foo", Unit.of("x"), Optional.empty());
        recorder.better("a:3", "foo", Unit.of("y"), Optional.empty());
        recorder.better("a:4", "foo", Unit.of(""), Optional.empty(), "how");
        assertThat(recorder.better("a:5", "foo", Unit.of("x"), Optional.of(Better.HIGHER)))
                .isEqualTo(Better.HIGHER);

        assertThat(sink.problems())
                .containsExactly(
                        "a:1: unknown direction of \"foo\" in \"x\"; assuming lower is better",
                        "a:3: unknown direction of \"foo\" in \"y\"; assuming lower is better",
                        "a:4: unknown direction of \"foo\"; assuming lower is better (how)");
    }

    @Test
    void a_hundred_unknown_directions_are_reported_and_no_more() {
        for (int i = 0; i < 150; i++) {
            recorder.better("a:1", "foo" + i, Unit.of(""), Optional.empty());
        }

        assertThat(sink.problems()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({"ms, true", "ns/op, true", "B, false", "ops/s, false", "'', false"})
    void only_durations_cannot_be_negative(String unit, boolean impossible) {
        recorder.stated("a:1", HEADER, SORT, "m", unit, Better.LOWER, Sample.Summary.of(-1));

        assertThat(sink.measurements().isEmpty()).isEqualTo(impossible);
        assertThat(sink.problems().size()).isEqualTo(impossible ? 1 : 0);
    }

    @Test
    void one_negative_value_among_others_makes_durations_impossible() {
        RawValues values = new RawValues();
        List.of(5.0, -0.5, 7.0).forEach(values::add);
        recorder.values("a:1", HEADER, SORT, "time", Unit.of("ms"), Better.LOWER, Sample.Center.MEDIAN, values);

        assertThat(sink.measurements()).isEmpty();
        assertThat(sink.problems())
                .containsExactly("a:1: benchmark \"sort\", metric \"time\": a duration of -0.5 ms is not possible; this"
                        + " metric is skipped");
    }

    @Test
    void values_that_are_no_numbers_are_counted_and_nothing_is_kept_of_nothing() {
        RawValues some = new RawValues();
        List.of(1.0, Double.NaN, Double.POSITIVE_INFINITY).forEach(some::add);
        RawValues none = new RawValues();
        none.add(Double.NaN);

        assertThat(recorder.values("a:1", HEADER, SORT, "m", Unit.of(""), Better.LOWER, Sample.Center.MEAN, some))
                .isTrue();
        assertThat(recorder.values("a:2", HEADER, SORT, "n", Unit.of(""), Better.LOWER, Sample.Center.MEAN, none))
                .isFalse();
        assertThat(recorder.values(
                        "a:3", HEADER, SORT, "o", Unit.of(""), Better.LOWER, Sample.Center.MEAN, new RawValues()))
                .isFalse();
        assertThat(sink.problems())
                .containsExactly(
                        "a:1: benchmark \"sort\", metric \"m\": 2 of 3 values are no finite numbers and are left out",
                        "a:2: benchmark \"sort\", metric \"n\": no value is a finite number; this metric is skipped");
    }

    @Test
    void a_bare_number_that_is_none_is_a_problem_of_its_metric() {
        recorder.number("a:1", HEADER, SORT, "m", "", Better.LOWER, Double.NEGATIVE_INFINITY);

        assertThat(sink.problems())
                .containsExactly("a:1: benchmark \"sort\", metric \"m\": is no finite number; this metric is skipped");
    }

    @Test
    void both_zeros_of_a_histogram_are_one_and_counts_that_no_histogram_holds_are_a_problem() {
        TreeMap<Double, Long> zeros = new TreeMap<>(Map.of(0.0, 2L, 1.0, 1L));
        zeros.put(-0.0, 3L);
        TreeMap<Double, Long> many = new TreeMap<>(Map.of(1.0, Long.MAX_VALUE, 2.0, Long.MAX_VALUE));

        assertThat(recorder.bins("a:1", zeros).orElseThrow().counts()).containsExactly(5, 1);
        assertThat(recorder.bins("a:2", many)).isEmpty();
        assertThat(recorder.bins("a:3", new TreeMap<>())).isEmpty();
        assertThat(sink.problems())
                .singleElement()
                .asString()
                .startsWith("a:2: ")
                .endsWith("this histogram is left out");
    }

    @Test
    void a_commit_that_is_absurdly_long_is_a_problem_and_the_run_is_skipped() {
        assertThat(recorder.header(
                        "a:1", new RunFacts().commit("c".repeat(100_000)), ImportContext.unknown(Gathered.NOW)))
                .isEmpty();
        assertThat(sink.problems())
                .singleElement()
                .asString()
                .startsWith("a:1: ")
                .endsWith("; the run is skipped");
    }
}
