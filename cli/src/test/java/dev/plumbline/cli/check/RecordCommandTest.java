package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordCommandTest {
    @TempDir
    private Path folder;

    @Test
    void results_of_which_nothing_can_be_used_are_input_that_cannot_be_read() {
        String nothing = "benchmark,metric,value,unit\nsort,time,fast,ms\n";
        String half = nothing + "sort,time,10,ms\n";

        CapturedRun recorded = CapturedRun.reading(nothing, folder, "record", "-");

        assertThat(recorded.exitCode()).isEqualTo(2);
        assertThat(recorded.err()).contains("fast");
        assertThat(CapturedRun.reading(nothing, folder, "record", "-", "--dry-run")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CapturedRun.reading(half, folder, "record", "-").exitCode()).isZero();
        // it is known already, which is no mistake
        assertThat(CapturedRun.reading(half, folder, "record", "-").exitCode()).isZero();
    }

    @Test
    void a_dry_run_counts_nothing_of_a_file_that_breaks_off_as_recording_takes_nothing() throws IOException {
        String whole = "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}, {\"command\": \"b\", \"times\": [1]}]}";
        Files.writeString(folder.resolve("broken.json"), whole.substring(0, whole.length() - 8));
        Files.writeString(folder.resolve("whole.json"), whole);

        CapturedRun dry = CapturedRun.of(folder, "record", "--dry-run", "broken.json", "whole.json", "broken.json");

        assertThat(dry.out())
                .endsWith("would be read: 2 measurements in 1 run from 3 files, 2 of them not readable; 2\nproblems."
                        + " Nothing was stored.\n");
        assertThat(CapturedRun.of(folder, "record", "broken.json", "whole.json", "broken.json")
                        .out())
                .isEqualTo("nothing was recorded: 2 of 3 files cannot be read; skip them with --keep-going\n");
    }

    @Test
    void a_dry_run_and_a_recording_answer_alike_about_a_broken_file_named_or_in_a_folder() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Files.writeString(results.resolve("broken.json"), "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}, {");
        Files.writeString(results.resolve("damaged.json"), "{\"a\": nothing}");
        Files.writeString(results.resolve("notes.md"), "quiet machine\n");
        Files.writeString(results.resolve("whole.json"), "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}]}");

        for (List<String> paths : List.of(
                List.of("results"),
                List.of("results/whole.json", "results/broken.json", "results/damaged.json"),
                List.of("results/*.json"))) {
            CapturedRun recorded = CapturedRun.of(folder, arguments(paths, "record"));

            assertThat(recorded.exitCode()).as("record %s", paths).isEqualTo(2);
            assertThat(recorded.err()).contains("broken.json:1:", "damaged.json: unknown format");
            assertThat(CapturedRun.of(folder, arguments(paths, "record", "--dry-run"))
                            .exitCode())
                    .as("record --dry-run %s", paths)
                    .isEqualTo(2);
            CapturedRun checked = CapturedRun.of(folder, arguments(paths, "check"));
            assertThat(checked.exitCode()).as("check %s", paths).isEqualTo(2);
            assertThat(checked.err()).contains("broken.json:1:", "damaged.json: unknown format");
            assertThat(CapturedRun.of(folder, "history").err())
                    .as("nothing is stored")
                    .contains("no series found");
        }
    }

    @Test
    void a_command_that_keeps_going_leaves_out_what_cannot_be_read() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}, {");
        Files.writeString(folder.resolve("whole.json"), "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}]}");

        CapturedRun dry = CapturedRun.of(folder, "record", "--keep-going", "--dry-run", "broken.json", "whole.json");
        CapturedRun recorded = CapturedRun.of(folder, "record", "--keep-going", "broken.json", "whole.json");
        CapturedRun checked = CapturedRun.of(folder, "check", "--keep-going", "broken.json", "whole.json");
        CapturedRun nothing = CapturedRun.of(folder, "record", "--keep-going", "broken.json");

        assertThat(dry.exitCode()).isZero();
        assertThat(recorded.exitCode()).isZero();
        assertThat(recorded.out()).isEqualTo("recorded 1 measurement in 1 run from 1 file\n");
        assertThat(recorded.err()).contains("broken.json:1:").contains("this file is skipped");
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out()).contains("broken.json:1:").contains("this file is skipped");
        assertThat(nothing.exitCode()).isEqualTo(2);
    }

    @Test
    void a_pipe_is_read_once_also_where_unreadable_files_are_left_out() throws Exception {
        Path pipe = folder.resolve("results");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(folder.resolve("whole.json"), "{\"results\": [{\"command\": \"a\", \"times\": [1, 2]}]}");
        Process writer = new ProcessBuilder("sh", "-c", "cat whole.json > results")
                .directory(folder.toFile())
                .start();

        CapturedRun run = CapturedRun.of(folder, "record", "--keep-going", "results");

        assertThat(writer.waitFor()).isZero();
        assertThat(run.out()).isEqualTo("recorded 1 measurement in 1 run from 1 file\n");
    }

    @Test
    void an_empty_text_names_no_file_and_not_the_working_directory() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "benchmark,metric,value,unit\nsort,time,10,ms\n");

        for (String command : List.of(
                "record '' a.csv",
                "check ''",
                "check a.csv --store ''",
                "store copy '' b.db",
                "store copy a.db ''",
                "compare '' a.csv",
                "compare a.csv ''",
                "analyze ''",
                "baseline establish --files ''")) {
            String[] arguments = command.replace("''", "\0").split(" ", -1);
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = arguments[i].replace("\0", "");
            }
            CapturedRun run = CapturedRun.of(folder, arguments);

            assertThat(run.exitCode()).as(command).isEqualTo(2);
            assertThat(run.err()).as(command).contains("an empty string is no");
        }
        assertThat(CapturedRun.of(folder, "check", "a.csv", "--baseline", "").err())
                .contains("an empty string names no baselines");
    }

    private static String[] arguments(List<String> paths, String... before) {
        return Stream.concat(Stream.of(before), paths.stream()).toArray(String[]::new);
    }

    @Test
    void programs_are_told_what_was_recorded_and_what_could_not_be_read() throws IOException {
        Files.writeString(folder.resolve("one.csv"), "benchmark,value,unit\nsort,10,ms\nparse,fast,ms\n");
        Files.writeString(folder.resolve("other.txt"), "nothing known");

        CapturedRun first = CapturedRun.of(
                folder, "record", "one.csv", "other.txt", "--keep-going", "--commit", "abcdef1", "--json");
        CapturedRun again = CapturedRun.of(folder, "record", "one.csv", "--commit", "abcdef1", "--json");

        JsonNode answer = JsonMapper.builder().build().readTree(first.out());
        assertThat(first.exitCode()).isEqualTo(ExitCode.OPEN);
        assertThat(answer.get("schema").asString()).isEqualTo("plumbline-record/1");
        assertThat(answer.get("files").asInt()).isEqualTo(2);
        assertThat(answer.get("runs").size()).isEqualTo(1);
        assertThat(answer.get("runs").get(0).get("commit").asString()).isEqualTo("abcdef1");
        assertThat(answer.get("runs").get(0).get("new").asBoolean()).isTrue();
        assertThat(answer.get("runs").get(0).get("measurements").asInt()).isEqualTo(1);
        assertThat(answer.get("problems").get(0).get("what").asString()).contains("fast");
        assertThat(answer.get("unreadable").get(0).get("where").asString()).contains("other.txt");
        JsonNode known = JsonMapper.builder().build().readTree(again.out());
        assertThat(known.get("runs").get(0).get("new").asBoolean()).isFalse();
        assertThat(CapturedRun.of(folder, "record", "one.csv", "--dry-run", "--json")
                        .exitCode())
                .isEqualTo(ExitCode.WRONG);
    }

    @Test
    void many_runs_alike_that_fall_on_one_commit_are_told() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(
                    folder.resolve("r" + i + ".csv"),
                    "benchmark,metric,value,unit\nsort,time," + (10 + i) + ",ms\nsort,memory,5,MB\n");
        }

        CapturedRun recorded = CapturedRun.of(folder, "record", "r0.csv", "r1.csv", "r2.csv", "r3.csv", "r4.csv");
        CapturedRun stated =
                CapturedRun.of(folder, "record", "r0.csv", "r1.csv", "r2.csv", "r3.csv", "r4.csv", "--commit=c");

        assertThat(recorded.exitCode()).isZero();
        assertThat(recorded.err())
                .contains("5 runs: have neither a commit nor a time: each counts as a run of its own")
                .contains("--commit ID");
        assertThat(stated.err()).doesNotContain("one commit");
    }
}
