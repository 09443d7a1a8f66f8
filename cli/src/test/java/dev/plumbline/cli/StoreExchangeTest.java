package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole history as lines of JSON, and back. */
class StoreExchangeTest {
    private static final String STORE = ".plumbline/history.db";

    private static final List<List<String>> QUESTIONS = List.of(
            List.of("history", "--json"),
            List.of("incidents", "--all", "--json"),
            List.of("accept", "--list", "--json"),
            List.of("triage", "list", "--json"),
            List.of("baseline", "list", "--json"),
            List.of("report", "--branch", "tidy-fields", "--json"));

    @TempDir
    private Path folder;

    private Path demo;

    /** With something in most tables. */
    @BeforeEach
    void history() {
        demo = folder.resolve("demo");
        assertThat(CapturedRun.wide(folder, "demo", "--into", "demo").exitCode())
                .isZero();
        run("baseline", "establish");
        run("triage", "mute", "WordCount", "--branch", "tidy-fields", "--reason", "known");
        run("accept", "CsvLine.split", "--branch", "tidy-fields", "--reason", "the new parser");
    }

    private CapturedRun run(String... arguments) {
        return CapturedRun.wide(demo, arguments);
    }

    private String answers(String store) {
        StringBuilder all = new StringBuilder();
        for (List<String> question : QUESTIONS) {
            List<String> arguments = new ArrayList<>(question);
            arguments.addAll(List.of("--store", store));
            all.append(run(arguments.toArray(String[]::new)).out());
        }
        return all.toString();
    }

    @Test
    void a_history_that_was_exported_and_imported_answers_the_same_to_the_byte() throws IOException {
        for (String file : List.of("all.ndjson", "all.ndjson.gz")) {
            assertThat(run("store", "export", file).exitCode()).as(file).isZero();
            String copy = file + ".db";
            CapturedRun imported = run("store", "import", file, "--store", copy);

            assertThat(imported.exitCode()).as(imported.err()).isZero();
            assertThat(answers(copy)).isEqualTo(answers(STORE));
            assertThat(run("store", "export", "again-" + file, "--store", copy).exitCode())
                    .isZero();
        }
        assertThat(demo.resolve("again-all.ndjson")).hasSameBinaryContentAs(demo.resolve("all.ndjson"));
    }

    /** A part is never taken for the whole, and a line that was changed not for what was exported. */
    @Test
    void what_breaks_off_or_was_changed_is_an_error_with_its_line_and_nothing_is_kept() throws IOException {
        run("store", "export", "all.ndjson");
        List<String> lines = Files.readAllLines(demo.resolve("all.ndjson"));
        int row = lines.size() / 2;
        int run = 0;
        while (!lines.get(run).startsWith("{\"table\":\"run\"")) {
            run++;
        }
        assertRefused(lines.subList(0, row), "wrong.ndjson:" + (row + 1) + ": breaks off");
        assertRefused(without(lines, row), "there are other rows than");
        assertRefused(with(lines, row, "{\"table\":\"measurement\"}"), "wrong.ndjson:" + (row + 1) + ":");
        assertRefused(with(lines, row, "no JSON"), "wrong.ndjson:" + (row + 1) + ": is not JSON");
        assertRefused(with(lines, 0, "{\"schema\":\"plumbline-rows/9\"}"), "wrong.ndjson:1:");
        assertRefused(
                with(lines, run, lines.get(run).replaceFirst("\"measurements\":[0-9]+", "\"measurements\":1")),
                "not those that were exported");
        List<String> more = new ArrayList<>(lines);
        more.add("{}");
        assertRefused(more, "follows the end");
        assertRefused(List.of(), "wrong.ndjson:1: breaks off");
    }

    private static List<String> without(List<String> lines, int row) {
        List<String> all = new ArrayList<>(lines);
        all.remove(row);
        return all;
    }

    private static List<String> with(List<String> lines, int row, String line) {
        List<String> all = new ArrayList<>(lines);
        all.set(row, line);
        return all;
    }

    private void assertRefused(List<String> lines, String why) throws IOException {
        Files.write(demo.resolve("wrong.ndjson"), lines, StandardCharsets.UTF_8);
        CapturedRun imported = run("store", "import", "wrong.ndjson", "--store", "new.db");
        assertThat(imported.exitCode()).isEqualTo(2);
        assertThat(imported.err()).contains(why);
        assertThat(run("history", "--json", "--store", "new.db").out()).doesNotContain("CsvLine");
    }

    @Test
    void into_a_history_with_something_in_it_nothing_is_imported() {
        run("store", "export", "all.ndjson");
        CapturedRun imported = run("store", "import", "all.ndjson");
        assertThat(imported.exitCode()).isEqualTo(2);
        assertThat(imported.err()).contains("is not empty and was left unchanged");
    }
}
