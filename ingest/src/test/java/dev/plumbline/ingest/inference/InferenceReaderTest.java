package dev.plumbline.ingest.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceReaderTest {
    private static final String FUSED = "resnet50 {batch_size=32, implementation=fused, input_shape=3x224x224}";

    private static Gathered resnet() throws IOException {
        return Gathered.of(Fixtures.file("inference/resnet50_20240501_123045.json"));
    }

    @Test
    void each_number_is_a_metric_with_its_own_unit_and_direction() throws IOException {
        Gathered gathered = resnet();

        assertThat(gathered.problems()).isEmpty();
        assertMetric(gathered, "latency", "ms", Better.LOWER, 9.5);
        assertMetric(gathered, "throughput", "samples/s", Better.HIGHER, 3368.4);
        assertMetric(gathered, "peak_memory", "MB", Better.LOWER, 498);
        assertMetric(gathered, "memory_efficiency", "", Better.HIGHER, 0.8);
        assertMetric(gathered, "accuracy_loss", "", Better.LOWER, 0.001);
        assertMetric(gathered, "latency_p99", "ms", Better.LOWER, 11.25);
    }

    private static void assertMetric(Gathered gathered, String metric, String unit, Better better, double value) {
        assertThat(gathered.measurement(FUSED, metric)).satisfies(measurement -> {
            assertThat(measurement.metric().unit().symbol()).isEqualTo(unit);
            assertThat(measurement.metric().better()).isEqualTo(better);
            assertThat(measurement.sample().location()).isEqualTo(value);
        });
    }

    @Test
    void the_interval_belongs_to_the_latency() throws IOException {
        assertThat(((Sample.Summary) resnet().measurement(FUSED, "latency").sample()).interval())
                .contains(new Interval(9.25, 9.75, 0.95));
        assertThat(((Sample.Summary) resnet().measurement(FUSED, "throughput").sample()).interval())
                .isEmpty();
    }

    @Test
    void the_time_in_the_file_is_better_than_that_of_its_name() throws IOException {
        assertThat(resnet().header().measuredAt()).contains(Instant.parse("2024-05-01T10:30:45.500Z"));
        assertThat(Gathered.of("a_b_20240501_123045.json", "{\"results\": {\"x\": {\"latency_ms\": 1}}}")
                        .header()
                        .measuredAt())
                .contains(Instant.parse("2024-05-01T12:30:45Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "GPT2-Small_20251127.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_2025-11-27.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_2025_11_27.json, 2025-11-27T00:00:00Z",
        "GPT2-Small-2025.11.27.json.gz, 2025-11-27T00:00:00Z",
        "GPT2-Small_27-11-2025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_27112025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_11272025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_11112025.json, 2025-11-11T00:00:00Z",
        "GPT2-Small_27112025_143005.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_20102011.json, 2011-10-20T00:00:00Z",
        "27112025_GPT2-Small.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_20251127_1430.json, 2025-11-27T14:30:00Z",
        "GPT2-Small_20251127T143005.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_20251127-143005.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_2025-11-27T14-30-05Z.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_2025-11-27_14-30-05.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_2025_11_27_14_30_05.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_2025-11-27T14:30:05Z.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_2025-11-27 14.30.json, 2025-11-27T14:30:00Z",
        "GPT2-Small_20251127143005.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_202511271430.json, 2025-11-27T14:30:00Z",
        "GPT2-Small_2025-11-27T14:30:05.123456.json, 2025-11-27T14:30:05.123456Z",
        "GPT2-Small_2025-11-27T14:30:05.5Z.json, 2025-11-27T14:30:05.500Z",
        "GPT2-Small_20251127_143005_123456.json, 2025-11-27T14:30:05.123456Z",
        "GPT2-Small_2025-11-27T14:30:05+0100.json, 2025-11-27T13:30:05Z",
        "GPT2-Small_2025-11-27T14:30:05.250+01:00.json, 2025-11-27T13:30:05.250Z",
        "GPT2-Small_2025-11-27T14-30-05-0500.json, 2025-11-27T19:30:05Z",
        "GPT2-Small_20251127T143005+01.json, 2025-11-27T13:30:05Z",
        "GPT2-Small_20251127_143005UTC.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_20251127_14h30.json, 2025-11-27T14:30:00Z",
        "GPT2-Small_20251127_14h30m05s.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_27Nov2025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_27-nov-2025_14-30-05.json, 2025-11-27T14:30:05Z",
        "GPT2-Small_November-27-2025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_Thu_Nov_27_2025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_Thursday_27_November_2025.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_2025-Nov-27.json, 2025-11-27T00:00:00Z",
        "GPT2-Small_1764253805.json, 2025-11-27T14:30:05Z",
        "GPT2-Small-1764253805250.json, 2025-11-27T14:30:05.250Z",
        "GPT2-Small_251127_143005.json, 2025-11-27T14:30:05Z",
        "GPT2-Small__20251127.json, 2025-11-27T00:00:00Z",
        "20251127_GPT2-Small.json, 2025-11-27T00:00:00Z",
        "2025-11-27_GPT2-Small.json, 2025-11-27T00:00:00Z",
        "20251127_143005_GPT2-Small.json.gz, 2025-11-27T14:30:05Z",
        "2025-11-27T14:30:05.25+0100_GPT2-Small.json, 2025-11-27T13:30:05.250Z",
        "27Nov2025-GPT2-Small.json, 2025-11-27T00:00:00Z",
        "1764253805_GPT2-Small.json, 2025-11-27T14:30:05Z",
    })
    void a_day_in_the_file_s_name_is_the_run_s_time_and_no_part_of_the_model(String file, Instant time)
            throws IOException {
        Gathered gathered = Gathered.of(file, "{\"results\": {\"x\": {\"latency_ms\": 1}}}");

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo("GPT2-Small");
        assertThat(gathered.header().measuredAt()).contains(time);
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net_20251327.json",
                "net_2025-02-30.json",
                "net_00001127.json",
                "net_27132025.json",
                "net_31022025.json",
                "net_27111025.json",
                "net_27112099.json",
                "net_20251127_2561.json",
                "net_2025-11_27.json",
                "net20251127.json",
                "net_20251327_net.json",
                "net_999999.json",
                "net_991231.json",
                "net_1234567890.json",
                "net_9764253805.json",
                "net_17642538051.json",
                "net_31Feb2025.json",
                "net_27Foo2025.json",
                "net_v2-1764.json"
            })
    void what_is_no_day_is_part_of_the_model(String file) throws IOException {
        Gathered gathered = Gathered.of(file, "{\"results\": {\"x\": {\"latency_ms\": 1}}}");

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo(file.replace(".json", ""));
        assertThat(gathered.header().measuredAt()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"03-04-2025", "03042025"})
    void a_day_that_may_be_two_is_asked_for_unless_the_file_tells_its_time(String day) throws IOException {
        String results = "\"results\": {\"x\": {\"latency_ms\": 1}}}";
        Gathered asked = Gathered.of("net_" + day + ".json", "{" + results);
        Gathered reported = Gathered.of("net_" + day + ".json", "{\"timestamp\": \"2025-04-03T10:00:00Z\", " + results);

        assertThat(asked.measurements().get(0).benchmark().name()).isEqualTo("net");
        assertThat(asked.header().measuredAt()).isEmpty();
        assertThat(asked.problems()).singleElement().asString().contains(day, "--time");
        assertThat(reported.problems()).isEmpty();
    }

    private static final String ONE = "{\"results\": {\"x\": {\"latency_ms\": 1}}}";

    @ParameterizedTest
    @CsvSource({
        "net_251207.json, 251207 in the file's name may be the date 2025-12-07 or another number",
        "251207_net.json, 251207 in the file's name may be the date 2025-12-07 or another number",
        "net_251207_1430.json, 251207 in the file's name may be the date 2025-12-07 or another number",
        "net_20251207_fp16.json, 20251207 in the file's name is a part of the benchmark's name",
        "net_20251131.json, 'is a part of the benchmark''s name, because it is no day that exists; correct it'",
        "net_2026-02-30_101500.json, 2026-02-30 in the file's name is a part of the benchmark's name",
        "net_25-12-07.json, 25-12-07 in the file's name is a part of the benchmark's name",
        "net_2025-1-7.json, '2025-1-7 in the file''s name is a part of the benchmark''s name, because it may be a date'",
        "net_27.1.2025.json, '27.1.2025 in the file''s name is a part of the benchmark''s name, because it may be a date'",
        "net_2025-W48-4.json, '2025-W48-4 in the file''s name is a part of the benchmark''s name'",
        "net20251127.json, 20251127 in the file's name is a part of the benchmark's name",
        "net_7Dec25.json, 7Dec25 in the file's name is a part of the benchmark's name",
    })
    void a_number_that_may_be_a_day_is_asked_for_and_stays_in_the_name(String file, String problem) throws IOException {
        Gathered gathered = Gathered.of(file, ONE);

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo(file.replace(".json", ""));
        assertThat(gathered.header().measuredAt()).isEmpty();
        assertThat(gathered.problems()).singleElement().asString().contains(problem);
    }

    @Test
    void a_second_copy_of_a_file_is_asked_for() throws IOException {
        Gathered gathered = Gathered.of("net_2025-11-27(1).json", ONE);

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("2025-11-27 in the file's name is a part of");
    }

    @Test
    void the_model_of_the_configuration_ends_the_doubt() throws IOException {
        Gathered gathered = Gathered.of(
                "net_251207.json", ONE.replace("{\"results", "{\"config\": {\"model\": \"net\"}, \"results"));

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo("net");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void six_digits_are_a_day_where_the_file_s_own_time_is_of_that_day() throws IOException {
        String results = ", \"results\": {\"x\": {\"latency_ms\": 1}}}";
        Gathered same = Gathered.of("net_251207.json", "{\"timestamp\": \"2025-12-07T22:00:00Z\"" + results);
        Gathered other = Gathered.of("net_251207.json", "{\"timestamp\": \"2025-12-17T22:00:00Z\"" + results);

        assertThat(same.measurements().get(0).benchmark().name()).isEqualTo("net");
        assertThat(same.header().measuredAt()).contains(Instant.parse("2025-12-07T22:00:00Z"));
        assertThat(same.problems()).isEmpty();
        assertThat(other.measurements().get(0).benchmark().name()).isEqualTo("net_251207");
        assertThat(other.problems()).hasSize(1);
    }

    @Test
    void six_digits_are_a_day_where_all_files_of_the_model_have_a_day_there(@TempDir Path folder) throws IOException {
        Path first = Files.writeString(folder.resolve("net_251207.json"), ONE);
        Files.writeString(folder.resolve("net_251208.json"), ONE);
        Files.writeString(folder.resolve("other_380000.json"), ONE);
        assertThat(Gathered.of(first).measurements().get(0).benchmark().name()).isEqualTo("net_251207");
        Path third = Files.writeString(folder.resolve("net_251231.json"), ONE);
        assertThat(Gathered.of(first).measurements().get(0).benchmark().name()).isEqualTo("net");
        assertThat(Gathered.of(third).header().measuredAt()).contains(Instant.parse("2025-12-31T00:00:00Z"));
        Files.writeString(folder.resolve("net_251232.json"), ONE);
        assertThat(Gathered.of(first).measurements().get(0).benchmark().name())
                .as("no day, so they are numbers")
                .isEqualTo("net_251207");
    }

    @Test
    void the_model_is_what_stands_before_the_time() throws IOException {
        assertThat(Gathered.of("dir/a_b_20240501_123045.json", "{\"results\": {\"x\": {\"latency_ms\": 1}}}")
                        .measurements())
                .extracting(m -> m.benchmark().label())
                .containsExactly("a_b {implementation=x}");
        assertThat(Gathered.of(
                                "other.json",
                                "{\"results\": {\"x\": {\"latency_ms\": 1}}, \"config\": {\"model\": \"m\"}}")
                        .measurements())
                .extracting(m -> m.benchmark().name())
                .containsExactly("m");
    }

    @Test
    void what_is_no_metric_is_kept_as_context() throws IOException {
        assertThat(resnet().header().context())
                .containsEntry("config.iterations", "100")
                .containsEntry("config.runtime.device", "cpu")
                .containsEntry("fused: statistical_significance", "0.003")
                .containsEntry("baseline: statistical_significance", "true");
    }

    @Test
    void an_interval_that_is_none_and_a_missing_number_are_problems() throws IOException {
        Gathered gathered = Gathered.of("m_20240501_123045.json", """
                {"results": {"x": {"latency_ms": 1, "confidence_interval_95": [2, 1], "peak_memory_mb": null}}}
                """);

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems()).hasSize(2);
    }
}
