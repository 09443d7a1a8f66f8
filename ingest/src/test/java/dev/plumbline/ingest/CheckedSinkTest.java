package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.RunFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckedSinkTest {
    private final Gathered gathered = new Gathered();
    private final CheckedSink sink = new CheckedSink("a.json", gathered);

    private static RunHeader header(String commit) {
        return new RunFacts().commit(commit).in(ImportContext.unknown(Gathered.NOW));
    }

    private static Measurement measurement(String name, Map<String, String> parameters, String metric) {
        return measurement(Benchmark.of(name, parameters), metric, Sample.Summary.of(1));
    }

    private static Sample histogram(double... values) {
        return Sample.Histogram.of(List.of(new Sample.Histogram.Bins(values, new long[] {7})));
    }

    private static Measurement measured(String metric, Sample sample) {
        return measurement(Benchmark.of("sort"), metric, sample);
    }

    private static Measurement measurement(Benchmark benchmark, String metric, Sample sample) {
        return new Measurement(benchmark, new Metric(metric, Unit.of("ms"), Better.LOWER), sample);
    }

    private void accept(String commit, String name, Map<String, String> parameters, String metric) {
        sink.accept(header(commit), measurement(name, parameters, metric));
    }

    @Test
    void the_same_in_another_run_with_other_parameters_or_of_another_metric_is_no_repetition() {
        accept("a", "sort", Map.of(), "time");
        accept("b", "sort", Map.of(), "time");
        accept("a", "sort", Map.of("n", "1"), "time");
        accept("a", "sort", Map.of("n1", ""), "time");
        accept("a", "sort", Map.of(), "memory");
        sink.end();

        assertThat(gathered.measurements()).hasSize(5);
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void what_is_measured_again_is_kept_and_reported_once_however_often() {
        for (int i = 0; i < 5; i++) {
            accept("a", "sort", Map.of(), "time");
        }
        sink.end();

        assertThat(gathered.measurements()).hasSize(5);
        assertThat(gathered.problems())
                .containsExactly("a.json: benchmark \"sort\", metric \"time\": is measured more than once in one run;"
                        + " every measurement is kept");
    }

    @Test
    void distributions_of_several_processes_are_no_repetition() {
        for (double process : new double[] {1, 1.1, 1.2}) {
            sink.accept(header("a"), measured("time", histogram(process)));
            SortedMap<Double, Double> quantiles = new TreeMap<>(Map.of(0.99, process));
            sink.accept(
                    header("a"),
                    measured(
                            "p99",
                            new Sample.Summary(process, 9, OptionalDouble.empty(), Optional.empty(), quantiles)));
        }
        sink.end();

        assertThat(gathered.measurements()).hasSize(6);
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void twenty_repetitions_are_reported_and_the_rest_is_counted() {
        for (int i = 0; i < 50; i++) {
            accept("a", "b" + i % 25, Map.of(), "time");
        }
        sink.end();

        assertThat(gathered.problems())
                .hasSize(21)
                .last()
                .isEqualTo("a.json: 5 more measurements are repeated in their runs");
    }

    @Test
    void a_hundred_problems_are_reported_and_the_rest_is_counted_and_each_counts_once() {
        for (int i = 0; i < 130; i++) {
            sink.problem(new Problem("a.json:" + i, "is wrong"));
            sink.problem(new Problem("a.json:" + Math.min(i, 99), "is wrong"));
        }
        accept("a", "sort", Map.of(), "time");
        sink.end();

        assertThat(gathered.problems()).hasSize(101).last().isEqualTo("a.json: 30 more problems like these");
        assertThat(sink.problems()).isEqualTo(130);
    }

    @Test
    void a_file_without_a_measurement_is_a_problem() {
        sink.end();

        assertThat(gathered.problems()).containsExactly("a.json: contains no measurement");
        assertThat(sink.measurements()).isZero();
        assertThat(sink.problems()).isEqualTo(1);
    }

    @Test
    void a_hundred_thousand_different_measurements_are_no_repetitions_and_one_more_of_the_first_is() {
        RunHeader header = header("a");
        for (int i = 0; i < 100_000; i++) {
            sink.accept(header, measurement("b" + i, Map.of(), "time"));
        }
        assertThat(gathered.problems()).isEmpty();

        sink.accept(header, measurement("b0", Map.of(), "time"));

        assertThat(gathered.problems()).singleElement().asString().contains("\"b0\"");
    }
}
