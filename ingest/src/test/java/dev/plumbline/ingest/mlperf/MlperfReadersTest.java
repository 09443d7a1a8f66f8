package dev.plumbline.ingest.mlperf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Better;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlperfReadersTest {
    private static final String SUMMARY = """
            ================================================
            MLPerf Results Summary
            ================================================
            SUT name : example sut
            Scenario : Server
            Mode     : PerformanceOnly
            Completed samples per second    : 99.5
            Completed tokens per second     : 1000
            Result is : %s
              Performance constraints satisfied : Yes

            ================================================
            Additional Stats
            ================================================
            Scheduled samples per second        : 100
            Min latency (ns)                : 1000
            Max latency (ns)                : 9000
            Mean latency (ns)               : 4000
            50.00 percentile latency (ns)   : 3500
            90.00 percentile latency (ns)   : 7000
            99.90 percentile latency (ns)   : 8900

            ================================================
            Test Parameters Used
            ================================================
            samples_per_query : 8
            target_qps : 100
            """;

    @Test
    void a_summary_has_rates_and_a_latency_with_percentiles_from_90_up() throws IOException {
        Gathered gathered = Gathered.of("mlperf_log_summary.txt", SUMMARY.formatted("VALID"));

        String sut = "example sut {samples_per_query=8, scenario=Server}";
        assertThat(gathered.rows())
                .contains(
                        sut + " | latency | ns | lower | 4000",
                        sut + " | latency.p90 | ns | lower | 7000",
                        sut + " | latency.p99.9 | ns | lower | 8900")
                .noneMatch(row -> row.contains("p50"))
                .allMatch(row -> row.startsWith(sut));
        assertThat(gathered.measurement(sut, "completed_tokens").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.summary(sut, "latency").quantiles()).containsOnlyKeys(0.0, 0.5, 0.9, 0.999, 1.0);
        assertThat(gathered.header().context()).containsEntry("target_qps", "100");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_result_that_is_not_valid_is_reported_and_kept_and_another_mode_is_another_benchmark() throws IOException {
        Gathered gathered = Gathered.of(
                "mlperf_log_summary.txt", SUMMARY.formatted("INVALID").replace("PerformanceOnly", "AccuracyOnly"));

        assertThat(gathered.problems())
                .containsExactly("mlperf_log_summary.txt:9: the run was not valid: \"INVALID\"; its numbers are kept");
        assertThat(gathered.measurement(
                        "example sut {mode=AccuracyOnly, samples_per_query=8, scenario=Server}", "latency"))
                .isNotNull();
    }

    private static String event(long millis, String key, String rest) {
        return ":::MLLOG {\"namespace\": \"\", \"time_ms\": " + millis
                + ", \"event_type\": \"POINT_IN_TIME\", \"key\": \"" + key + "\", " + rest + "}\n";
    }

    private static String training(String status) {
        return event(1, "submission_benchmark", "\"value\": \"resnet\"")
                + event(2, "global_batch_size", "\"value\": 256")
                + event(1700000000000L, "run_start", "\"value\": null")
                + event(1700000001000L, "epoch_start", "\"value\": null")
                + event(1700000003000L, "epoch_stop", "\"value\": null")
                + event(1700000003000L, "epoch_start", "\"value\": null")
                + event(1700000007000L, "epoch_stop", "\"value\": null")
                + event(1700000007000L, "eval_accuracy", "\"value\": 0.5")
                + event(1700000008000L, "eval_accuracy", "\"value\": 0.75")
                + event(1700000008000L, "tracked_stats", "\"value\": {\"throughput\": 100, \"loss\": 0.5}")
                + event(1700000010000L, "run_stop", "\"value\": null, \"metadata\": {\"status\": \"" + status + "\"}");
    }

    @Test
    void a_training_is_the_time_from_its_start_to_its_end_with_every_epoch_and_the_last_accuracy() throws IOException {
        Gathered gathered = Gathered.of("result_0.txt", "noise\n" + training("success"));

        String resnet = "resnet {global_batch_size=256}";
        assertThat(gathered.rows())
                .containsExactly(
                        resnet + " | time_to_train | s | lower | 10",
                        resnet + " | eval_accuracy |  | higher | 0.75",
                        resnet + " | epoch_time | s | lower | 3",
                        resnet + " | throughput | samples/s | higher | 100",
                        resnet + " | loss |  | lower | 0.5");
        assertThat(gathered.groups(resnet, "epoch_time")).containsExactly(List.of(2.0, 4.0));
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
    }

    @Test
    void a_training_that_did_not_succeed_has_no_time_and_is_reported_with_its_line() throws IOException {
        Gathered gathered = Gathered.of("result_0.txt", training("aborted"));

        assertThat(gathered.rows()).noneMatch(row -> row.contains("time_to_train"));
        assertThat(gathered.problems())
                .containsExactly(
                        "result_0.txt:11: the training ended with \"aborted\": its time is meaningless and is skipped");
    }

    @Test
    void an_event_that_breaks_off_is_refused_with_its_line_and_column() {
        String log = training("success");

        assertThatThrownBy(() -> Gathered.of("result_0.txt", log.substring(0, log.length() - 20) + "\n"))
                .hasMessageMatching("result_0\\.txt:11:\\d+: ends in the middle of a value.*");
        assertThatThrownBy(() -> Gathered.of("result_0.txt", log + "host: :::MLLOG {\"key\": x}\n"))
                .hasMessageStartingWith("result_0.txt:12:")
                .hasMessageContaining("is not JSON here");
    }

    private static final String TINY = """
            00000.100 session: m-session-start-id[20240203040506]
            00000.200 dut: m-model-[ad01]
            00000.300 dut: m-profile-[ULPMark for tinyML]
            00000.400 dut: m-infer-start-10
            00000.500 dut: m-lap-us-1000000
            00000.600 dut: m-lap-us-1500000
            00000.700 dut: m-infer-start-10
            00000.800 dut: m-lap-us-2000000
            00000.900 dut: m-lap-us-3000000
            00001.000 dut: m-infer-start-10
            00001.100 dut: m-lap-us-3000000
            00001.200 dut: m-lap-us-2000000
            """;

    @Test
    void windows_of_inferences_are_values_and_one_that_ends_before_it_begins_is_reported() throws IOException {
        Gathered gathered = Gathered.of("log.txt", TINY);

        assertThat(gathered.rows()).containsExactly("ad01 | throughput | inferences/s | higher | 15");
        assertThat(gathered.groups("ad01", "throughput")).containsExactly(List.of(20.0, 10.0));
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.header().context()).containsEntry("firmware", "ULPMark for tinyML");
        assertThat(gathered.problems()).containsExactly("log.txt:12: the window ends before it begins; it is skipped");
    }

    @Test
    void a_session_on_a_day_that_does_not_exist_has_no_time() throws IOException {
        assertThat(Gathered.of("log.txt", TINY.replace("20240203", "20240230"))
                        .header()
                        .measuredAt())
                .isEmpty();
    }

    @Test
    void printed_results_have_throughput_and_energy_and_no_model() throws IOException {
        Gathered gathered = Gathered.of("results.txt", """
                00010.100 ulp-mlperf: Throughput  :  12.500 inf./sec.
                00010.200 ulp-mlperf: Energy      :  50.250 uJ/inf.
                00010.300 ulp-mlperf: Throughput  :  13.500 inf./sec.
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "ulp-mlperf | throughput | inferences/s | higher | 13",
                        "ulp-mlperf | energy | uJ/inf. | lower | 50.25");
    }
}
