package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which format a text is taken for, and what is answered when it is none. */
class FormatDetectionTest {
    private static List<String> candidates(String text) throws IOException {
        Source source = Source.of("results.dat", text.getBytes(StandardCharsets.UTF_8));
        return Arrays.stream(Format.values())
                .filter(format -> {
                    try {
                        return format.recognises(source.head());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .map(Format::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                // a list of names, values and units is the custom list unless statistics say that they are histograms
                "[{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1}] ! github-action-benchmark",
                "[{\"name\": \"a\", \"unit\": \"ms\", \"sampleValues\": [1]}] ! chrome-histograms",
                // results with commands are hyperfine's, with implementations inference's, with measurements
                // ScalaMeter's
                "{\"results\": [{\"command\": \"a\", \"mean\": 1}]} ! hyperfine-json",
                "{\"results\": {\"a\": {\"latency_ms\": 1}}} ! inference",
                "{\"results\": [[1, {\"measurements\": []}]]} ! scalameter",
                // benchmarks with stats are pytest's, with runs pyperf's, with times Google's
                "{\"benchmarks\": [{\"stats\": {}}]} ! pytest-benchmark",
                "{\"benchmarks\": [{\"runs\": []}]} ! pyperf",
                "{\"benchmarks\": [{\"real_time\": 1}]} ! google-benchmark",
                // a measure of a benchmark is Bencher's unless metrics of k6 look alike
                "{\"a\": {\"latency\": {\"value\": 1}}} ! bencher",
                "{\"metrics\": {\"http_reqs\": {\"value\": 1}}} ! k6",
                "{\"metrics\": [{\"name\": \"a\", \"value\": 1}], \"timestamp\": 1} ! nyrkio",
                "{\"id\": \"a\", \"values\": [1]} ! series-jsonl",
                "{\"plumbline\": 1, \"runs\": []} ! plumbline-json",
                "{\"runs\": [], \"names\": [], \"units\": [], \"values\": []} ! github-action-benchmark",
                "{\"latencies\": {\"mean\": 1, \"99th\": 2}} ! vegeta",
                "{\"avg_latency\": 1, \"latencies\": [1]} ! vllm"
            })
    void json_is_told_apart_by_its_structure(String text, String id) throws IOException {
        assertThat(candidates(text)).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "benchmark,value ! plumbline-csv",
                "benchmark;value;unit ! plumbline-csv",
                "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\" ! jmh-csv",
                "command,mean,stddev,median,user,system,min,max ! hyperfine-csv",
                "name,iterations,real_time,cpu_time,time_unit ! google-benchmark-csv",
                "timeStamp,elapsed,label,success ! jmeter",
                "model,infer_samples_per_sec ! timm-csv",
                "dev,name,batch_size,speedup ! dynamo-csv",
                "Percentage served,Time in ms ! ab",
                "Method,Name,Error,Occurrences ! locust",
                "group,function,value,iteration_count,sample_measured_value ! criterion",
                "Scenario,Tool,Tasks,Phase,Iteration,Sample,Duration ! gradle-profiler-csv"
            })
    void tables_are_told_apart_by_their_columns(String head, String id) throws IOException {
        assertThat(candidates(head + "\n")).containsExactly(id);
    }

    @Test
    void the_name_of_a_file_decides_nothing(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("jmh-result.json"), "benchmark,value,unit\na,1,ms\n");

        assertThat(Gathered.of(file).format()).isEqualTo(Format.PLUMBLINE_CSV);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void what_is_given_is_taken_whatever_it_looks_like_and_never_breaks_the_reader(Format format) throws IOException {
        for (String text :
                List.of("{}", "[]", "[[]]", "null", "\"text\"", "a,b\n1,2\n", "<a/>", "text\n", "{\"a\": [{}]}")) {
            try {
                assertThat(Gathered.as(format, "x", text).measurements()).isEmpty();
            } catch (UnreadableInput e) {
                assertThat(e.where()).startsWith("x");
                assertThat(e.what()).isNotBlank().doesNotContain("Exception");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "[1, 2, 3]", "hello\n", "<html><body/></html>", "a,b\n1,2\n", "\"x\"", "12"})
    void what_is_in_no_known_format_is_no_result_and_the_answer_says_what_helps(String text) {
        assertThatThrownBy(() -> Gathered.of("notes.dat", text))
                .isInstanceOfSatisfying(UnreadableInput.class, refused -> {
                    assertThat(refused.isNoResult()).isTrue();
                    assertThat(refused.where()).isEqualTo("notes.dat");
                    assertThat(refused.what())
                            .startsWith("unknown format: it is ")
                            .contains("plumb formats", "--format NAME", "plumbline-csv", "mapping in plumbline.yaml");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1", "{\"a\": [1, 2", "{nonsense"})
    void a_json_object_that_is_damaged_is_no_other_file_but_a_damaged_one(String text) {
        assertThatThrownBy(() -> Gathered.of("r.json", text))
                .isInstanceOfSatisfying(UnreadableInput.class, refused -> assertThat(refused.isNoResult())
                        .isFalse());
    }

    @Test
    void formats_are_sorted_by_their_ids_and_every_one_says_what_it_is() {
        assertThat(Format.sorted())
                .isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()))
                .hasSize(Format.values().length);
        assertThat(Format.values()).allSatisfy(format -> {
            assertThat(format.id()).matches("[a-z0-9-]+");
            assertThat(format.title()).isNotBlank();
            assertThat(format.kept()).isNotBlank();
            assertThat(format.example()).isNotBlank();
            assertThat(format.checkedWith()).isNotEmpty().doesNotContain("");
        });
    }
}
