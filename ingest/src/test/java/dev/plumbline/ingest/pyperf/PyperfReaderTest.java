package dev.plumbline.ingest.pyperf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyperfReaderTest {
    private static String file(String metadata, String benchmarks) {
        return "{\"version\": \"1.0\", \"metadata\": {" + metadata + "}, \"benchmarks\": [" + benchmarks + "]}";
    }

    private static String benchmark(String metadata, String runs) {
        return "{\"metadata\": {" + metadata + "}, \"runs\": [" + runs + "]}";
    }

    @Test
    void every_process_is_a_group_and_what_only_warmed_up_is_none() throws IOException {
        Gathered gathered = Gathered.of("bench.json", file("", benchmark("\"name\": \"sort\"", """
                {"metadata": {"date": "2024-02-03 04:05:06"}, "warmups": [[1, 9]]}, {"values": [1, 3]}, {"values": [5]}
                """)));

        assertThat(gathered.groups("sort", "time")).containsExactly(List.of(1.0, 3.0), List.of(5.0));
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
    }

    @ParameterizedTest
    @CsvSource({"second, time, s", "byte, memory, B", "integer, value, ''"})
    void the_unit_of_the_metadata_is_that_of_the_values(String unit, String metric, String symbol) throws IOException {
        assertThat(Gathered.of(
                                "b.json",
                                file("\"unit\": \"" + unit + "\"", benchmark("\"name\": \"a\"", "{\"values\": [2]}")))
                        .rows())
                .containsExactly("a | " + metric + " | " + symbol + " | lower | 2");
    }

    @Test
    void what_all_benchmarks_share_stands_above_and_may_be_overruled() throws IOException {
        Gathered gathered = Gathered.of(
                "b.json",
                file(
                        "\"name\": \"all\", \"cpu_model_name\": \"Example\", \"cpu_count\": 8, \"python_implementation\":"
                                + " \"cpython\", \"python_version\": \"3.12\", \"hostname\": \"bench\", \"pyperf_version\": \"2.6\"",
                        benchmark("", "{\"values\": [2]}") + ","
                                + benchmark("\"name\": \"b\", \"unit\": \"byte\"", "{\"values\": [3]}")));

        assertThat(gathered.rows()).containsExactly("all | time | s | lower | 2", "b | memory | B | lower | 3");
        assertThat(gathered.header().environment().facts())
                .containsEntry("cpu", "Example")
                .containsEntry("cores", "8")
                .containsEntry("python", "cpython 3.12")
                .containsEntry("info.host", "bench");
        assertThat(gathered.header().context()).containsEntry("tool", "pyperf 2.6");
    }

    @Test
    void benchmarks_without_values_are_reported_each_once() throws IOException {
        Gathered gathered = Gathered.of(
                "b.json",
                file(
                        "",
                        benchmark("\"name\": \"a\"", "{\"warmups\": [[1, 2]]}") + ",\n"
                                + benchmark("\"name\": \"b\"", "{\"values\": [NaN]}")));

        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains("\"a\", metric \"time\": has no values but those of calibration"),
                        two -> assertThat(two).startsWith("b.json:2:1: ").contains("no value is a finite number"),
                        three -> assertThat(three).contains("contains no measurement"));
    }
}
