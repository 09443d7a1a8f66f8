package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.Journal;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt to measure leaves, and what of it is taken up. */
class UnfinishedTest {
    private static final Map<String, String> STATE = Map.of("commit", "c1", "cpu", "A\tB\nC\\n");

    @TempDir
    private Path folder;

    private ResultFiles files;
    private ImportContext importContext;
    private List<MeasureTargets.Task> tasks;

    @BeforeEach
    void aTask() throws IOException {
        files = new ResultFiles(folder);
        importContext = files.workspace().importContext(files.workspace().place());
        tasks = List.of(task("./one"));
    }

    private MeasureTargets.Task task(String command) throws IOException {
        Path yaml = Files.writeString(folder.resolve("suite.yaml"), "suites: {s: {command: " + command + "}}\n");
        return MeasureTargets.Task.of(
                ConfigurationFile.read(yaml, folder).suites().get(0).settings());
    }

    private Unfinished attempt() {
        return Unfinished.of(files.workspace(), tasks, importContext);
    }

    /** The runs of one execution that took a number of milliseconds. */
    private List<Run> execution(double value) throws IOException {
        return new Recorder(files.workspace(), ReadingSettings.DEFAULT, Progress.SILENT)
                .read(List.of(files.run(1).with("one", value).file()), new ArrayList<>());
    }

    private static List<Double> values(List<List<Run>> executions) {
        return executions.stream()
                .flatMap(List::stream)
                .map(run -> run.measurements().get(0).sample().location())
                .toList();
    }

