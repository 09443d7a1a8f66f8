package dev.plumbline.ingest.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageModelReadersTest {
    @Test
    void requests_of_llmperf_are_kept_one_by_one_and_failed_ones_left_out() throws IOException {
        Gathered gathered = Gathered.of("m_7b_550_150_individual_responses.json", """
                [{"error_code": null, "error_msg": "", "inter_token_latency_s": 0.02, "ttft_s": 0.5, "end_to_end_latency_s": 3,
                  "request_output_throughput_token_per_s": 50, "number_total_tokens": 700},
                 {"error_code": 429, "error_msg": "busy", "inter_token_latency_s": 9, "ttft_s": 9},
                 {"error_code": null, "inter_token_latency_s": 0.04, "ttft_s": 0.7, "end_to_end_latency_s": 5}]
                """);

        String model = "m_7b {mean_input_tokens=550, mean_output_tokens=150} | ";
        assertThat(gathered.rows())
                .containsExactly(
                        model + "inter_token_latency | s | lower | 0.03",
                        model + "ttft | s | lower | 0.6",
                        model + "end_to_end_latency | s | lower | 4",
                        model + "request_output_throughput | tokens/s | higher | 50",
                        model + "number_total_tokens | tokens | lower | 700",
                        model + "errors |  | lower | 1");
        assertThat(gathered.problems())
                .containsExactly("m_7b_550_150_individual_responses.json:1:1: 1 of 3 requests failed; their times are"
                        + " left out");
    }

    @Test
    void no_request_has_no_errors_to_count() throws IOException {
        assertThat(Gathered.as(Format.LLMPERF, "r.json", "[]").problems())
                .containsExactly("r.json: contains no measurement");
        assertThat(Gathered.as(Format.LLMPERF, "r.json", "[[]]").problems())
                .containsExactly(
                        "r.json:1:2: expected an object, found a list; it is skipped",
                        "r.json: contains no measurement");
    }

    @Test
    void without_its_usual_name_the_file_stands_for_the_model() throws IOException {
        assertThat(Gathered.of("responses.json", "[{\"inter_token_latency_s\": 0.02, \"ttft_s\": 0.5}]")
                        .rows())
                .contains("responses | ttft | s | lower | 0.5");
    }

    @Test
    void the_summary_of_llmperf_has_statistics_and_percentiles_from_90_up() throws IOException {
        Gathered gathered = Gathered.of("summary.json", """
                {"version": "2023-08-31", "name": "m_550_150_summary", "model": "org/m", "mean_input_tokens": 550,
                 "num_concurrent_requests": 2, "results_ttft_s_quantiles_p50": 0.5, "results_ttft_s_quantiles_p95": 0.9,
                 "results_ttft_s_quantiles_p99": Infinity, "results_ttft_s_mean": 0.6, "results_ttft_s_min": 0.1,
                 "results_ttft_s_max": 1.5, "results_ttft_s_stddev": 0.2, "results_num_completed_requests": 40,
                 "results_num_completed_requests_per_min": 30, "results_mean_output_throughput_token_per_s": 99,
                 "results_number_errors": 0, "results_error_rate": 0, "results_error_code_frequency": "{}",
                 "timestamp": 1700000000}
                """);

        String model = "org/m {mean_input_tokens=550, num_concurrent_requests=2}";
        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        model + " | ttft | s | lower | 0.6",
                        model + " | ttft.p95 | s | lower | 0.9",
                        model + " | output_throughput | tokens/s | higher | 99",
                        model + " | completed_requests | requests/min | higher | 30",
                        model + " | errors |  | lower | 0",
                        model + " | error_rate |  | lower | 0");
        var ttft = gathered.summary(model, "ttft");
        assertThat(ttft.count()).isEqualTo(40);
        assertThat(ttft.standardDeviation()).hasValue(0.2);
        assertThat(ttft.quantiles()).containsOnlyKeys(0.0, 0.5, 0.95, 1.0);
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochSecond(1700000000));
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("\"results_ttft_s_quantiles_p99\" is Infinity, no finite number; it is left out");
    }

    private static final String SERVE = """
            {"date": "20240203-040506", "backend": "vllm", "model_id": "org/m", "num_prompts": 3, "request_rate": "inf",
             "burstiness": 1.0, "duration": 10, "completed": %d, "total_input_tokens": 9, "request_throughput": 0.3,
             "output_throughput": 30, "total_token_throughput": 60, "mean_ttft_ms": 200, "median_ttft_ms": 190,
             "std_ttft_ms": 20, "p99_ttft_ms": 300, "p99.9_ttft_ms": 310, "mean_itl_ms": 20, "p50_itl_ms": 19,
             "ttfts": [0.1, 0.2, 0.3], "itls": [[0.01]], "errors": ["", "", "%s"]}
            """;

    @Test
    void first_tokens_of_vllm_are_kept_one_by_one_where_no_request_failed() throws IOException {
        Gathered gathered = Gathered.of("serve.json", SERVE.formatted(3, ""));

        String model = "org/m {backend=vllm, num_prompts=3, request_rate=inf}";
        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        model + " | request_throughput | requests/s | higher | 0.3",
                        model + " | output_throughput | tokens/s | higher | 30",
                        model + " | total_token_throughput | tokens/s | higher | 60",
                        model + " | ttft | s | lower | 0.20000000000000004",
                        model + " | ttft.p99 | ms | lower | 300",
                        model + " | ttft.p99.9 | ms | lower | 310",
                        model + " | itl | ms | lower | 20");
        assertThat(gathered.groups(model, "ttft")).containsExactly(List.of(0.1, 0.2, 0.3));
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void where_requests_of_vllm_failed_first_tokens_are_as_stated() throws IOException {
        Gathered gathered = Gathered.of("serve.json", SERVE.formatted(2, "timeout"));

        String model = "org/m {backend=vllm, num_prompts=3, request_rate=inf}";
        var ttft = gathered.summary(model, "ttft");
        assertThat(gathered.measurement(model, "ttft").metric().unit().symbol()).isEqualTo("ms");
        assertThat(ttft.location()).isEqualTo(200);
        assertThat(ttft.count()).isEqualTo(2);
        assertThat(ttft.standardDeviation()).hasValue(20);
        assertThat(gathered.problems()).containsExactly("serve.json:1:1: 1 requests failed");
    }

    @Test
    void batches_of_vllm_are_kept_and_the_file_stands_for_the_model() throws IOException {
        Gathered gathered = Gathered.of(
                "latency_m.json",
                "{\"avg_latency\": 2, \"latencies\": [1.5, 2.5], \"percentiles\": {\"50\": 2, \"90\": 2.4, \"99\": NaN}}");

        assertThat(gathered.rows())
                .containsExactly("latency_m | latency | s | lower | 2", "latency_m | latency.p90 | s | lower | 2.4");
        assertThat(gathered.problems()).singleElement().asString().contains("\"percentiles.99\" is NaN");
    }

    @Test
    void the_throughput_of_vllm_has_the_names_of_its_serving() throws IOException {
        assertThat(Gathered.of(
                                "t.json",
                                "{\"elapsed_time\": 4, \"num_requests\": 8, \"total_num_tokens\": 80, \"requests_per_second\": 2,"
                                        + " \"tokens_per_second\": 20}")
                        .rows())
                .containsExactly(
                        "t | time | s | lower | 4",
                        "t | request_throughput | requests/s | higher | 2",
                        "t | total_token_throughput | tokens/s | higher | 20");
    }
}
