package dev.plumbline.ingest.caliper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaliperReaderTest {
    private static String trial(String size, String measurements) {
        return """
                {"run": {"startTime": "2024-02-03T04:05:06Z", "label": "nightly"},
                 "instrumentSpec": {"className": "RuntimeInstrument"},
                 "scenario": {"host": {"properties": {"host.cpu.names": "Example", "os.name": "Linux",
                    "host.availableProcessors": "8", "os.arch": "amd64", "host.name": "bench", "host.memory.swap": "1"}},
                  "vmSpec": {"properties": {"java.vm.name": "OpenJDK", "java.vm.version": "17.0.1"}},
                  "benchmarkSpec": {"className": "o.e.Sort", "methodName": "quick", "parameters": {"size": %s}}},
                 "measurements": [%s]}
                """.formatted(size, measurements);
    }

    private static String value(double magnitude, String unit, double weight, String description) {
        return "{\"value\": {\"magnitude\": %s, \"unit\": \"%s\"}, \"weight\": %s, \"description\": \"%s\"}"
                .formatted(magnitude, unit, weight, description);
    }

    @Test
    void a_value_is_the_magnitude_divided_by_the_weight_and_trials_are_groups() throws IOException {
        String first = trial("\"10\"", value(100, "ns", 10, "runtime") + "," + value(120, "ns", 10, "runtime"));
        String second = trial("\"10\"", value(90, "ns", 10, "runtime"));
        Gathered gathered = Gathered.of("results.json", "[" + first + "," + second + "]");

        assertThat(gathered.rows()).containsExactly("o.e.Sort.quick {size=10} | time | ns | lower | 10");
        assertThat(gathered.groups("o.e.Sort.quick {size=10}", "time"))
                .containsExactly(List.of(10.0, 12.0), List.of(9.0));
    }

    @Test
    void the_trial_tells_time_machine_and_jvm() throws IOException {
        Gathered gathered = Gathered.of("results.json", "[" + trial("1", value(1, "ns", 1, "runtime")) + "]");

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cpu", "Example")
                .containsEntry("cores", "8")
                .containsEntry("jvm", "OpenJDK 17.0.1")
                .containsEntry("info.host.name", "bench")
                .doesNotContainKey("host.memory.swap");
        assertThat(gathered.header().context())
                .containsEntry("label", "nightly")
                .containsEntry("instrument", "RuntimeInstrument");
    }

    @Test
    void other_descriptions_are_metrics_and_other_parameters_other_benchmarks() throws IOException {
        Gathered gathered = Gathered.of(
                "results.json",
                "[" + trial("1", value(64, "B", 2, "bytes") + "," + value(6, "", 2, "objects")) + ","
                        + trial("[1, 2]", value(3, "ns", 1, "")) + "]");

        assertThat(gathered.rows())
                .containsExactly(
                        "o.e.Sort.quick {size=1} | bytes | B | lower | 32",
                        "o.e.Sort.quick {size=1} | objects |  | lower | 3",
                        "o.e.Sort.quick {size=[1, 2]} | time | ns | lower | 3");
        assertThat(gathered.problems()).singleElement().asString().contains("unknown direction of \"objects\"");
    }

    @Test
    void a_weight_of_zero_and_a_magnitude_that_is_missing_are_reported() throws IOException {
        Gathered gathered = Gathered.of(
                "results.json",
                "["
                        + trial(
                                "1",
                                value(5, "ns", 0, "runtime") + ", {\"weight\": 1, \"description\": \"runtime\"}, "
                                        + value(4, "ns", 2, "runtime"))
                        + "]");

        assertThat(gathered.groups("o.e.Sort.quick {size=1}", "time")).containsExactly(List.of(2.0));
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("2 of 3 values are no finite numbers and are left out");
    }

    @Test
    void a_trial_without_a_benchmark_is_reported_with_its_place() throws IOException {
        Gathered gathered = Gathered.of(
                "results.json",
                "[" + trial("1", value(1, "ns", 1, "runtime")) + ",\n{\"instrumentSpec\": {}, \"scenario\": {}}]");

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems()).singleElement().asString().startsWith("results.json:9:1: ");
    }
}
