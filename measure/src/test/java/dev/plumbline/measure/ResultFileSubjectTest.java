package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import java.nio.file.Path;
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

    private void measure(String line) throws Exception {
        ImportContext importContext = ImportContext.of(
                Revision.of("", "main"), Environment.of(Map.of("os", "Linux")), Instant.parse("2026-01-01T00:00:00Z"));
        new ResultFileSubject(
                        "sort",
                        Command.shell(line, folder, System.getenv()),
                        folder.resolve("out.json"),
                        Optional.empty(),
                        Results.with(importContext),
                        new ResultFileSubject.Conditions(
                                ProcessRunner.forThisMachine(), folder.resolve("printed.txt"), Duration.ofMinutes(1)))
                .measure(new Collected());
    }
}
