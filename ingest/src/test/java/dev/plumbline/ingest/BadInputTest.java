package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Better;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    private static final String JMH =
            "[{\"benchmark\": \"b\", \"mode\": \"avgt\", \"primaryMetric\": {\"score\": %s, \"scoreUnit\": \"ns/op\", "
                    + "\"rawData\": %s}}]";

    private static Gathered jmh(String score, String raw) throws IOException {
        return Gathered.of("jmh.json", JMH.formatted(score, raw));
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> Gathered.of("results/bad.json", bytes))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("results/bad.json")
                .hasMessageContaining(message);
    }

    private static void refused(String text, String message) {
        refused(text.getBytes(StandardCharsets.UTF_8), message);
    }

    @Test
    void an_empty_file_is_refused() {
        refused("", "is empty");
        refused(" \n\t\n", "only whitespace");
        refused("\uFEFF", "is empty");
    }

    @Test
    void a_binary_file_is_refused_with_the_place() {
        refused(new byte[] {0x7F, 'E', 'L', 'F', 0, 1, 2, 3}, "is not a text file (a zero byte at offset 4)");
    }

    @Test
    void a_cut_off_file_is_refused_with_line_and_column() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("jmh-json/average-time-params-gc.json"));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> Gathered.of("cut.json", cut))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageMatching("cut\\.json:\\d+:\\d+: ends in the middle of a value; the file was cut off.*");
    }

    @Test
    void a_file_in_latin_1_is_refused_with_advice() {
        refused(
                JMH.formatted("1", "[[1]]").replace("\"b\"", "\"größe\"").getBytes(StandardCharsets.ISO_8859_1),
                "save it as UTF-8");
        refused("benchmark,value\ngröße,1\n".getBytes(StandardCharsets.ISO_8859_1), "save it as UTF-8");
    }

    @Test
    void more_than_a_hundred_levels_are_refused_and_a_hundred_are_not() throws IOException {
        String start = "[{\"benchmark\": \"b\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"s/op\"}, \"deep\": ";
        refused(start + "[".repeat(100) + "]".repeat(100) + "}]", "beyond what a result file may have");
        assertThat(Gathered.of("deep.json", start + "[".repeat(98) + "]".repeat(98) + "}]")
                        .measurements())
                .hasSize(1);
        refused("[".repeat(100_000), "");
    }

    @Test
    void an_unknown_format_is_refused_with_what_was_seen_and_what_is_known() {
        refused("{\"a\": 1, \"b\\u001b[31m\": 2}", "a JSON object with the keys \"a\", \"b\\u001b[31m\"");
        refused("hello world", "text that begins with \"hello world\"");
        refused("[]", "JMH wrote no results: did the filter match?");
        refused("[ ]\n", "JMH wrote no results: did the filter match?");
        refused("{\"x\": 1}", "--format");
        refused("{\"x\": 1}", "plumb formats");
    }

    @Test
    void an_empty_list_is_refused_as_that_of_jmh_also_where_the_format_is_given() {
        assertThatThrownBy(() -> Results.with(ImportContext.unknown(Gathered.NOW))
                        .read(
                                Source.of("empty.json", "[]".getBytes(StandardCharsets.UTF_8)),
                                Optional.of(Format.JMH_JSON),
                                new Gathered()))
                .hasMessage("empty.json: JMH wrote no results: did the filter match?");
    }

    @Test
    void a_format_that_is_forced_is_taken_and_an_empty_result_is_a_problem() throws IOException {
        Gathered gathered = new Gathered();
        Reading reading = Results.with(ImportContext.unknown(Gathered.NOW))
                .read(
                        Source.of("empty.json", "{\"results\": []}".getBytes(StandardCharsets.UTF_8)),
                        Optional.of(Format.HYPERFINE_JSON),
                        gathered);

        assertThat(reading).isEqualTo(new Reading(Optional.of(Format.HYPERFINE_JSON), 0, 2));
        assertThat(gathered.problems())
                .containsExactly(
                        "empty.json:1:13: no benchmark ran; hyperfine measured no command",
                        "empty.json: contains no measurement");
    }

    @Test
    void a_result_of_a_known_tool_in_which_no_benchmark_ran_is_said_to_be_that() throws IOException {
        assertThat(Gathered.of("a.json", "{\n  \"results\": []\n}\n").problems())
                .first()
                .isEqualTo("a.json:2:14: no benchmark ran; hyperfine measured no command");
        String matched = "no benchmark ran; go test runs those that -bench matches: did the pattern match?";
        assertThat(Gathered.of("a.txt", "PASS\nok  \texample.com/p\t0.01s\n").problems())
                .first()
                .isEqualTo("a.txt:2: " + matched);
        assertThat(Gathered.of("b.txt", """
                goos: linux
                pkg: q
                testing: warning: no tests to run
                PASS
                ok  \tq\t0.002s [no tests to run]
                ?   \tr\t[no test files]
                """).problems()).first().isEqualTo("b.txt:5: " + matched);
        assertThat(Gathered.of("a.json", """
                {"Action":"output","Package":"p","Output":"PASS\\n"}
                {"Action":"output","Package":"p","Output":"ok  \\tp\\t0.1s\\n"}
                """).problems()).first().isEqualTo("a.json:2:1: " + matched);
        assertThat(Gathered.of("c.txt", "BenchmarkA 10 5 ns/op\nPASS\nok  \tp\t0.1s\n")
                        .problems())
                .isEmpty();
        refused("PASS\nsomething else\nok  \tp\t0.1s\n", "unknown format");
        refused("PASS\n", "unknown format");
        refused("{\"results\": [], \"more\": 1}", "unknown format");
    }

    @Test
    void a_character_in_more_bytes_than_it_needs_is_no_utf_8_in_json_and_in_tables() {
        byte[] json = "[\n{\"name\": \"a?b\", \"unit\": \"ms\", \"value\": 1}]\n".getBytes(StandardCharsets.UTF_8);
        byte[] csv = "benchmark,value\na?b,1\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Gathered.of("a.json", overlong(json)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("a.json:2:12: is not UTF-8 text (the bytes C0 AF)");
        assertThatThrownBy(() -> Gathered.of("a.csv", overlong(csv)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is not UTF-8 text");
    }

    /** A slash in two bytes for each question mark. */
    private static byte[] overlong(byte[] text) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (byte one : text) {
            written.writeBytes(one == '?' ? new byte[] {(byte) 0xC0, (byte) 0xAF} : new byte[] {one});
        }
        return written.toByteArray();
    }

    @Test
    void a_key_that_an_object_has_twice_is_told_and_its_first_value_is_read() throws IOException {
        StringBuilder many = new StringBuilder("{\"results\": [{\"command\": \"a\", \"times\": [1, 2],\n");
        for (int i = 0; i < 30; i++) {
            many.append("\"x").append(i).append("\": ").append(i).append(", ");
        }
        many.append("\"times\": [3, 4]}]}\n");

        for (String text : List.of(
                "{\"results\": [{\"command\": \"a\", \"times\": [1, 2],\n \"times\": [3, 4]}]}", many.toString())) {
            Gathered gathered = Gathered.of("a.json", text);

            assertThat(gathered.measurements().get(0).sample().location()).isEqualTo(1.5);
            assertThat(gathered.problems())
                    .singleElement()
                    .asString()
                    .startsWith("a.json:2:")
                    .contains("key \"times\"");
        }
    }

    @Test
    void columns_of_one_name_are_refused() {
        for (String table : List.of(
                "benchmark,value,value\na,1,2\n",
                "command,mean,mean,stddev,median,user,system,min,max\na,1,2,0,1,1,1,1,1\n")) {
            assertThatThrownBy(() -> Gathered.of("a.csv", table))
                    .isInstanceOf(UnreadableInput.class)
                    .hasMessageStartingWith("a.csv:1: has the column ")
                    .hasMessageContaining("more than once");
        }
    }

    @Test
    void a_day_that_does_not_exist_is_no_time() throws IOException {
        Gathered gathered = Gathered.of(
                "a.csv",
                "benchmark,value,unit,time\na,1,ms,2026-02-30\nb,1,ms,2026-02-28\nc,1,ms,2026-02-29T10:00:00Z\n");

        assertThat(gathered.problems())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("a.csv:2:").contains("2026-02-30"),
                        second -> assertThat(second).startsWith("a.csv:4:").contains("2026-02-29T10:00:00Z"));
    }

    @Test
    void a_number_too_small_to_be_kept_is_told() throws IOException {
        assertThat(Gathered.of("a.csv", "benchmark,value,unit\na,1e-999,ms\nb,0e-999,ms\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("a.csv:2:")
                .contains("\"1e-999\"");
        assertThat(Gathered.of("a.json", "[{\"name\": \"a\", \"unit\": \"ms\",\n\"value\": 1e-999}]")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("a.json:2:")
                .contains("\"1e-999\"");
    }

    @Test
    void a_damaged_gzip_is_told_in_words() {
        assertThatThrownBy(() -> Gathered.of("a.gz", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0}))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("a.gz: ")
                .hasMessageNotContaining("null");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_is_read_once(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "benchmark,value,unit\na,1,ms\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(Gathered.ofFile(pipe).measurements()).hasSize(1);
        writer.join();
    }

    @Test
    void a_folder_is_refused(@TempDir Path folder) {
        assertThatThrownBy(
                        () -> Results.with(ImportContext.unknown(Gathered.NOW)).read(folder, new Gathered()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void standard_input_is_read_twice_where_a_format_needs_that() throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.file("pytest-benchmark/params-groups.json"));
        try (Source once = Source.of("<stdin>", new ByteArrayInputStream(bytes))) {
            assertThat(Gathered.of(once, ImportContext.unknown(Gathered.NOW)).measurements())
                    .hasSize(14);
        }
    }

    @Test
    void gzip_is_unpacked_and_a_damaged_one_refused() throws IOException {
        byte[] bytes = Files.readAllBytes(Fixtures.file("jmh-json/single-shot.json"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }

        assertThat(Gathered.of("r.json.gz", packed.toByteArray()).measurements())
                .hasSize(2);
        refused(Arrays.copyOf(packed.toByteArray(), packed.size() - 20), "compressed and cut off or damaged");
    }

    @Test
    void numbers_as_texts_are_read() throws IOException {
        assertThat(jmh("\"12.5\"", "[[\"12\", \"13\"]]")
                        .measurement("b {mode=avgt}", "time")
                        .sample()
                        .location())
                .isEqualTo(12.5);
    }

    @Test
    void a_score_that_is_no_number_is_a_problem_and_the_others_are_read() throws IOException {
        for (String score :
                new String[] {"\"NaN\"", "NaN", "null", "Infinity", "\"Infinity\"", "1e999", "\"fast\"", "{}"}) {
            Gathered gathered = jmh(score, "[]");

            assertThat(gathered.measurements()).as(score).isEmpty();
            assertThat(gathered.problems()).as(score).anySatisfy(problem -> assertThat(problem)
                    .startsWith("jmh.json:1:2: benchmark \"b {mode=avgt}\", metric \"time\": score is ")
                    .endsWith("this metric is skipped"));
        }
    }

    @Test
    void raw_values_that_are_no_numbers_are_left_out_and_told() throws IOException {
        Gathered gathered = jmh("2", "[[1, \"NaN\", 3], [null]]");

        assertThat(gathered.measurement("b {mode=avgt}", "time").sample().groupLocations())
                .containsExactly(2.0);
        assertThat(gathered.problems())
                .containsExactly(
                        "jmh.json:1:2: benchmark \"b {mode=avgt}\", metric \"time\": 2 of 4 values are no finite"
                                + " numbers and are left out");
    }

    @Test
    void a_negative_duration_is_a_problem() throws IOException {
        Gathered gathered = jmh("-1", "[[-1, 2]]");

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems().get(0)).contains("a duration of -1.0 ns/op is not possible");
    }

    @Test
    void whole_numbers_beyond_what_a_double_holds_are_told() throws IOException {
        Gathered gathered = jmh("9007199254740993", "[[9007199254740992, 9007199254740993]]");

        assertThat(gathered.problems())
                .filteredOn(problem -> problem.contains("9007199254740993 has more digits than can be kept"))
                .hasSize(2);
    }

    @Test
    void a_name_of_a_megabyte_is_a_problem_and_the_rest_is_read() throws IOException {
        String record = "{\"benchmark\": \"%s\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"s/op\"}}";
        Gathered gathered = Gathered.of(
                "long.json", "[" + record.formatted("x".repeat(1 << 20)) + ",\n" + record.formatted("short") + "]");

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .startsWith("long.json:1:2: the name of a benchmark may have 4096 characters")
                .hasSizeLessThan(300));
    }

    @Test
    void hostile_names_pass_unchanged_and_are_shown_without_control_characters() throws IOException {
        String hostile = "<b>\\u001b[31m\\n../../etc'; DROP TABLE runs; --";
        Gathered gathered =
                Gathered.of("x.json", JMH.formatted("\"NaN\"", "[]").replace("\"b\"", "\"" + hostile + "\""));
        assertThat(gathered.problems().get(0))
                .contains("<b>\\u001b[31m\\n../../etc")
                .doesNotContain("\u001b", "\n");

        gathered = Gathered.of("x.json", JMH.formatted("1", "[[1]]").replace("\"b\"", "\"" + hostile + "\""));
        assertThat(gathered.measurements().get(0).benchmark().name())
                .isEqualTo("<b>\u001b[31m\n../../etc'; DROP TABLE runs; --");
    }

    @Test
    void half_characters_in_names_become_replacement_characters() throws IOException {
        Gathered gathered =
                Gathered.of("x.json", JMH.formatted("1", "[[1]]").replace("\"b\"", "\"a\\ud800b\\ud83d\\ude00\""));

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo("a\uFFFDb\uD83D\uDE00");
    }

    @Test
    void a_benchmark_that_is_there_twice_is_kept_twice_and_told_once() throws IOException {
        String record = "{\"benchmark\": \"b\", \"primaryMetric\": {\"score\": 1, \"scoreUnit\": \"ops/s\"}}";
        Gathered gathered = Gathered.of("twice.json", "[" + record + "," + record + "]");

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems())
                .containsExactly(
                        "twice.json: benchmark \"b\", metric \"throughput\": is measured more than once in one run;"
                                + " every measurement is kept");
    }

    @Test
    void a_series_that_is_there_twice_is_told_once_and_not_for_every_value() throws IOException {
        Gathered gathered = Gathered.of("s.jsonl", """
            {"id": "a", "better": "lower", "values": [1, 2, 3]}
            {"id": "b", "better": "lower", "values": [1, 2, 3]}
            {"id": "a", "better": "lower", "values": [4, 5, 6]}
            """);

        assertThat(gathered.measurements()).hasSize(9);
        assertThat(gathered.problems())
                .containsExactly("s.jsonl: benchmark \"a\", metric \"value\": is there as several series; analyze"
                        + " answers each, and for a history they are one");
    }

    @Test
    void a_flood_of_problems_is_cut_and_counted() throws IOException {
        StringBuilder csv = new StringBuilder("benchmark,value\n");
        for (int i = 0; i < 5000; i++) {
            csv.append("b,bad\n");
        }
        Gathered gathered = Gathered.of("flood.csv", csv.toString());

        assertThat(gathered.problems()).hasSizeLessThan(110).contains("flood.csv: 4901 more problems like these");
    }

    @Test
    void a_unit_that_changes_between_results_is_kept_as_it_is_stated() throws IOException {
        Gathered gathered = Gathered.of("units.jsonl", """
            {"id": "a", "values": [1], "unit": "ms"}
            {"id": "a", "values": [2], "unit": "s"}
            """);

        assertThat(gathered.measurements())
                .extracting(m -> m.metric().unit().symbol())
                .containsExactly("ms", "s");
    }

    @Test
    void a_unit_that_is_absurdly_long_is_a_problem() throws IOException {
        Gathered gathered = Gathered.of("x.json", JMH.formatted("1", "[[1]]").replace("ns/op", "u".repeat(500)));

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems().get(0)).contains("a unit may have 128 characters");
    }

    @Test
    void the_direction_of_contradicting_modes_follows_the_unit() throws IOException {
        Gathered gathered = Gathered.of("x.json", JMH.formatted("1", "[[1]]").replace("avgt", "thrpt"));

        assertThat(gathered.measurement("b", "time").metric().better()).isEqualTo(Better.LOWER);
    }
}
