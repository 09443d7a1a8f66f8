package dev.plumbline.ingest.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchReadersTest {
    private static String measurement(String task, String perRun, String times) {
        return "{\"number_per_run\": " + perRun + ", \"raw_times\": " + times + ", \"task_spec\": {" + task + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"stmt\": \"x.sum()\" | x.sum()",
                "\"stmt\": \"x.sum()\", \"label\": \"sum\" | sum {sub_label=x.sum()}",
                "\"stmt\": \"s\", \"label\": \"sum\", \"sub_label\": \"[8]\", \"description\": \"mkl\" | sum {description=mkl, sub_label=[8]}",
                "\"stmt\": \"s\", \"num_threads\": 4, \"env\": \"new\" | s {env=new, threads=4}",
                "\"stmt\": \"s\", \"num_threads\": 1, \"label\": null | s"
            })
    void the_task_names_the_benchmark(String task, String label) throws IOException {
        assertThat(Gathered.of("m.json", measurement(task, "10", "[1, 3, 2]")).rows())
                .containsExactly(label + " | time | s | lower | 0.2");
    }

    @Test
    void every_time_of_one_run_is_kept_of_a_list_and_of_lines() throws IOException {
        String one = measurement("\"stmt\": \"a\"", "4", "[1, 2]");

        assertThat(Gathered.of("m.json", "[" + one + "]").groups("a", "time")).containsExactly(List.of(0.25, 0.5));
        assertThat(Gathered.of("m.jsonl", one + "\n" + one.replace("\"a\"", "\"b\"") + "\n")
                        .measurements())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "null", "NaN"})
    void a_number_of_runs_that_is_none_is_reported(String perRun) throws IOException {
        assertThat(Gathered.of("m.json", measurement("\"stmt\": \"a\"", perRun, "[1]"))
                        .problems())
                .startsWith("m.json:1:1: \"number_per_run\" is no positive number; the measurement is skipped");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | has no times; this metric is skipped",
                "[NaN, null] | no value is a finite number; this metric is skipped",
                "[-1] | a duration of -1.0 s is not possible; this metric is skipped"
            })
    void times_that_are_none_are_reported_once(String times, String problem) throws IOException {
        assertThat(Gathered.of("m.json", measurement("\"stmt\": \"a\"", "1", times))
                        .problems())
                .containsExactly(
                        "m.json:1:1: benchmark \"a\", metric \"time\": " + problem, "m.json: contains no measurement");
    }

    private static final String TABLE = """
            [------------ sum ------------]
                           |  eager  |  jit
            1 threads: -------------------
                  [8, 8]   |   12.5  |  10
                  (new) [8, 8]   |   11  |
            4 threads: -------------------
                  [8, 8]   |   5 (! 5%) |  fast

            Times are in microseconds (us).
            """;

    @Test
    void cells_of_a_table_are_in_the_unit_below_it() throws IOException {
        Gathered gathered = Gathered.of("out.txt", TABLE);

        assertThat(gathered.rows())
                .containsExactly(
                        "sum {description=eager, sub_label=[8, 8]} | time | us | lower | 12.5",
                        "sum {description=jit, sub_label=[8, 8]} | time | us | lower | 10",
                        "sum {description=eager, env=new, sub_label=[8, 8]} | time | us | lower | 11",
                        "sum {description=eager, sub_label=[8, 8], threads=4} | time | us | lower | 5");
        assertThat(gathered.problems()).containsExactly("out.txt:7: a cell of the table is no number; it is skipped");
    }

    @Test
    void a_printed_measurement_has_its_quartiles_and_one_that_breaks_off_is_reported() throws IOException {
        String begin = "<torch.utils.benchmark.utils.common.Measurement object at 0x7f>\n";
        Gathered gathered = Gathered.of("out.txt", begin + """
                sum: [8, 8]
                  Median: 12.50 us
                  IQR:    1.00 us (12.00 to 13.00)
                  9 measurements, 1000 runs per measurement, 4 threads
                """ + begin + "sum: [9, 9]\n");

        assertThat(gathered.rows()).containsExactly("sum {sub_label=[8, 8], threads=4} | time | us | lower | 12.5");
        var time = gathered.summary("sum {sub_label=[8, 8], threads=4}", "time");
        assertThat(time.count()).isEqualTo(9);
        assertThat(time.quantiles()).containsEntry(0.25, 12.0).containsEntry(0.75, 13.0);
        assertThat(gathered.problems()).containsExactly("out.txt:6: the measurement breaks off; it is skipped");
    }

    private static final String RECORD = """
            {"benchmark": {"name": "vLLM", "mode": "inference", "dtype": "bf16", "extra_info": {"device": "H100", "args": "x"}},
             "model": {"name": "org/m", "backend": "cuda"}, "metric": {"name": "latency", "unit": "ms", "benchmark_values": %s},
             "head_sha": "c0ffee", "head_branch": "main", "timestamp": 1700000000}
            """;

    @Test
    void a_record_has_its_model_mode_and_type_as_parameters_and_tells_commit_machine_and_time() throws IOException {
        Gathered gathered = Gathered.of("r.json", "[" + RECORD.formatted("[1, 3]") + "]");

        assertThat(gathered.rows())
                .containsExactly(
                        "vLLM {backend=cuda, dtype=bf16, mode=inference, model=org/m} | latency | ms | lower | 2");
        var header = gathered.header();
        assertThat(header.revision().commit()).isEqualTo("c0ffee");
        assertThat(header.revision().branch()).isEqualTo("main");
        assertThat(header.environment().facts()).containsEntry("device", "H100");
        assertThat(header.context()).containsEntry("args", "x");
        assertThat(header.measuredAt()).contains(Instant.ofEpochSecond(1700000000));
    }

    @ParameterizedTest
    @CsvSource({"[], has no value", "[null], no value is a finite number"})
    void a_record_without_a_value_is_reported_once(String values, String problem) throws IOException {
        assertThat(Gathered.of("r.json", RECORD.formatted(values)).problems())
                .hasSize(2)
                .first()
                .asString()
                .contains(problem + "; this metric is skipped");
    }
}
