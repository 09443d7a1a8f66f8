package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.option.Terminal;
import dev.plumbline.ingest.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a shell sees it: arguments in, two streams and an exit code out. */
class PlumbTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path folder;

    private record Answer(int code, String out, String err) {}

    private Answer plumb(boolean terminal, Map<String, String> variables, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Plumb.run(
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        folder,
                        variables,
                        CLOCK,
                        terminal,
                        terminal,
                        100),
                arguments);
        Answer answer = new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(answer.err).doesNotContain("\tat ", "internal error");
        return answer;
    }

    private Answer plumb(String... arguments) {
        return plumb(false, Map.of(), arguments);
    }

    private String file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Thirty runs of {@code decode} at 100 ms, give or take half a millisecond. */
    private String history() {
        StringBuilder text = new StringBuilder("benchmark,value,unit,commit,commit_time\n");
        for (int i = 0; i < 30; i++) {
            text.append(String.format(
                    Locale.ROOT, "decode,%s,ms,c%d,2026-05-%02dT00:00:00Z%n", 100 + 0.1 * (i * 7 % 11), i, i + 1));
        }
        return file("history.csv", text.toString());
    }

    private String run(double value) {
        return file(
                "run.csv",
                "benchmark,value,unit,commit,commit_time\ndecode," + value + ",ms,n" + value
                        + ",2026-06-01T00:00:00Z\n");
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void a_healthy_run_opens_the_gate() {
        assertThat(plumb("record", history()).code).isZero();
        Answer answer = plumb("check", run(100.5));

        assertThat(answer.code).isZero();
        assertThat(answer.out).isNotBlank();
        assertThat(answer.err).isEmpty();
    }

    @Test
    void a_regression_closes_the_gate_with_one() {
        plumb("record", history());
        Answer answer = plumb("check", run(120));

        assertThat(answer.code).isEqualTo(1);
        assertThat(answer.out).contains("FAIL", "decode");
        assertThat(answer.err).isEmpty();
        assertThat(plumb("check", run(120), "--block-at", "critical").code).isEqualTo(1);
        assertThat(plumb("check", run(107), "--block-at", "critical").code).isZero();
    }

    @Test
    void where_nothing_can_be_said_the_policy_decides() {
        String run = run(100);
        assertThat(plumb("check", run).code).isZero();
        assertThat(plumb("check", run, "--on-inconclusive", "close").code).isZero();
        assertThat(plumb("check", run, "--on-new", "hold").code).isEqualTo(3);
        assertThat(plumb("check", run, "--on-new", "close").code).isEqualTo(1);
    }

    @Test
    void json_is_one_object_and_nothing_else() throws IOException {
        plumb("record", history());
        Answer answer = plumb("check", run(120), "--json");

        assertThat(answer.code).isEqualTo(1);
        assertThat(json(answer.out).path("findings").get(0).path("verdict").asString())
                .isEqualTo("REGRESSED");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "report-schema.json")), InputFormat.JSON)
                        .validate(answer.out, InputFormat.JSON))
                .isEmpty();
        assertThat(answer.err).isEmpty();
    }

    @Test
    void markdown_is_a_table() {
        plumb("record", history());

        assertThat(plumb("check", run(120), "--markdown").out).contains("|", "decode");
        assertThat(plumb("check", run(120), "--markdown", "--json").code).isEqualTo(2);
    }

    @Test
    void the_answer_goes_to_a_file_and_a_summary_to_the_terminal() throws IOException {
        plumb("record", history());
        Answer answer = plumb("check", run(120), "--json", "-o", "reports/out.json");

        assertThat(answer.code).isEqualTo(1);
        assertThat(answer.out.lines()).hasSize(1);
        assertThat(json(Files.readString(folder.resolve("reports/out.json"))).has("findings"))
                .isTrue();
        try (Stream<Path> left = Files.list(folder.resolve("reports"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void a_written_file_may_be_read_by_whom_any_new_file_may_be_read() throws IOException {
        Path other = Path.of(file("other.txt", "x"));
        assumeTrue(Files.getFileStore(other).supportsFileAttributeView("posix"), "no permissions as in POSIX here");

        plumb("check", run(100), "-o", "out.md");

        assertThat(Files.getPosixFilePermissions(folder.resolve("out.md")))
                .isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void a_file_that_cannot_be_written_is_told_of() throws IOException {
        Files.createDirectory(folder.resolve("taken"));
        String run = run(100);
        for (String target : new String[] {"run.csv/out.txt", "taken"}) {
            Answer answer = plumb("check", run, "-o", target);
            assertThat(answer.code).as(target).isEqualTo(2);
            assertThat(answer.err).startsWith("plumb: ").doesNotContain("null");
        }
        assertThat(folder.resolve("taken")).isDirectory();
        assertThat(folder.resolve("run.csv")).isRegularFile();
    }

    @Test
    void colours_are_for_terminals_that_want_them() {
        plumb("record", history());
        String run = run(120);

        assertThat(plumb(true, Map.of(), "check", run).out).contains(ESCAPE);
        assertThat(plumb(true, Map.of("NO_COLOR", "1"), "check", run).out).doesNotContain(ESCAPE);
        assertThat(plumb(true, Map.of("TERM", "dumb"), "check", run).out).doesNotContain(ESCAPE);
        assertThat(plumb(false, Map.of(), "check", run).out).doesNotContain(ESCAPE);
        assertThat(plumb(false, Map.of(), "check", run, "--color", "always").out)
                .contains(ESCAPE);
        assertThat(plumb(true, Map.of(), "check", run, "--color=never").out).doesNotContain(ESCAPE);
    }

    @Test
    void help_in_front_of_a_command_is_the_help_on_it() {
        assertThat(plumb("help", "check").out).isEqualTo(plumb("check", "--help").out);
        assertThat(plumb("help", "triage", "list").out).isEqualTo(plumb("triage", "list", "--help").out);
        assertThat(plumb("help").out).isEqualTo(plumb("--help").out);
        assertThat(plumb("help", "chekc").err).contains("chekc", "check");
    }

    @Test
    void help_breaks_no_path() {
        for (String command : List.of("check", "history", "incidents", "dashboard", "serve")) {
            assertThat(plumb(command, "--help").out.lines())
                    .as(command)
                    .noneMatch(line -> line.endsWith(" .") || line.strip().startsWith("plumbline/"));
        }
        assertThat(plumb("check", "--help").out).contains(".plumbline/history.db");
    }

    @Test
    void the_default_of_days_is_that_of_the_command() {
        for (String command : List.of("incidents", "dashboard")) {
            assertThat(plumb(command, "--help").out.replaceAll("\\s+", " "))
                    .contains("Only the last N days. Default: the whole history")
                    .doesNotContain("executive");
        }
        assertThat(plumb("report", "--help").out).contains("the last 90 days without --days");
    }

    @Test
    void help_and_version_go_to_the_answer() {
        assertThat(plumb("--help").out).contains("check", "compare", "history");
        assertThat(plumb("check", "--help").out).contains("--block-at", "Exit codes", "critical (10 %)");
        assertThat(plumb("--version").out).startsWith("plumb ");
        assertThat(plumb().code).isZero();
    }

    @Test
    void an_unknown_option_is_answered_with_what_was_probably_meant() {
        Answer answer = plumb("check", run(1), "--markdwon");

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.out).isEmpty();
        assertThat(answer.err).contains("--markdwon", "--markdown", "--help");
        assertThat(plumb("chekc").err).contains("check");
    }

    private static Stream<Arguments> wrongUses() {
        return Stream.of(
                Arguments.of("check", new String[] {}),
                Arguments.of("margin", new String[] {"--margin", "many"}),
                Arguments.of("margin", new String[] {"--margin", "NaN"}),
                Arguments.of("margin", new String[] {"--margin", "-1%"}),
                Arguments.of("confidence", new String[] {"--confidence", "40%"}),
                Arguments.of("runs", new String[] {"--min-runs", "1"}),
                Arguments.of("severity", new String[] {"--block-at", "huge"}),
                Arguments.of("time", new String[] {"--time", "yesterday"}),
                Arguments.of("format", new String[] {"--format", "xml"}),
                Arguments.of("branch", new String[] {"--branch", ""}),
                Arguments.of("environment", new String[] {"--environment", " "}),
                Arguments.of("commit", new String[] {"--commit", "c".repeat(5000)}));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrong_use_is_told_in_words(String what, String[] options) {
        String[] arguments = Stream.concat(
                        what.equals("check") ? Stream.of("check") : Stream.of("check", run(1)), Stream.of(options))
                .toArray(String[]::new);
        Answer answer = plumb(arguments);

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.out).isEmpty();
        assertThat(answer.err).startsWith("plumb: ").hasSizeLessThan(400);
        assertThat(folder.resolve(".plumbline")).doesNotExist();
    }

    @Test
    void the_history_wants_sensible_numbers() {
        for (String[] options : new String[][] {{"--runs", "0"}, {"--days", "-1"}, {"--days", "x"}}) {
            assertThat(plumb("history", options[0], options[1]).code).isEqualTo(2);
        }
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        for (String command : new String[] {"check", "record"}) {
            Answer answer = plumb(command, folder.resolve("nowhere.json").toString());
            assertThat(answer.code).isEqualTo(2);
            assertThat(answer.err).contains("nowhere.json", "no such file");
        }
        assertThat(plumb("compare", "nowhere.json", "neither.json").err).contains("nowhere.json");
    }

    @Test
    void a_file_that_may_not_be_read_is_named() {
        String run = run(1);
        assumeTrue(Path.of(run).toFile().setReadable(false) && !Files.isReadable(Path.of(run)), "this user reads all");
        Answer answer = plumb("check", run);

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.err).contains("run.csv");
    }

    @Test
    void an_empty_folder_is_told() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Answer answer = plumb("check", empty.toString());

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.err).contains("empty: there is no file in this folder");
    }

    @Test
    void a_file_of_which_nothing_can_be_used_is_unreadable_and_the_gate_stays_closed() {
        Answer answer = plumb("check", "--format", "jmh-csv", file("other.json", "[{\"a\": 1}]"));

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.out.replaceAll("\\s+", " "))
                .contains("FAIL nothing was measured", "other.json: contains no measurement");
    }

    @Test
    void a_history_that_is_no_database_is_named() {
        Answer answer = plumb("check", run(1), "--store", file("notes.txt", "x".repeat(5000)));

        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.err).contains("notes.txt");
    }

    @Test
    void history_lists_series_and_points() {
        assertThat(plumb("history").err).contains("record");
        plumb("record", history());

        assertThat(plumb("history").out).contains("decode");
        assertThat(plumb("history", "dec*").out).contains("decode");
        assertThat(json(plumb("history", "--json", "--runs", "3", "decode").out).toString())
                .contains("c29")
                .doesNotContain("c26");
        assertThat(plumb("history", "nothing-like-it").out).isEmpty();
    }

    @Test
    void explain_tells_every_check() {
        plumb("record", history());
        plumb("check", run(120));
        Answer answer = plumb("explain", "decode");

        assertThat(answer.code).isZero();
        assertThat(answer.out).contains("decode", "30 earlier runs", "limit for p: 0.05", "noise from run to run: 0.");
        assertThat(answer.out.replaceAll("\\s+", " ")).contains("after correcting for ");
        assertThat(plumb("explain", "nothing-like-it").code).isEqualTo(2);
    }

    @Test
    void two_files_are_compared_without_a_history() {
        String base = file("base.csv", forks(100));
        Answer answer = plumb("compare", base, file("other.csv", forks(120)));

        assertThat(answer.code).isEqualTo(1);
        assertThat(answer.out).contains("decode");
        assertThat(plumb("compare", base, base).code).isZero();
        assertThat(folder.resolve(".plumbline")).doesNotExist();
    }

    private static String forks(double level) {
        StringBuilder text = new StringBuilder("benchmark,value,unit,fork\n");
        for (int fork = 0; fork < 5; fork++) {
            for (int i = 0; i < 3; i++) {
                text.append(String.format(Locale.ROOT, "decode,%s,ms,%d%n", level + 0.1 * fork + 0.05 * i, fork));
            }
        }
        return text.toString();
    }

    @Test
    void formats_are_listed() {
        assertThat(plumb("formats").out)
                .contains(
                        "go-bench                 go test -bench, as text or -json\n",
                        "    kept: every value of every unit")
                .contains("    for example bench.txt; checked with Go ");
        assertThat(json(plumb("formats", "--json").out).get("formats"))
                .hasSize(Format.values().length)
                .anySatisfy(format -> {
                    assertThat(format.get("id").asString()).isEqualTo("jmh-json");
                    assertThat(format.get("checkedWith").get(2).asString()).isEqualTo("JMH 1.37");
                    assertThat(format.get("example").asString()).isEqualTo("jmh-result.json");
                });
    }

    @Test
    void the_completion_script_is_a_script() throws IOException, InterruptedException {
        Answer answer = plumb("completion");
        assertThat(answer.out).contains("plumb", "check");
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-n", file("completion.sh", answer.out))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "bash is not installed");
            return;
        }
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }

    private static String jmh(String name, String score, String raw) {
        return "[{\"jmhVersion\":\"1.37\",\"benchmark\":" + name + ",\"mode\":\"avgt\",\"threads\":1,\"forks\":1,"
                + "\"primaryMetric\":{\"score\":" + score + ",\"scoreUnit\":\"ns/op\",\"rawData\":[[" + raw
                + "]]},\"secondaryMetrics\":{}}]";
    }

    private static Stream<Arguments> unreadable() {
        String good = jmh("\"a.B.c\"", "1.5", "1.0,2.0");
        return Stream.of(
                Arguments.of("truncated.json", bytes(good.substring(0, good.length() - 20))),
                Arguments.of("truncated.csv", bytes("benchmark,value\nfine,1\nhalf,\"2")),
                Arguments.of("empty.json", new byte[0]),
                Arguments.of("blank.csv", bytes(" \n\n")),
                Arguments.of("binary", new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe, 7, 0, 0, 9}),
                Arguments.of("image.json", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0}),
                Arguments.of("latin1.csv", "benchmark,value\ndécode,1\n".getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("deep.json", bytes("[".repeat(100) + "]".repeat(100))),
                Arguments.of("deeper.json", bytes("{\"a\":".repeat(100_000))),
                Arguments.of("prose.txt", bytes("All tests passed.\n")),
                Arguments.of("other.json", bytes("{\"hello\": \"world\"}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_cannot_be_read_is_named_and_nothing_is_recorded(String name, byte[] content) {
        String bad = file(name, content);
        for (String[] arguments : new String[][] {
            {"check", run(1), bad}, {"check", bad, "--json"}, {"record", bad}, {"compare", bad, run(1)}
        }) {
            Answer answer = plumb(arguments);
            assertThat(answer.code).as("%s: %s", arguments[0], answer.err).isEqualTo(2);
            assertThat(answer.err).contains(name).hasSizeLessThan(1000);
            assertThat(answer.out).doesNotContain("{");
        }
        assertThat(plumb("history").out).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "null", "", "many", "1e999", "0x10"})
    void a_value_that_is_no_number_is_told_of_and_the_rest_is_kept(String value) {
        Answer answer = plumb("record", file("odd.csv", "benchmark,value,unit\nfine,1,ms\nodd," + value + ",ms\n"));

        assertThat(answer.err).contains("odd.csv");
        String listed = plumb("history").out;
        assertThat(listed).doesNotContain("odd");
        if (answer.code == 0) {
            assertThat(listed).contains("fine");
        } else {
            assertThat(answer.code).isEqualTo(2);
            assertThat(listed).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "null", "\"1.5\"", "1e400", "[]", "{}", "\"Infinity\""})
    void a_score_that_is_no_number_gives_the_raw_values_or_a_message(String score) {
        Answer answer = plumb("record", file("odd.json", jmh("\"a.B.c\"", score, "1.0,2.0")));

        boolean kept = answer.code == 0 && plumb("history").out.contains("a.B.c");
        assertThat(kept || answer.err.contains("odd.json")).as(answer.err).isTrue();
        assertThat(answer.code).isIn(0, 2);
    }

    @Test
    void negative_times_are_told_of_and_duplicate_names_are_pooled() {
        Answer answer = plumb("record", file("odd.csv", "benchmark,value,unit\nminus,-5,ms\ntwice,1,ms\ntwice,3,ms\n"));

        assertThat(answer.code).isZero();
        JsonNode points = json(plumb("history", "--json", "--points").out);
        assertThat(points.toString()).contains("twice").doesNotContain("minus");
        assertThat(points.path("series").get(0).path("last").asDouble()).isEqualTo(2);
        assertThat(answer.err).contains("odd.csv", "minus");
    }

    @Test
    void a_unit_that_changes_inside_a_series_is_converted_or_told_of() {
        plumb("record", history());
        String micro = file("micro.csv", "benchmark,value,unit,commit\ndecode,100500,us,u1\n");
        assertThat(plumb("check", micro).code).isZero();
        assertThat(plumb("check", micro, "--json").out).contains("unit changed", "UNCHANGED");
        Answer other = plumb("check", file("other.csv", "benchmark,value,unit,commit\ndecode,100,widgets,u2\n"));
        assertThat(other.out + other.err).contains("unit");
    }

    @Test
    void a_name_of_a_megabyte_is_refused_in_a_short_message() {
        String name = "n".repeat(1 << 20);
        for (String bad : new String[] {
            file("long.csv", "benchmark,value\n" + name + ",1\n"), file("long.json", jmh("\"" + name + "\"", "1", "1"))
        }) {
            Answer answer = plumb("check", bad);
            assertThat(answer.code).isNotZero();
            assertThat(answer.out.length() + answer.err.length()).isLessThan(5000);
        }
        assertThat(plumb("history").out).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\u001b[31mred\u001b[0m",
                "two\nlines",
                "../../etc/passwd",
                "'; DROP TABLE runs; --",
                "\u202egnp.exe",
                "| a | b |",
                "%s%n${jndi:x}",
                "-rf"
            })
    void hostile_names_are_kept_and_shown_safely(String name) {
        String csv = "benchmark,value,unit\n\"" + name + "\",1,ms\n";
        assertThat(plumb("record", file("names.csv", csv)).code).isZero();
        String json = plumb("check", file("names.csv", csv), "--json").out;

        assertThat(json(json).path("findings").get(0).path("benchmark").toString())
                .isNotBlank();
        for (String[] arguments : new String[][] {
            {"check", file("names.csv", csv), "-v"}, {"check", file("names.csv", csv), "--markdown"}, {"history"}
        }) {
            String out = plumb(true, Map.of("NO_COLOR", "1"), arguments).out;
            assertThat(out).as(arguments[0]).doesNotContain(ESCAPE, "\u202e", "two\nlines");
            if (arguments[arguments.length - 1].equals("--markdown")) {
                assertThat(out).doesNotContain("<script>");
            }
        }
        assertThat(plumb("history").out).isNotBlank();
    }

    @Test
    void a_comparison_does_not_take_what_it_would_ignore() {
        String run = run(100);

        for (String option : new String[] {"--commit", "--branch", "--environment"}) {
            Answer answer = plumb("compare", run, run, option, "x");
            assertThat(answer.code).isEqualTo(2);
            assertThat(answer.err).contains(option);
        }
        assertThat(plumb("compare", "--help").out).doesNotContain("--commit").contains("--format", "--mapping");
    }
}
