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
    void the_branch_with_the_most_runs_comes_first_and_of_equals_the_one_that_was_measured_last() throws IOException {
        try (RunStore store = history("c", "b", "a", "main", "main", "b", "c", "main")) {
            assertThat(HistoryBranches.of(store).all()).containsExactly("main", "c", "b", "a");
        }
    }

    @Test
    void commits_of_no_known_branch_are_not_the_longest_however_many_they_are() throws IOException {
        String detached = "detached-0123456789";
        try (RunStore store = history(detached, detached, detached, "work")) {
            HistoryBranches branches = HistoryBranches.of(store);

            assertThat(branches.all()).containsExactly(detached, "work");
            assertThat(branches.longest()).contains("work");
        }
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
    void a_branch_without_runs_is_answered_with_those_that_have_some() throws IOException {
        try (RunStore store = history("a", "b", "b")) {
            assertThatThrownBy(() -> HistoryBranches.of(store).check("mian"))
                    .isInstanceOf(NothingFound.class)
                    .hasMessage("nothing on mian; the history has b, a: --branch b");
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
