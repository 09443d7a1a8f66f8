package dev.plumbline.measure.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that write a result file, or do not. */
class ResultFileSubjectTest {
    @TempDir
    private Path folder;

    @Test
    void a_list_of_nothing_is_what_jmh_writes_where_nothing_matched() {
        assertThatThrownBy(() -> measure("printf '[\n]\n' >out.json"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("sort: JMH wrote no results: did the filter match?");
    }

    @Test
    void the_lock_of_another_jmh_is_told_in_a_sentence() {
        assertThatThrownBy(() -> measure("printf 'ERROR: Another JMH instance might be running. Unable to acquire the"
                        + " JMH lock (/tmp/jmh.lock), exiting.\n\tat org.openjdk.jmh.Main\n'; exit 1"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("sort: ended with exit code 1: another JMH on this machine holds the lock"
                        + " /tmp/jmh.lock; measure again when it has ended");
    }

    @Test
    void what_a_failing_program_printed_is_shown_with_blanks_for_tabs() {
        assertThatThrownBy(() -> measure("printf 'broken\n\tat line 3\n'; exit 4"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("sort: ended with exit code 4:\nbroken\n    at line 3");
    }

    @Test
    void a_folder_of_results_is_read_as_far_as_the_program_wrote_it() throws Exception {
        criterion("criterion/sort/new", "[10, 20]", "[100, 240]");
        criterion("criterion/old/new", "[1]", "[7]");
        Collected collected = new Collected();

        measure(
                "printf 'text' >criterion/notes.txt; printf '{\"a\":1}' >criterion/sort/new/benchmark.json;"
                        + " printf '{\"iters\":[1,1],\"times\":[30,32]}' >criterion/sort/new/sample.json",
                "criterion",
                collected);

        assertThat(collected.runs()).hasSize(1);
        assertThat(collected.runs().get(0).measurements())
                .extracting(one -> one.benchmark().name() + " " + one.sample().location())
                .containsExactly("sort 31.0");
        assertThat(Files.exists(folder.resolve("criterion/old/new/sample.json")))
                .isTrue();
    }

    @Test
    void of_several_files_with_one_metric_the_one_with_all_values_counts() throws Exception {
        Collected collected = new Collected();
        String estimates = "{\"mean\":{\"point_estimate\":9,\"standard_error\":1,\"confidence_interval\":"
                + "{\"confidence_level\":0.95,\"lower_bound\":8,\"upper_bound\":10}},"
                + "\"median\":{\"point_estimate\":9,\"standard_error\":1,\"confidence_interval\":"
                + "{\"confidence_level\":0.95,\"lower_bound\":8,\"upper_bound\":10}}}";

        measure(
                "mkdir -p out/sort/new; printf '" + estimates + "' >out/sort/new/estimates.json;"
                        + " printf '{\"iters\":[1,1],\"times\":[30,32]}' >out/sort/new/sample.json",
                "out",
                collected);

        assertThat(collected.runs().get(0).measurements())
                .filteredOn(one -> one.metric().name().equals("time"))
                .singleElement()
                .satisfies(one -> assertThat(one.sample().location()).isEqualTo(31));
    }

    @Test
    void a_folder_into_which_nothing_was_written_is_a_failure() throws Exception {
        criterion("out/sort/new", "[1]", "[7]");

        assertThatThrownBy(() -> measure("true", "out", new Collected()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("sort: exited with 0 but wrote no result into the folder out and printed nothing");
        assertThatThrownBy(() -> measure("printf text >out/notes.txt", "out", new Collected()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("wrote no result into the folder out");
    }

    @Test
    void a_damaged_result_in_a_folder_is_an_error() throws Exception {
        Files.createDirectory(folder.resolve("out"));

        assertThatThrownBy(() ->
                        measure("printf '{\"iters\":[1,1],\"times\":[30,' >out/sample.json", "out", new Collected()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("sort: ")
                .hasMessageContaining("sample.json");
    }

    private void criterion(String path, String iterations, String times) throws IOException {
        Path below = Files.createDirectories(folder.resolve(path));
        Path file = Files.writeString(
                below.resolve("sample.json"), "{\"iters\":" + iterations + ",\"times\":" + times + "}");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private void measure(String line) throws Exception {
        measure(line, "out.json", new Collected());
    }

    private void measure(String line, String file, Collected collected) throws Exception {
        ImportContext importContext = ImportContext.of(
                Revision.of("", "main"), Environment.of(Map.of("os", "Linux")), Instant.parse("2026-01-01T00:00:00Z"));
        new ResultFileSubject(
                        "sort",
                        Command.shell(line, folder, System.getenv()),
                        folder.resolve(file),
                        Optional.empty(),
                        Results.with(importContext),
                        new ResultFileSubject.Conditions(
                                ProcessRunner.forThisMachine(), folder.resolve("printed.txt"), Duration.ofMinutes(1)))
                .measure(collected);
    }
}
