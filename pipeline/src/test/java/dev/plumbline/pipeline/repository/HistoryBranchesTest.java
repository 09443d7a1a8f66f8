package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryBranchesTest {
    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    /** A run of each of these branches, one an hour after the other. */
    private RunStore history(String... branches) throws IOException {
        StringBuilder rows = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,time\n");
        for (int i = 0; i < branches.length; i++) {
            rows.append("fast,time,ms,lower,")
                    .append(100 + i)
                    .append(",c")
                    .append(i)
                    .append(',')
                    .append(branches[i])
                    .append(',')
                    .append(ResultFiles.NOON.plusSeconds(3600L * i))
                    .append('\n');
        }
        files.record(files.write("runs.csv", rows.toString()));
        return files.workspace().open();
    }

    @Test
    void a_history_of_detached_commits_alone_has_no_longest_branch() throws IOException {
        try (RunStore store = history("detached-0123456789")) {
            assertThat(HistoryBranches.of(store).longest()).isEmpty();
        }
    }

    @Test
    void a_branch_is_known_by_its_whole_name_alone() throws IOException {
        try (RunStore store = history("feature/x")) {
            HistoryBranches branches = HistoryBranches.of(store);

            assertThat(branches.has("feature/x")).isTrue();
            assertThat(branches.has("feature")).isFalse();
            assertThat(branches.has("feature/%")).isFalse();
            assertThat(branches.has("")).isFalse();
            assertThatCode(() -> branches.check("feature/x")).doesNotThrowAnyException();
        }
    }

    @Test
    void of_many_branches_five_are_named() throws IOException {
        try (RunStore store = history("a", "b", "c", "d", "e", "f", "g")) {
            assertThatThrownBy(() -> HistoryBranches.of(store).check("x"))
                    .hasMessage("nothing on x; the history has g, f, e, d, c and 2 more: --branch g");
        }
    }

    @Test
    void without_a_history_or_without_runs_there_is_nothing_to_name() {
        try (RunStore empty = files.workspace().open()) {
            for (HistoryBranches branches : List.of(HistoryBranches.none(), HistoryBranches.of(empty))) {
                assertThat(branches.all()).isEmpty();
                assertThat(branches.longest()).isEmpty();
                assertThat(branches.has("main")).isFalse();
                assertThatThrownBy(() -> branches.check("main"))
                        .isInstanceOf(NothingFound.class)
                        .hasMessage(NothingFound.emptyHistory().getMessage());
            }
        }
    }
}
