package dev.plumbline.ingest.gbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleBenchmarkReaderTest {

    /** The means that the tool works out itself, by benchmark and metric. */
    private static Map<String, Double> means(Path file) throws IOException {
        Map<String, Double> means = new HashMap<>();
        try (Json json = Json.open(Source.of(file), new Gathered())) {
            json.next();
            json.object(key -> {
                if (key.equals("benchmarks")) {
                    json.list(() -> {
                        Map<String, String> texts = new HashMap<>();
                        Map<String, Double> numbers = new HashMap<>();
                        json.object(name -> {
                            texts.put(name, json.text());
                            numbers.put(name, json.number());
                        });
                        if ("mean".equals(texts.get("aggregate_name"))) {
                            for (String metric :
                                    new String[] {"real_time", "cpu_time", "bytes_per_second", "items_per_second"}) {
                                if (numbers.containsKey(metric)) {
                                    means.put(texts.get("run_name") + " " + metric, numbers.get(metric));
                                }
                            }
                        }
                    });
                }
            });
        }
        return means;
    }

    @Test
    void the_tool_s_means_follow_from_the_repetitions() throws IOException {
        Path file = Fixtures.file("google-benchmark/repetitions.json");
        Gathered gathered = Gathered.of(file);
        Map<String, Double> means = means(file);

        assertThat(means).hasSizeGreaterThan(10);
        for (Measurement kept : gathered.measurements()) {
            Double mean =
                    means.remove(kept.benchmark().label() + " " + kept.metric().name());
            if (mean != null) {
                assertThat(kept.sample()).isInstanceOf(Sample.Values.class);
                double[] raw = ((Sample.Values) kept.sample()).group(0);
                assertThat(raw).hasSize(5);
                assertThat(Sample.Values.of(Sample.Center.MEAN, raw).location()).isCloseTo(mean, within(1e-12 * mean));
            }
        }
        assertThat(means).isEmpty();
    }

    @Test
    void aggregates_are_kept_as_stated_where_there_is_nothing_else() throws IOException {
        Path file = Fixtures.file("google-benchmark/aggregates-only.json");
        Sample.Summary copy = (Sample.Summary)
                Gathered.of(file).measurement("Copy/64", "real_time").sample();

        assertThat(copy.location()).isEqualTo(means(file).get("Copy/64 real_time"));
        assertThat(copy.standardDeviation()).hasValue(2.6487384690512865);
        assertThat(copy.quantiles()).containsEntry(0.5, 12.37806421066738);
    }

    @Test
    void times_fall_and_rates_rise() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("google-benchmark/repetitions.json"));

        assertThat(gathered.measurement("Copy/64", "cpu_time").metric().better())
                .isEqualTo(Better.LOWER);
        assertThat(gathered.measurement("Copy/64", "cpu_time").metric().unit().symbol())
                .isEqualTo("ns");
        assertThat(gathered.measurement("Copy/64", "bytes_per_second").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("Copy/64", "items_per_second")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("items/s");
    }

    @Test
    void a_benchmark_that_failed_is_a_problem_with_its_message() throws IOException {
        assertThat(Gathered.of(Fixtures.file("google-benchmark/repetitions.json")).problems().stream()
                        .filter(problem -> !problem.contains("unknown direction of")))
                .hasSize(5)
                .allSatisfy(problem -> assertThat(problem).endsWith("benchmark \"Fails\" failed: \"no such file\""));
    }

    @Test
    void a_counter_of_which_nothing_tells_the_direction_is_told_once() throws IOException {
        assertThat(Gathered.of(Fixtures.file("google-benchmark/repetitions.json"))
                        .problems())
                .filteredOn(problem -> problem.contains("is better"))
                .containsExactly(
                        "src/test/resources/google-benchmark/repetitions.json:337:5: unknown direction of"
                                + " \"depth\"; assuming lower is better",
                        "src/test/resources/google-benchmark/repetitions.json:337:5: unknown direction of"
                                + " \"frames\"; assuming lower is better",
                        "src/test/resources/google-benchmark/repetitions.json:337:5: unknown direction of"
                                + " \"secondsPerFrame\"; assuming lower is better");
    }

    @Test
    void what_is_no_number_is_told_and_not_taken_for_a_text() throws IOException {
        Gathered json = Gathered.of("b.json", """
                {"context": {"num_cpus": 1}, "benchmarks": [
                 {"name": "a", "run_type": "iteration", "iterations": 5, "real_time": "1,5", "cpu_time": 2,
                  "time_unit": "ns", "label": "1,5", "hits": "12,5", "misses": null}]}
                """);
        Gathered csv = Gathered.of("b.csv", """
                name,iterations,real_time,cpu_time,time_unit,items_per_second,label,error_occurred,error_message
                "a",5,abc,2,ns,,"fast",,
                """);

        assertThat(json.problems())
                .containsExactly(
                        "b.json:2:2: benchmark \"a\", metric \"hits\": \"12,5\" is no number; it is left out",
                        "b.json:2:2: benchmark \"a\", metric \"misses\": null is no number; it is left out",
                        "b.json:2:2: benchmark \"a\", metric \"real_time\": \"1,5\" is no number; it is left out");
        assertThat(csv.problems())
                .containsExactly(
                        "b.csv:2: benchmark \"a\", metric \"real_time\": \"abc\" is no number; it is left out");
        assertThat(json.measurements()).isEqualTo(csv.measurements()).hasSize(1);
    }

    @Test
    void the_csv_that_benchmark_out_writes_tells_the_machine_above_the_table() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("google-benchmark-csv/out-with-context.csv"));

        assertThat(gathered.measurement("Copy/64", "real_time").sample().location())
                .isEqualTo((5.077 + 5.36246) / 2);
        assertThat(gathered.header().environment().facts())
                .containsEntry("cores", "2")
                .containsEntry("info.mhz", "2596.12");
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2026-11-27T07:19:58Z"));
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void places_in_a_table_below_other_lines_are_those_of_the_file() throws IOException {
        assertThat(Gathered.of("b.csv", """
                2026-01-31T12:00:00+00:00
                Running ./b

                name,iterations,real_time,cpu_time,time_unit
                a,5,1,2,ns
                b,5,1
                """).problems())
                .containsExactly("b.csv:6: the row has 3 fields, there are 5 columns; it is skipped");
    }

    @Test
    void the_machine_is_that_of_the_file() throws IOException {
        RunHeader header = Gathered.of(Fixtures.file("google-benchmark/interleaved-with-context.json"))
                .header();

        assertThat(header.environment().facts())
                .containsEntry("cores", "2")
                .containsEntry("info.host", "bench")
                .containsKey("caches");
        assertThat(header.measuredAt()).isPresent();
    }

    @Test
    void a_local_time_without_zone_is_taken_in_the_zone_of_the_surroundings() throws IOException {
        assertThat(Gathered.of(
                                "x.json",
                                "{\"context\": {\"date\": \"2019-11-29 21:26:59\", \"num_cpus\": 4},"
                                        + " \"benchmarks\": [{\"name\": \"a\", \"real_time\": 1, \"time_unit\":"
                                        + " \"us\"}]}")
                        .header()
                        .measuredAt())
                .contains(Instant.parse("2019-11-29T21:26:59Z"));
    }

    @Test
    void files_of_other_projects_are_read_without_a_problem() throws IOException {
        for (Path file : Fixtures.shared("native/googlebenchmark")) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.format()).isEqualTo(Format.GOOGLE_BENCHMARK);
            assertThat(gathered.problems()).as("%s", file).isEmpty();
            assertThat(gathered.measurements()).hasSize(4);
        }
    }
}
