package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.store.Rewritten;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What today's readers find in the files of a run takes the place of what was stored. */
class ReadAgainTest {
    @TempDir
    private Path folder;

    private ResultFiles files;
    private Path table;
    private String run;

    @BeforeEach
    void aRecordedFile() throws IOException {
        files = new ResultFiles(folder);
        table = files.run(0).with("fast", 100).with("slow", 500).file();
        files.record(table);
        try (RunStore store = files.workspace().open()) {
            run = store.runs(RunQuery.all()).get(0).id();
        }
    }

    private ReadAgain.Outcome read(boolean forReal, int headers, Path... paths) throws IOException {
        try (RunStore store = files.workspace().open()) {
            return new ReadAgain(store, Results.with(ImportContext.unknown(ResultFiles.NOON)))
                    .read(
                            run,
                            List.of(paths).stream()
                                    .map(path -> new ReadAgain.Original(
                                            path, path.getFileName().toString(), Optional.empty(), headers, List.of(0)))
                                    .toList(),
                            forReal);
        }
    }

    private String stored() {
        return files.series().stream()
                .map(series -> series.key().benchmark().name() + " " + series.values()[0])
                .collect(Collectors.joining(", "));
    }

    private Path edited(String from, String to) throws IOException {
        return files.write("edited.csv", Files.readString(table).replace(from, to));
    }

    @Test
    void the_same_file_changes_nothing() throws IOException {
        ReadAgain.Outcome outcome = read(true, 1, table);

        assertThat(outcome.rewritten().isChanged()).isFalse();
        assertThat(outcome.rewritten().measurements()).isEqualTo(2);
        assertThat(outcome.formats()).containsExactly(Optional.of(Format.PLUMBLINE_CSV));
        assertThat(outcome.problems()).isEmpty();
    }

    @Test
    void a_preview_has_every_change_and_writes_none() throws IOException {
        Path other = edited("fast,time,ms,lower,100", "fresh,time,ms,lower,7");

        ReadAgain.Outcome preview = read(false, 1, other);

        assertThat(preview.rewritten().isChanged()).isTrue();
        assertThat(preview.rewritten().count(Rewritten.Kind.ADDED)).isEqualTo(1);
        assertThat(preview.rewritten().count(Rewritten.Kind.REMOVED)).isEqualTo(1);
        assertThat(stored()).isEqualTo("fast 100.0, slow 500.0");

        read(true, 1, other);

        assertThat(stored()).isEqualTo("fresh 7.0, slow 500.0");
    }

    @Test
    void a_value_that_is_read_otherwise_now_is_a_changed_series() throws IOException {
        ReadAgain.Outcome outcome = read(true, 1, edited("lower,100", "lower,101"));

        assertThat(outcome.rewritten().count(Rewritten.Kind.CHANGED)).isEqualTo(1);
        assertThat(stored()).isEqualTo("fast 101.0, slow 500.0");
    }

    @Test
    void a_file_with_another_number_of_runs_is_refused_and_nothing_changes() throws IOException {
        Path two = files.together(
                List.of(files.run(0).with("fast", 1), files.run(1).with("fast", 2)));

        assertThatThrownBy(() -> read(true, 1, two))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("2 runs are now found in it, and 1 run is found when it was recorded")
                .hasMessageContaining("record the file again with plumb record");
        assertThat(stored()).isEqualTo("fast 100.0, slow 500.0");
    }

    @Test
    void what_no_longer_holds_the_run_or_cannot_be_read_is_refused_and_nothing_changes() throws IOException {
        assertThatThrownBy(() -> read(true, 0))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("nothing of run " + run + " is found in its files now; it stays as it is");
        assertThatThrownBy(() -> read(true, 1, files.write("odd.bin", "\u0001 no results")))
                .isInstanceOf(UnreadableInput.class);

        assertThat(stored()).isEqualTo("fast 100.0, slow 500.0");
        try (RunStore store = files.workspace().open()) {
            assertThat(store.keys(SeriesQuery.all())).hasSize(2);
        }
    }

    @Test
    void records_that_cannot_be_used_are_problems_and_the_rest_is_read() throws IOException {
        ReadAgain.Outcome outcome = read(true, 1, edited("fast,time,ms,lower,100", "fast,time,ms,lower,NaN"));

        assertThat(outcome.problems()).isNotEmpty();
        assertThat(stored()).isEqualTo("slow 500.0");
    }
}
