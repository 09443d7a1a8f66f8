package dev.plumbline.store.api;

import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Series;
import dev.plumbline.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void runs_become_series_in_the_order_of_their_revisions() {
        try (History history = History.open(folder.resolve("new/history.db"))) {
            assertThat(history.series()).isEmpty();
            assertThat(history.add(run(2, time("Sort.quick", 12), time("Map.get", 7))))
                    .isTrue();
            assertThat(history.add(run(1, time("Sort.quick", 11)))).isTrue();
            assertThat(history.add(run(1, time("Sort.quick", 11)))).isFalse();
        }
        try (History history = History.open(folder.resolve("new/history.db"))) {
            List<Series> sorted = history.series("Sort.*");
            assertThat(sorted).singleElement().satisfies(series -> assertThat(series.values())
                    .containsExactly(11, 12));
            assertThat(history.series()).hasSize(2);
            assertThat(history.series("nothing")).isEmpty();
            assertThat(history.newest(1))
                    .allSatisfy(series -> assertThat(series.points()).hasSize(1));
        }
    }

    @Test
    void a_file_that_is_no_history_is_refused_and_left_as_it_is() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a database, but a text of some length");
        assertThatThrownBy(() -> History.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("notes.txt");
        assertThat(file).hasContent("not a database, but a text of some length");
    }
}
