package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machine learning: the tools' own numbers follow from what is kept of their results. */
class LearningFormatsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    private static double number(Gathered gathered, String label, String metric) {
        return gathered.measurement(label, metric).sample().location();
    }

    /** {@code [m.median for m in measurements]}, PyTorch 2.6.0. */
    private static final double[] MEDIANS = {
        1.0871360009332421e-06,
        4.145449150018976e-06,
        3.499120149990631e-06,
        1.0229914996671142e-06,
        0.00011263240012340247,
        1.609941000424442e-06,
        0.0001214142500430171,
        7.470648000889923e-06,
        4.501530002016807e-06
    };

    @Test
    void torch_s_medians_follow_from_its_raw_times() throws IOException {
        List<Measurement> measurements = fixture("torch-json/measurements.json").measurements();

        assertThat(measurements).hasSize(MEDIANS.length);
        for (int i = 0; i < MEDIANS.length; i++) {
            assertThat(measurements.get(i).sample().location()).isCloseTo(MEDIANS[i], within(MEDIANS[i] * 1e-12));
        }
        assertThat(measurements)
                .extracting(m -> m.benchmark().label())
                .contains(
                        "square matrices {description=mm, sub_label=64x64, threads=2}",
                        "square matrices {description=add, sub_label=4x4}",
                        "y = x * 2\ny.sum() {env=branch}");
    }

    @Test
    void torch_s_table_has_the_medians_of_its_measurements_as_far_as_it_prints_them() throws IOException {
        Gathered table = fixture("torch-text/compare.txt");
        Gathered raw = fixture("torch-json/measurements.json");

        assertThat(table.measurements()).hasSize(8).allSatisfy(cell -> {
            double micros =
                    raw.measurement(cell.benchmark().label(), "time").sample().location() * 1e6;
            assertThat(cell.metric().unit().symbol()).isEqualTo("us");
            assertThat(cell.sample().location()).isCloseTo(micros, within(Math.max(0.51, micros * 0.5)));
        });
        assertThat(fixture("torch-text/compare-environments.txt").measurements())
                .extracting(m -> m.benchmark().label())
                .containsExactly(
                        "square {description=mm, env=branch, sub_label=16}",
                        "square {description=add, env=branch, sub_label=16}",
                        "square {description=mm, env=main, sub_label=16}",
                        "square {description=add, env=main, sub_label=16}");
    }

    @Test
    void torch_s_printed_measurements_have_the_median_of_their_raw_times() throws IOException {
        Gathered printed = fixture("torch-text/measurements.txt");
        Gathered raw = fixture("torch-json/measurements.json");
        List<Measurement> first = printed.measurements().subList(0, 4);

        assertThat(first).allSatisfy(m -> {
            double micros =
                    raw.measurement(m.benchmark().label(), "time").sample().location() * 1e6;
            assertThat(m.sample().location()).isCloseTo(micros, within(0.00501));
        });
        assertThat(((Sample.Summary) first.get(0).sample()).count())
                .isEqualTo(((Sample.Values) raw.measurements().get(0).sample()).size());
        assertThat(printed.measurements().get(5).benchmark().name()).isEqualTo("y = x * 2\ny.sum()");
    }

    @Test
    void a_pickle_is_refused_and_why_is_said() {
        assertThatThrownBy(() -> Gathered.of("m.pkl", new byte[] {(byte) 0x80, 4, (byte) 0x95, 0, 0}))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("pickle")
                .hasMessageContaining("JSON");
    }

    @Test
    void a_table_of_torch_without_its_unit_is_told() throws IOException {
        Gathered cut = Gathered.of("c.txt", "[---- a ----]\n     |  b\n1 threads: ---\n  x  |  1.5\n");

        assertThat(cut.measurements()).isEmpty();
        assertThat(cut.problems()).first().asString().contains("breaks off");
    }

    @Test
    void records_of_pytorch_s_database_have_every_value() throws IOException {
        Measurement latency = fixture("pytorch-records/latency.pytorch.json")
                .measurement(
                        "vLLM benchmark {backend=vllm, dtype=bfloat16, mode=inference, model=example/llama-7b}",
                        "latency");

        assertThat(latency.sample()).isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 1.5, 1.25, 1.75));
        assertThat(latency.sample().location()).isEqualTo(1.5);
        assertThat(fixture("pytorch-records/lines.json").header().revision().commit())
                .isEqualTo("0123456789abcdef");
    }

    @Test
    void timm_s_file_name_tells_precision_and_machine() throws IOException {
        Gathered table = fixture("timm-csv/benchmark-infer-amp-nchw-pt240-cu124-rtx4090.csv");
        String model = "test_vit {batch_size=1024, img_size=160, layout=nchw, mode=infer, precision=amp}";

        assertThat(number(table, model, "throughput")).isEqualTo(188343.61);
        assertThat(number(table, model, "step_time")).isEqualTo(5.426);
        assertThat(table.measurement(model, "throughput").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(table.header().environment().facts())
                .containsEntry("device", "rtx4090")
                .containsEntry("cuda", "124")
                .containsEntry("pytorch", "240");
        assertThat(number(
                        fixture("timm-csv/both.csv"),
                        "resnet50 {batch_size=512, img_size=224, mode=train}",
                        "throughput"))
                .isEqualTo(1200.25);
    }

    @Test
    void timm_s_step_time_is_the_batch_size_divided_by_the_throughput() throws IOException {
        for (var file : Fixtures.shared("native/ml-timm-csv")) {
            Gathered table = Gathered.of(file);
            assertThat(table.problems()).isEmpty();
            assertThat(table.measurements().stream()
                            .filter(m -> m.metric().name().equals("throughput")))
                    .isNotEmpty();
        }
    }

    @Test
    void dynamo_s_speedups_rise_and_failed_checks_are_told() throws IOException {
        Gathered table = fixture("dynamo-csv/torchbench.csv");
        String bert = "BERT_pytorch {batch_size=16, dev=cuda}";

        assertThat(number(table, bert, "speedup")).isEqualTo(1.625);
        assertThat(table.measurement(bert, "speedup").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(table.measurement(bert, "abs_latency").metric().unit().symbol())
                .isEqualTo("ms");
        assertThat(fixture("dynamo-csv/accuracy-and-latency.csv").problems())
                .singleElement()
                .asString()
                .contains("hf_T5")
                .contains("fail_accuracy");
    }

    @Test
    void loadgen_s_summary_and_detailed_log_say_the_same() throws IOException {
        Gathered summary = fixture("mlperf-loadgen/server.txt");
        Gathered detail = fixture("mlperf-log/loadgen-detail.txt");
        String sut = "PySUT {scenario=Server}";

        assertThat(number(summary, sut, "scheduled_samples"))
                .isEqualTo(100.05)
                .isEqualTo(number(detail, sut, "scheduled_samples"));
        assertThat(number(summary, sut, "completed_samples"))
                .isEqualTo(99.75)
                .isEqualTo(number(detail, sut, "completed_samples"));
        assertThat(number(summary, sut, "latency.p99.9"))
                .isEqualTo(81000000)
                .isEqualTo(number(detail, sut, "latency.p99.9"));
        Sample.Summary latency =
                (Sample.Summary) summary.measurement(sut, "latency").sample();
        assertThat(latency.location()).isEqualTo(12500000);
        assertThat(latency.quantiles())
                .containsEntry(0.0, 5000000.0)
                .containsEntry(0.5, 11000000.0)
                .containsEntry(0.999, 81000000.0)
                .containsEntry(1.0, 90000000.0);
        assertThat(summary.problems())
                .singleElement()
                .asString()
                .startsWith(Fixtures.file("mlperf-loadgen/server.txt") + ":8: ");
        assertThat(detail.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
    }

    @Test
    void loadgen_s_tokens_have_metrics_of_their_own() throws IOException {
        Gathered offline = fixture("mlperf-loadgen/offline-tokens.txt");
        Gathered single = fixture("mlperf-loadgen/single-stream.txt");

        assertThat(number(offline, "LLM SUT {samples_per_query=24576, scenario=Offline}", "token_throughput"))
                .isEqualTo(7215.5);
        assertThat(number(single, "PySUT {scenario=SingleStream}", "first_token_latency"))
                .isEqualTo(20);
        assertThat(number(single, "PySUT {scenario=SingleStream}", "time_per_output_token.p99"))
                .isEqualTo(3);
        assertThat(number(single, "PySUT {scenario=SingleStream}", "latency.p90"))
                .isEqualTo(2100);
    }

    @Test
    void a_percentile_that_is_no_finite_number_is_told_and_the_others_are_read() throws IOException {
        String file = Files.readString(Fixtures.file("mlperf-loadgen/offline-tokens.txt"))
                .replace("percentile latency (ns)   : 8900", "percentile latency (ns)   : inf");

        Gathered gathered = Gathered.of("mlperf_log_summary.txt", file);

        assertThat(gathered.problems())
                .containsExactly("mlperf_log_summary.txt:2: benchmark \"LLM SUT {samples_per_query=24576,"
                        + " scenario=Offline}\", metric \"latency.p99.9\": is no finite number; this"
                        + " metric is skipped");
        assertThat(number(gathered, "LLM SUT {samples_per_query=24576, scenario=Offline}", "latency"))
                .isEqualTo(5000);
    }

    @Test
    void a_percentile_above_a_hundred_is_none() throws IOException {
        String file = Files.readString(Fixtures.file("mlperf-log/loadgen-detail.txt"))
                .replace("result_99.90_percentile_latency_ns", "result_500.00_percentile_latency_ns");
        assertThat(file).contains("500.00");

        Gathered gathered = Gathered.of("mlperf_log_detail.txt", file);

        assertThat(((Sample.Summary) gathered.measurement("PySUT {scenario=Server}", "latency")
                                .sample())
                        .quantiles())
                .containsKey(0.5)
                .doesNotContainKeys(0.999, 5.0);
    }

    @Test
    void a_training_s_score_is_the_time_from_its_start_to_its_end() throws IOException {
        Gathered training = fixture("mlperf-log/training.txt");
        String resnet = "resnet {global_batch_size=3264}";

        assertThat(number(training, resnet, "time_to_train")).isEqualTo(65.5);
        assertThat(training.measurement(resnet, "epoch_time").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 30, 31));
        assertThat(number(training, resnet, "eval_accuracy")).isEqualTo(0.7595);
        assertThat(training.measurement(resnet, "throughput").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(fixture("mlperf-log/aborted.txt").measurements())
                .extracting(m -> m.metric().name())
                .containsExactly("block_time");
        assertThat(fixture("mlperf-log/aborted.txt").problems())
                .singleElement()
                .asString()
                .contains("aborted");
    }

    @Test
    void tiny_s_windows_have_the_median_that_the_runner_prints() throws IOException {
        Gathered log = fixture("mlperf-tiny/log.txt");
        double[] windows =
                ((Sample.Values) log.measurement("ic01", "throughput").sample()).group(0);

        assertThat(windows).containsExactly(10 / 12.396, 10 / 12.3955, 10 / 12.397);
        assertThat(number(log, "ic01", "throughput")).isEqualTo(10 / 12.396);
        assertThat(number(fixture("mlperf-tiny/results.txt"), "ulp-mlperf", "throughput"))
                .isEqualTo(1.42);
        assertThat(log.header().context()).containsEntry("tool", "MLPerf Tiny runner 3.0.6");
    }

    @Test
    void tiny_s_log_and_results_of_one_run_agree() throws IOException {
        double fromLog = Double.NaN;
        double printed = Double.NaN;
        for (var file : Fixtures.shared("native/ml-mlperf-tiny")) {
            if (file.toString().endsWith("Nucleo-L4R5ZI__ic__performance__log.txt")) {
                fromLog = Gathered.of(file).measurements().get(0).sample().location();
            } else if (file.toString().endsWith("Nucleo-L4R5ZI__ic__performance__results.txt")) {
                printed = Gathered.of(file).measurements().get(0).sample().location();
            }
        }
        assertThat(printed).isCloseTo(fromLog, within(0.0005));
    }

    @Test
    void llmperf_s_summary_follows_from_its_requests() throws IOException {
        Gathered requests = fixture("llmperf/example-7b_550_150_individual_responses.json");
        Gathered summary = fixture("llmperf/summary.json");
        String of = "example-7b {mean_input_tokens=550, mean_output_tokens=150";
        String individual = of + "}";
        String reported = of + ", num_concurrent_requests=5, stddev_input_tokens=0, stddev_output_tokens=0}";

        for (String metric :
                List.of("ttft", "inter_token_latency", "end_to_end_latency", "request_output_throughput")) {
            assertThat(number(requests, individual, metric))
                    .as(metric)
                    .isCloseTo(number(summary, reported, metric), within(1e-12));
            assertThat(requests.measurement(individual, metric).metric())
                    .isEqualTo(summary.measurement(reported, metric).metric());
        }
        assertThat(number(requests, individual, "errors")).isEqualTo(1).isEqualTo(number(summary, reported, "errors"));
        assertThat(requests.problems()).singleElement().asString().contains("1 of 4 requests failed");
        assertThat(number(summary, reported, "output_throughput")).isEqualTo(148.25);
        assertThat(summary.header().measuredAt()).contains(Instant.ofEpochSecond(1703135943));
    }

    @Test
    void llmperf_s_published_summaries_follow_from_their_requests() throws IOException {
        List<Path> files = Fixtures.shared("native/ml-llmperf");
        for (Path file : files) {
            String path = file.toString();
            if (path.contains("__individual__")) {
                Gathered requests = Gathered.of(file);
                Gathered summary = Gathered.of(Path.of(path.replace("__individual__", "__summary__")));
                double mean = requests.measurements().stream()
                        .filter(m -> m.metric().name().equals("ttft"))
                        .mapToDouble(m -> m.sample().location())
                        .sum();
                assertThat(summary.measurements()).as(path).anySatisfy(m -> {
                    assertThat(m.metric().name()).isEqualTo("ttft");
                    assertThat(m.sample().location()).isCloseTo(mean, within(mean * 1e-9));
                });
            }
        }
    }

    @Test
    void vllm_s_means_follow_from_its_first_tokens_unless_requests_failed() throws IOException {
        Gathered serve = fixture("vllm/serve.json");
        String model = "example/llama-7b {endpoint_type=openai, max_concurrency=2, num_prompts=4, request_rate=inf}";

        assertThat(number(serve, model, "ttft") * 1000).isCloseTo(14.0, within(1e-9));
        assertThat(serve.measurement(model, "ttft").sample()).isInstanceOf(Sample.Values.class);
        assertThat(number(serve, model, "ttft.p99")).isEqualTo(17.91);
        Sample.Summary tokens =
                (Sample.Summary) serve.measurement(model, "tpot").sample();
        assertThat(tokens.location()).isEqualTo(9.5);
        assertThat(tokens.standardDeviation()).hasValue(0.5);
        assertThat(tokens.quantiles()).containsEntry(0.5, 9.25).containsEntry(0.99, 10.75);
        assertThat(number(serve, model, "request_throughput")).isEqualTo(1.6);
        assertThat(number(serve, model, "total_token_throughput")).isEqualTo(260);
        assertThat(serve.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));

        Gathered failing = fixture("vllm/serve-with-failure.json");
        String limited = "example/llama-7b {backend=vllm, endpoint_type=openai, num_prompts=4, request_rate=8.0}";
        assertThat(failing.measurement(limited, "ttft").sample()).isInstanceOf(Sample.Summary.class);
        assertThat(number(failing, limited, "failures")).isEqualTo(1);
        assertThat(failing.problems()).singleElement().asString().contains("1 requests failed");
    }

    @Test
    void vllm_s_batches_have_the_mean_that_it_states() throws IOException {
        Gathered latency = fixture("vllm/latency.json");

        assertThat(number(latency, "latency", "latency")).isEqualTo(1.5);
        assertThat(((Sample.Values) latency.measurement("latency", "latency").sample()).group(0))
                .satisfies(values -> assertThat(Arrays.stream(values).max()).hasValue(1.75));
        assertThat(number(fixture("vllm/throughput.json"), "throughput", "request_throughput"))
                .isEqualTo(200 / 12.5);
        assertThat(number(fixture("vllm/throughput.json"), "throughput", "total_token_throughput"))
                .isEqualTo(82945 / 12.5);
    }

    @Test
    void numbers_that_are_none_are_told_with_their_place() throws IOException {
        Gathered gathered = Gathered.of(
                "l.json",
                "{\"avg_latency\": 1.5,\n \"latencies\": [1.5, NaN, \"x\"], \"percentiles\": {\"99\": \"NaN\"}}");

        assertThat(gathered.problems())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("l.json:1:1: ").contains("2 of 3 values"));
        assertThatThrownBy(() -> Gathered.of("l.json", "{\"avg_latency\": 1.5,\n \"latencies\": [1.5,"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("l.json:2:");
    }
}
