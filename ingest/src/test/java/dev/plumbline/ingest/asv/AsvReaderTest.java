package dev.plumbline.ingest.asv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsvReaderTest {
    private static final String VERSION_2 = """
            {"commit_hash": "c0ffee", "env_name": "virtualenv-py3.11", "date": 1700000000000, "version": 2,
             "params": {"cpu": "Example 1", "num_cpu": "8", "arch": "x86_64", "os": "Linux 6.1", "ram": "16G",
                        "python": "3.11", "machine": "bench", "numpy": "1.26"},
             "result_columns": ["result", "params", "version", "started_at", "duration", "stats_ci_99_a",
                                "stats_ci_99_b", "stats_q_25", "stats_q_75"],
             "results": {%s}}
            """;

    private static Gathered read(String results) throws IOException {
        return Gathered.of("result.json", VERSION_2.formatted(results));
    }

    @Test
    void the_beginning_of_the_name_gives_metric_and_unit() throws IOException {
        Gathered gathered = read("""
                "s.time_a": [[0.5], []], "s.timeraw_b": [[0.25], []], "s.mem_c": [[64], []], "s.peakmem_d": [[128], []],
                "s.track_accuracy": [[0.9], []], "s.track_e": [[3], []]
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "s.time_a | time | s | lower | 0.5",
                        "s.timeraw_b | time | s | lower | 0.25",
                        "s.mem_c | memory | B | lower | 64",
                        "s.peakmem_d | memory | B | lower | 128",
                        "s.track_accuracy | value |  | higher | 0.9",
                        "s.track_e | value |  | lower | 3");
    }

    @Test
    void the_file_tells_commit_time_machine_and_environment() throws IOException {
        Gathered gathered = read("\"s.time_a\": [[0.5], []]");

        assertThat(gathered.header().revision().commit()).isEqualTo("c0ffee");
        assertThat(gathered.header().revision().commitTime()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cpu", "Example 1")
                .containsEntry("cores", "8")
                .containsEntry("memory", "16G")
                .containsEntry("info.host", "bench")
                .containsEntry("asv.numpy", "1.26");
        assertThat(gathered.header().context()).containsEntry("env_name", "virtualenv-py3.11");
    }

    @Test
    void the_last_parameter_changes_fastest() throws IOException {
        Gathered gathered = read("\"s.time_a\": [[1, 2, 3, 4], [[\"10\", \"20\"], [\"'x'\", \"'y'\"]]]");

        assertThat(gathered.rows())
                .containsExactly(
                        "s.time_a {param1=10, param2='x'} | time | s | lower | 1",
                        "s.time_a {param1=10, param2='y'} | time | s | lower | 2",
                        "s.time_a {param1=20, param2='x'} | time | s | lower | 3",
                        "s.time_a {param1=20, param2='y'} | time | s | lower | 4");
    }

    @Test
    void interval_and_quartiles_belong_to_their_combination() throws IOException {
        Gathered gathered = read(
                "\"s.time_a\": [[1, 2], [[\"1\", \"2\"]], \"v\", 0, 1, [0.5, 1.5], [1.5, 2.5], [0.75, 1.75], [1.25, null]]");

        var second = gathered.summary("s.time_a {param1=2}", "time");
        assertThat(second.interval()).contains(new Interval(1.5, 2.5, 0.99));
        assertThat(second.quantiles()).containsOnlyKeys(0.25);
    }

    @Test
    void results_that_do_not_fit_the_parameters_are_skipped_and_reported() throws IOException {
        Gathered gathered = read("\"s.time_a\": [[1, 2, 3], [[\"1\", \"2\"]]],\n\"s.time_b\": [[1], []]");

        assertThat(gathered.rows()).containsExactly("s.time_b | time | s | lower | 1");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("result.json:")
                .endsWith("benchmark \"s.time_a\": 3 results for 2 combinations of parameters; it is skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null, []]", "[[null], []]", "[[NaN], []]", "[[\"NaN\"], []]"})
    void a_result_that_is_missing_is_reported_in_every_layout(String result) throws IOException {
        Gathered gathered = read("\"s.time_a\": " + result + ", \"s.time_b\": [[1], []]");

        assertThat(gathered.rows()).containsExactly("s.time_b | time | s | lower | 1");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .endsWith("benchmark \"s.time_a\": 1 of 1 results are missing because the benchmark failed or was"
                        + " skipped there");
    }

    @Test
    void a_negative_time_is_reported_and_a_negative_tracked_value_is_kept() throws IOException {
        Gathered gathered = read("\"s.time_a\": [[-0.5], []], \"s.track_b\": [[-3], []]");

        assertThat(gathered.rows()).containsExactly("s.track_b | value |  | lower | -3");
        assertThat(gathered.problems()).singleElement().asString().contains("a duration of -0.5 s is not possible");
    }

    @ParameterizedTest
    @CsvSource({
        "s.time_a, 1.50±0.1ms, time, 0.0015",
        "s.time_a, 2.00m, time, 120",
        "s.time_a, 1.5h, time, 5400",
        "s.mem_a, 1.5k, memory, 1500",
        "s.peakmem_a, 12.5M, memory, 12500000",
        "s.track_a, 42, value, 42",
        "s.track_a, 3.5G, value, 3500000000",
        "s.track_a, 250ms, value, 0.25",
        "s.track_a, 2.5s, value, 2.5"
    })
    void printed_results_are_in_the_unit_of_their_kind(String name, String printed, String metric, double value)
            throws IOException {
        Gathered gathered = Gathered.of("out.txt", "[ 50.00%] ··· " + name + "   " + printed + "\n");

        assertThat(gathered.measurement(name, metric).sample().location()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"s.time_a, 12k", "s.mem_a, 3ms"})
    void a_unit_that_the_kind_cannot_have_is_reported(String name, String printed) throws IOException {
        Gathered gathered = Gathered.of(
                "out.txt", "[ 50.00%] ··· s.time_ok   1.00s\n[ 50.00%] ··· " + name + "   " + printed + "\n");

        assertThat(gathered.rows()).containsExactly("s.time_ok | time | s | lower | 1");
        assertThat(gathered.problems())
                .containsExactly("out.txt:2: benchmark \"" + name + "\": the result is \"" + printed
                        + "\", no number in a unit of its kind; it is skipped");
    }

    @Test
    void printed_commits_begin_runs_of_their_own_and_failures_are_reported() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                [  0.00%] · For project commit 0123abcd <main~1>:
                [ 50.00%] ··· s.time_a   1.00±0.01s
                [ 60.00%] ··· s.time_b   failed
                [  0.00%] · For project commit 89ef0123 <main>:
                [ 99.00%] ··· s.time_a   2.00±0.01s
                """);

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit() + " "
                        + run.header().revision().branch())
                .containsExactly("0123abcd main", "89ef0123 main");
        assertThat(gathered.problems())
                .containsExactly("out.txt:3: benchmark \"s.time_b\": the result is \"failed\"; it is skipped");
    }

    @Test
    void a_file_cut_off_inside_of_its_results_is_refused_with_its_place() {
        assertThatThrownBy(() -> Gathered.of(
                        "r.json", VERSION_2.formatted("\"s.time_a\": [[0.5").replace("}}", "")))
                .hasMessageMatching("r\\.json:\\d+:\\d+: ends in the middle of a value.*");
    }
}
