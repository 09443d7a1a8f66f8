package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.pipeline.annotate.RecordTriage;
import dev.plumbline.pipeline.baseline.EstablishBaselines;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only reads writes nothing, whatever is there: a history with everything in it, an empty one, or none. */
class ReadingTest {
    private static final String NO_FINDING = "0123456789ab-c1";

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    /** Every file and folder, files with a digest of their bytes. */
    private Map<String, Integer> contents() throws IOException {
        Map<String, Integer> all = new TreeMap<>();
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path file : below.toList()) {
                all.put(
                        folder.relativize(file).toString(),
                        Files.isRegularFile(file) ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
            }
        }
        return all;
    }

    private String triaged() throws IOException {
        files.history(20);
        String id = finding(files.check(slow(20)), "fast").id();
        new RecordTriage(files.workspace(), Policy.DEFAULT)
                .record(id, Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty(), new Author("ann", "why"));
        new EstablishBaselines(
                        files.workspace(), "default", BaselineSettings.DEFAULT, new Author("ann", ""), Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));
        return id;
    }

    private Path slow(int index) {
        return files.run(index).with("fast", 125).with("slow", 500).file();
    }

    @Test
    void of_a_history_with_everything_in_it_no_byte_changes_and_no_file_comes() throws IOException {
        String id = triaged();
        Path one = slow(21);
        Path other = files.healthy(22).file();
        Map<String, Readings.Reading> all = Readings.ofHistory(files.workspace(), id);
        all.putAll(Readings.ofFiles(files.workspace(), one, other));
        all.put("comparison of revisions", () -> files.compare("c1", "c20"));
        all.put("dry run", () -> files.dryRun(one));

        for (Map.Entry<String, Readings.Reading> reading : all.entrySet()) {
            Map<String, Integer> before = contents();
            reading.getValue().read();
            assertThat(contents()).as(reading.getKey()).isEqualTo(before);
        }
    }

    @Test
    void without_a_history_every_question_about_it_is_answered_with_what_helps_and_none_is_begun() throws IOException {
        Map<String, Integer> before = contents();

        Readings.ofHistory(files.workspace(), NO_FINDING).forEach((name, reading) -> assertThatThrownBy(reading::read)
                .as(name)
                .isInstanceOf(NothingFound.class)
                .hasMessageMatching("(?s).*(there is no history|no series found).*plumb record RESULT.*"));

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void files_are_read_without_a_history_and_none_is_begun() throws IOException {
        Path one = slow(0);
        Path other = files.healthy(1).file();
        Map<String, Integer> before = contents();

        for (Map.Entry<String, Readings.Reading> reading :
                Readings.ofFiles(files.workspace(), one, other).entrySet()) {
            reading.getValue().read();
            assertThat(contents()).as(reading.getKey()).isEqualTo(before);
        }
    }

    /** Whatever the answer is, it is one: no failure of the program. */
    @Test
    void an_empty_history_is_a_history_without_runs() throws IOException {
        files.workspace().open().close();
        Map<String, Integer> before = contents();

        Readings.ofHistory(files.workspace(), NO_FINDING).forEach((name, reading) -> {
            Throwable failure = catchThrowable(reading::read);
            if (failure != null) {
                assertThat(failure).as(name).isInstanceOf(IOException.class);
                assertThat(failure.getMessage()).as(name).isNotBlank().doesNotContain("Optional", "null");
            }
        });

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void one_run_is_enough_for_every_question() throws IOException {
        files.history(1);
        Map<String, Readings.Reading> all = Readings.ofHistory(files.workspace(), NO_FINDING);
        all.keySet().removeAll(Set.of("triage", "versions", "version", "baseline"));

        for (Map.Entry<String, Readings.Reading> reading : all.entrySet()) {
            Throwable failure = catchThrowable(() -> reading.getValue().read());
            assertThat(failure).as(reading.getKey()).isNull();
        }
    }
}
