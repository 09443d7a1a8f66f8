package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of commits that the repository does not have. */
class UnknownCommitsTest {
    private static final String MISSING = "feedbeef00feedbeef00feedbeef00feedbeef00";

    @TempDir
    private Path folder;

    private GitFolder repository;
    private String first;
    private String second;

    @BeforeEach
    void twoCommits() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        first = repository.commit("a", "1");
        second = repository.commit("a", "2");
    }

    /** A run of each commit, the first measured with the second commit and each an hour after the one before. */
    private List<RunInfo> runs(String... commits) throws IOException {
        ResultFiles files = new ResultFiles(Files.createTempDirectory(folder, "results"));
        StringBuilder rows = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,time\n");
        for (int i = 0; i < commits.length; i++) {
            rows.append("fast,time,ms,lower,")
                    .append(100 + i)
                    .append(',')
                    .append(commits[i])
                    .append(",main,")
                    .append(GitFolder.time(1 + i))
                    .append('\n');
        }
        files.record(files.write("runs.csv", rows.toString()));
        try (RunStore store = files.workspace().open()) {
            return store.runs(RunQuery.all());
        }
    }

    private Optional<String> note(List<RunInfo> runs, String here) {
        return UnknownCommits.of(runs, here, new Git(repository.folder()));
    }

    @Test
    void commits_that_the_repository_has_are_not_noted() throws IOException {
        assertThat(note(runs(first, second), second)).isEmpty();
        assertThat(note(runs(first.substring(0, 10)), second))
                .as("the beginning of an id")
                .isEmpty();
        assertThat(note(List.of(), second)).isEmpty();
    }

    @Test
    void uncommitted_changes_are_of_their_commit() throws IOException {
        assertThat(note(runs(first + "-dirty", MISSING + "-dirty"), MISSING + "-dirty"))
                .isEmpty();
    }

    @Test
    void one_that_is_missing_is_named_with_the_commit_that_was_the_head_at_its_time() throws IOException {
        assertThat(note(runs(MISSING), second))
                .hasValue("the repository has no commit feedbeef00, which the results refer to; the nearest by time is "
                        + second.substring(0, 10) + " of 2026-01-01");
    }

    @Test
    void of_several_the_one_measured_last_is_named_and_the_others_counted() throws IOException {
        String other = "0".repeat(40);

        assertThat(note(runs(other, MISSING), second).orElseThrow())
                .startsWith("the repository has no commit feedbeef00,")
                .contains("nor 1 other that they refer to");
        assertThat(note(runs(MISSING, other), second).orElseThrow())
                .startsWith("the repository has no commit 0000000000,");
    }

    @Test
    void more_than_twenty_are_not_asked_about_one_by_one() throws IOException {
        List<String> commits = new ArrayList<>();
        for (int i = 10; i < 31; i++) {
            commits.add(i + "0".repeat(38));
        }

        assertThat(note(runs(commits.toArray(String[]::new)), second).orElseThrow())
                .startsWith("the repository has no commit 3000000000,")
                .contains("nor 20 others");
    }

    @Test
    void a_short_or_hostile_id_is_shown_as_it_is_and_never_an_option_of_git() throws IOException {
        assertThat(note(runs("--help"), second).orElseThrow()).contains("no commit --help,");
        assertThat(note(runs("c1"), second).orElseThrow()).contains("no commit c1,");
    }

    @Test
    void without_a_repository_nothing_is_noted() throws IOException {
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));

        assertThat(UnknownCommits.of(runs(MISSING), "", new Git(nowhere))).isEmpty();
    }

    @Test
    void before_the_first_commit_that_one_is_the_nearest() {
        Git git = new Git(repository.folder());

        assertThat(UnknownCommits.nearest(GitFolder.time(0).minusSeconds(1), git))
                .contains(first.substring(0, 10));
        assertThat(UnknownCommits.nearest(Instant.EPOCH, git))
                .as("a machine without a clock")
                .contains(first.substring(0, 10));
        assertThat(UnknownCommits.nearest(Instant.parse("1959-12-31T00:00:00Z"), git))
                .contains(first.substring(0, 10));
        assertThat(UnknownCommits.nearest(GitFolder.time(0), git)).contains(first.substring(0, 10));
    }

    @Test
    void a_shallow_clone_says_that_it_is_one() throws IOException {
        Path clone = folder.resolve("clone");
        repository.git("clone", "-q", "--depth", "1", "file://" + repository.folder(), clone.toString());

        assertThat(UnknownCommits.of(runs(first), second, new Git(clone)).orElseThrow())
                .contains("no commit " + first.substring(0, 10))
                .contains("git fetch --unshallow");
    }
}