    private Path journal() throws IOException {
        try (Stream<Path> inside = Files.list(folder.resolve(".plumbline/unfinished"))) {
            return inside.filter(file -> file.toString().endsWith(".txt"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An attempt that was stopped after these executions. */
    private void stopped(double... executions) throws IOException {
        try (Unfinished attempt = attempt()) {
            attempt.begin(STATE, files.workspace());
            Journal journal = attempt.of(0);
            for (double one : executions) {
                journal.executed("./one", execution(one));
            }
            assertThat(attempt.notes()).isEmpty();
        }
    }

    private Unfinished resumed(Map<String, String> state) throws IOException {
        Unfinished attempt = attempt();
        attempt.resume(state);
        return attempt;
    }

    @Test
    void what_was_executed_is_taken_up_in_its_order_with_the_task_and_the_subject() throws IOException {
        try (Unfinished attempt = attempt()) {
            attempt.begin(STATE, files.workspace());
            attempt.of(0).executed("a\tb\n", execution(1));
            attempt.of(1).executed("a\tb\n", execution(2));
            attempt.of(0).executed("other", execution(3));
            attempt.of(0).executed("a\tb\n", execution(4));
        }

        try (Unfinished again = resumed(STATE)) {
            assertThat(values(again.of(0).earlier("a\tb\n"))).containsExactly(1.0, 4.0);
            assertThat(values(again.of(1).earlier("a\tb\n"))).containsExactly(2.0);
            assertThat(values(again.of(0).earlier("other"))).containsExactly(3.0);
            assertThat(again.of(0).earlier("unknown")).isEmpty();
            assertThat(again.notes()).containsExactly("continuing after 4 executions measured earlier");
            assertThat(again.entries()).noneMatch(Unfinished.Entry::recorded);
        }
    }

    @Test
    void what_was_taken_up_can_be_taken_up_once_more() throws IOException {
        stopped(1, 2);
        try (Unfinished second = resumed(STATE)) {
            second.begin(STATE, files.workspace());
            second.of(0).executed("./one", execution(3));
        }

        try (Unfinished third = resumed(STATE)) {
            assertThat(values(third.of(0).earlier("./one"))).containsExactly(1.0, 2.0, 3.0);
        }
    }

    @Test
    void where_nothing_is_left_it_starts_from_the_beginning() throws IOException {
        try (Unfinished attempt = resumed(STATE)) {
            assertThat(attempt.notes()).containsExactly("nothing to resume; starting from the beginning");
            assertThat(attempt.entries()).isEmpty();
        }
    }

    @Test
    void an_attempt_at_something_else_is_not_this_one() throws IOException {
        stopped(1);
        tasks = List.of(task("./other"));

        try (Unfinished other = resumed(STATE)) {
            assertThat(other.entries()).isEmpty();
        }
    }

    @Test
    void what_was_measured_in_another_state_is_discarded_with_the_reasons_three_at_most() throws IOException {
        stopped(1);

        try (Unfinished one = resumed(Map.of("commit", "c2", "cpu", STATE.get("cpu")))) {
            assertThat(one.entries()).isEmpty();
            assertThat(one.notes())
                    .containsExactly("earlier measurements are discarded because of changes since then (commit: c1 →"
                            + " c2); starting from the beginning");
        }
        try (Unfinished many = resumed(Map.of("a", "1", "b", "2", "info.c", "3"))) {
            assertThat(many.notes())
                    .singleElement()
                    .asString()
                    .contains("(a: none → 1; b: none → 2; commit: c1 → none; …)");
        }
        Map<String, String> fingerprint = new TreeMap<>(STATE);
        fingerprint.put("info.fingerprint", "other");
        try (Unfinished same = resumed(fingerprint)) {
            assertThat(same.entries()).as("a digest of the others").hasSize(1);
        }
    }

    @Test
    void what_is_recorded_already_is_known_as_that() throws IOException {
        try (Unfinished attempt = attempt()) {
            attempt.begin(STATE, files.workspace());
            attempt.of(0).executed("./one", execution(1));
            attempt.recorded();
            attempt.of(0).executed("./one", execution(2));
        }

        try (Unfinished again = resumed(STATE)) {
            assertThat(again.entries()).extracting(Unfinished.Entry::recorded).containsExactly(true, false);
        }
    }

    @Test
    void an_execution_that_was_cut_off_anywhere_counts_for_nothing_and_those_before_it_do() throws IOException {
        stopped(1, 2);
        Path journal = journal();
        byte[] whole = Files.readAllBytes(journal);
        String text = new String(whole, StandardCharsets.UTF_8);
        int last = text.lastIndexOf("\nrun\t") + 1;
        for (int end = last; end < whole.length - 2; end += 7) {
            Files.write(journal, Arrays.copyOf(whole, end));
            try (Unfinished again = resumed(STATE)) {
                assertThat(values(again.of(0).earlier("./one")))
                        .as("cut off at %d of %d", end, whole.length)
                        .containsExactly(1.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plumbline-unfinished 2\nrun\t0\tx\t{}\n", "\u0000\u0001", "run\t0\t./one\t[]\n"})
    void a_file_that_is_something_else_is_nothing_to_resume(String text) throws IOException {
        stopped(1);
        Files.writeString(journal(), text);

        try (Unfinished again = resumed(STATE)) {
            assertThat(again.entries()).isEmpty();
        }
    }

    @Test
    void a_second_attempt_at_the_same_time_measures_without_a_journal_and_cannot_resume() throws IOException {
        try (Unfinished first = attempt()) {
            first.begin(STATE, files.workspace());
            first.of(0).executed("./one", execution(1));
            try (Unfinished second = attempt()) {
                assertThatThrownBy(() -> second.resume(STATE))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("another plumb run is measuring the same");
                second.begin(STATE, files.workspace());
                second.of(0).executed("./one", execution(2));
                assertThat(second.notes()).singleElement().asString().contains("--resume will not find this one");
            }
        }

        try (Unfinished third = resumed(STATE)) {
            assertThat(values(third.of(0).earlier("./one"))).containsExactly(1.0);
        }
    }

    @Test
    void what_is_done_leaves_no_file() throws IOException {
        Unfinished attempt = attempt();
        attempt.begin(STATE, files.workspace());
        attempt.of(0).executed("./one", execution(1));
        attempt.finish();

        try (Stream<Path> inside = Files.list(folder.resolve(".plumbline/unfinished"))) {
            assertThat(inside).isEmpty();
        }
        assertThat(folder.resolve(".plumbline/.gitignore")).exists();
    }

    @Test
    void where_no_journal_can_be_written_measuring_goes_on_with_a_note() throws IOException {
        Files.createDirectories(folder.resolve(".plumbline"));
        Files.writeString(folder.resolve(".plumbline/unfinished"), "in the way");

        try (Unfinished attempt = attempt()) {
            attempt.begin(STATE, files.workspace());
            attempt.of(0).executed("./one", execution(1));
            attempt.recorded();
            assertThat(attempt.notes()).singleElement().asString().startsWith("--resume will not find this: ");
        }
        assertThat(folder.resolve(".plumbline/unfinished")).hasContent("in the way");
    }
}
