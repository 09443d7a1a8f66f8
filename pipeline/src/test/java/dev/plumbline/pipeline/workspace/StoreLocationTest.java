package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a text says that a history is. */
class StoreLocationTest {
    @TempDir
    private Path folder;

    private StoreLocation of(String text) {
        return StoreLocation.of(text, folder, Map.of(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"history.db", "sub/history.db", "with space.db", "C:history", "a:b", "postgresql.db", "://x"})
    void what_is_no_address_is_a_file_of_the_directory(String text) {
        assertThat(of(text)).isEqualTo(new StoreLocation.InFile(folder.resolve(text)));
        assertThat(StoreLocation.shown(text)).isEqualTo(text);
    }

    @Test
    void an_absolute_file_is_where_it_says() {
        Path elsewhere = folder.resolve("elsewhere.db").toAbsolutePath();

        StoreLocation location =
                StoreLocation.of(elsewhere.toString(), Path.of("/nowhere"), Map.of(), Optional.empty());

        assertThat(location).hasToString(elsewhere.toString());
        assertThat(location.folder()).contains(elsewhere.getParent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://db/x", "https://example.org/history", "s3://bucket/history.db"})
    void the_address_of_something_else_is_refused_rather_than_made_a_file(String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a history is a file or postgresql://")
                .hasMessageNotContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:secret@db.example.org/perf, postgresql://ann@db.example.org/perf",
        "postgres://ann@db/perf?password=secret&project=parser, postgresql://ann@db/perf?project=parser",
        "postgresql://db:5433/perf, postgresql://db:5433/perf",
    })
    void an_address_is_shown_without_its_password(String text, String shown) {
        assertThat(StoreLocation.shown(text)).isEqualTo(shown);
        assertThat(of(text).toString()).doesNotContain("secret");
        assertThat(of(text).folder()).isEmpty();
    }

    @Test
    void the_project_counts_where_the_address_names_none() {
        Optional<String> project = Optional.of("ours");

        assertThat(((StoreLocation.OnServer) StoreLocation.of("postgresql://db/perf", folder, Map.of(), project))
                        .address()
                        .project())
                .isEqualTo("ours");
        assertThat(((StoreLocation.OnServer)
                                StoreLocation.of("postgresql://db/perf?project=other", folder, Map.of(), project))
                        .address()
                        .project())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:secret@db",
                "postgresql://ann:secret@db/perf?colour=blue",
                "postgresql://ann:secret@db:x/perf",
                "postgresql://ann:secret@db/perf?project=Not%20One",
                "postgresql:ann:secret@db"
            })
    void an_address_with_a_mistake_is_refused_without_its_password(String text) {
        assertThatThrownBy(() -> of(text)).isInstanceOf(StoreException.class).hasMessageNotContaining("secret");
    }

    @Test
    void asking_for_a_history_makes_none() {
        StoreLocation location = of("sub/history.db");

        assertThat(location.hasHistory()).isFalse();
        assertThat(folder.resolve("sub")).doesNotExist();
    }

    @Test
    void what_is_written_to_a_trial_is_not_in_the_history() throws IOException {
        ResultFiles files = new ResultFiles(folder);
        files.history(3);
        StoreLocation location = of(Workspace.DEFAULT_STORE);
        byte[] before = Files.readAllBytes(files.historyFile());

        try (RunStore trial = location.openTrial(Aliases.NONE, Reruns.POOL)) {
            String id = trial.runs(RunQuery.all()).get(0).id();
            trial.remove(Set.of(id), true);
            assertThat(trial.runs(RunQuery.all())).hasSize(2);
        }

        assertThat(Files.readAllBytes(files.historyFile())).isEqualTo(before);
        try (RunStore store = location.open(Aliases.NONE, Reruns.POOL)) {
            assertThat(store.runs(RunQuery.all())).hasSize(3);
        }
    }
}
