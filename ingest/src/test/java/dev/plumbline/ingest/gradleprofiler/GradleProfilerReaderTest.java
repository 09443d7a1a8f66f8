package dev.plumbline.ingest.gradleprofiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradleProfilerReaderTest {
    private static final String WIDE = """
            scenario,assemble,assemble,clean
            version,Gradle 8.5,Gradle 8.5,Gradle 8.6
            tasks,assemble,assemble,clean
            value,total execution time,garbage collection time (s),total execution time
            warm-up build #1,900,9,900
            measured build #1,100,1,50
            measured build #2,120,3,
            mean,110,2,50
            """;

    @Test
    void measured_builds_of_a_column_are_one_sample_with_tool_and_tasks_as_parameters() throws IOException {
        Gathered gathered = Gathered.of("benchmark.csv", WIDE);

        assertThat(gathered.rows())
                .containsExactly(
                        "assemble {tasks=assemble, tool=Gradle 8.5} | time | ms | lower | 110",
                        "assemble {tasks=assemble, tool=Gradle 8.5} | garbage collection time | s | lower | 2",
                        "clean {tasks=clean, tool=Gradle 8.6} | time | ms | lower | 50");
        assertThat(gathered.groups("assemble {tasks=assemble, tool=Gradle 8.5}", "time"))
                .containsExactly(List.of(100.0, 120.0));
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_row_with_decimal_commas_has_too_many_fields_and_is_reported() throws IOException {
        Gathered gathered =
                Gathered.of("benchmark.csv", WIDE.replace("measured build #2,120,3,", "measured build #2,120,5,3,1"));

        assertThat(gathered.problems())
                .containsExactly(
                        "benchmark.csv:7: the row has 5 fields, there are 4 columns (decimal commas?); it is skipped");
    }

    private static final String LONG = """
            Scenario,Tool,Tasks,Phase,Iteration,Sample,Duration
            assemble,Gradle 8.5,assemble,WARM_UP,1,total execution time,900
            assemble,Gradle 8.5,assemble,MEASURE,1,total execution time,100
            assemble,Gradle 8.5,assemble,MEASURE,1,task start (us),7
            assemble,Gradle 8.5,assemble,MEASURE,2,total execution time,fast
            """;

    @Test
    void rows_of_the_long_layout_make_the_same_samples() throws IOException {
        Gathered gathered = Gathered.of("benchmark.csv", LONG);

        assertThat(gathered.rows())
                .containsExactly(
                        "assemble {tasks=assemble, tool=Gradle 8.5} | time | ms | lower | 100",
                        "assemble {tasks=assemble, tool=Gradle 8.5} | task start | us | lower | 7");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("metric \"time\": 1 of 2 values are no finite numbers and are left out");
    }

    @Test
    void a_sample_without_any_number_is_reported_once() throws IOException {
        Gathered gathered = Gathered.of("benchmark.csv", LONG.replace("time,100", "time,?"));

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("metric \"time\": no value is a finite number; this metric is skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sample", "sample", "Phase"})
    void a_column_of_the_long_layout_that_is_there_twice_is_refused(String column) {
        String twice = LONG.replaceFirst("\n", "," + column + "\n").replace("0\n", "0,x\n");

        assertThatThrownBy(() -> Gathered.of("benchmark.csv", twice))
                .hasMessageStartingWith("benchmark.csv:1: has the column \"" + column.toLowerCase(Locale.ROOT))
                .hasMessageEndingWith("more than once; leave one of them");
    }

    @Test
    void a_number_that_may_be_cut_off_is_refused() {
        assertThatThrownBy(() -> Gathered.of(
                        "benchmark.csv",
                        LONG.substring(0, LONG.indexOf("00\nassemble,Gradle 8.5,assemble,MEASURE,1,task"))))
                .hasMessageStartingWith("benchmark.csv:3: the last line has no end");
    }

    private static final String JSON = """
            {"title": "Nightly", "date": "2024-02-03T04:05:06Z",
             "environment": {"profilerVersion": "0.20.0", "operatingSystem": "Linux 6.1"},
             "scenarios": [{"definition": {"title": "assemble", "buildTool": "Gradle 8.5", "tasks": "assemble",
               "args": ["--offline"], "jvmArgs": ["-Xmx1g", "-ea"], "version": "8.5"},
              "samples": [{"name": "execution", "unit": "MILLISECONDS"}, {"name": "gc", "unit": "s"}],
              "iterations": [{"phase": "WARM_UP", "iteration": 1, "values": {"execution": 900}},
                             {"phase": "MEASURE", "iteration": 1, "values": {"execution": 100, "gc": 1.5}},
                             {"phase": "MEASURE", "iteration": 2, "values": {"execution": 110, "gc": null}}]}]}
            """;

    @Test
    void json_has_arguments_as_parameters_the_time_and_the_version() throws IOException {
        Gathered gathered = Gathered.of("benchmark.json", JSON.replace("MILLISECONDS", "ms"));

        String assemble = "assemble {args=--offline, jvmArgs=-Xmx1g -ea, tasks=assemble, tool=Gradle 8.5}";
        assertThat(gathered.rows())
                .containsExactly(assemble + " | time | ms | lower | 105", assemble + " | gc | s | lower | 1.5");
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.header().context())
                .containsEntry("tool", "gradle-profiler 0.20.0")
                .containsEntry("title", "Nightly");
        assertThat(gathered.header().environment().facts()).containsEntry("info.os", "Linux 6.1");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("benchmark.json:3:16: ")
                .contains("metric \"gc\": 1 of 2 values are no finite numbers");
    }
}
