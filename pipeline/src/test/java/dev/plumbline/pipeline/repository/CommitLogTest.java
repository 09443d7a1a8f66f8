package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commits came between the measured ones. */
class CommitLogTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private final List<String> commits = new ArrayList<>();

    @BeforeEach
    void sixCommits() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        for (int i = 0; i < 6; i++) {
            commits.add(repository.commit("src/file" + i + ".txt", "text " + i));
        }
    }

    private static Timeline timeline(List<String> measured) {
        List<RunInfo> runs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Instant time = GitFolder.time(i);
            runs.add(new RunInfo(
                    "run" + i,
                    new RunHeader(
                            new Revision(measured.get(i), "main", Optional.of(time), OptionalLong.of(i + 1)),
                            Environment.unknown(),
                            Optional.of(time),
                            time,
                            new TreeMap<>())));
        }
        return Timeline.of(runs);
    }

    private Map<Integer, List<Commit>> between(String... measured) {
        Timeline timeline = timeline(List.of(measured));
        return CommitLog.of(new Git(repository.folder()), timeline).between(timeline, 0, measured.length - 1);
    }

    private static List<String> ids(List<Commit> some) {
        return some.stream().map(Commit::id).toList();
    }

    @Test
    void a_measured_commit_brought_those_since_the_one_before_it_and_itself_the_oldest_first() {
        Map<Integer, List<Commit>> brought = between(commits.get(0), commits.get(3), commits.get(4));

        assertThat(ids(brought.get(0))).as("nothing before it was measured").containsExactly(commits.get(0));
        assertThat(ids(brought.get(1))).containsExactly(commits.get(1), commits.get(2), commits.get(3));
        assertThat(ids(brought.get(2))).containsExactly(commits.get(4));
        assertThat(brought.get(1).get(0).author()).isEqualTo("Ann");
        assertThat(brought.get(1).get(0).subject()).isEqualTo("src/file1.txt: text 1");
        assertThat(brought.get(1).get(0).files()).containsExactly("src/file1.txt");
    }

    @Test
    void uncommitted_changes_are_of_their_commit_and_what_git_does_not_know_brought_nothing() {
        Map<Integer, List<Commit>> brought =
                between(commits.get(1), "0123456789012345678901234567890123456789", commits.get(3) + Revision.DIRTY);

        assertThat(brought).containsOnlyKeys(0, 2);
        assertThat(ids(brought.get(2))).containsExactly(commits.get(2), commits.get(3));
    }

    @Test
    void in_the_place_of_a_merge_are_the_commits_that_it_brought_with_its_id() throws IOException {
        repository.git("checkout", "-q", "-b", "topic", commits.get(4));
        String first = repository.commit("topic.txt", "1");
        String second = repository.commit("other.txt", "2");
        String merge = merge("topic");
        String last = repository.commit("last.txt", "3");

        List<Commit> brought = between(commits.get(5), last).get(1);

        assertThat(ids(brought)).containsExactly(first, second, last);
        assertThat(brought).extracting(Commit::mergedWith).containsExactly(merge, merge, "");
        assertThat(brought.get(1).files()).containsExactly("other.txt");
    }

    @Test
    void a_merge_that_brought_very_many_commits_stands_for_them() throws IOException {
        repository.git("checkout", "-q", "-b", "topic", commits.get(4));
        for (int i = 0; i < 51; i++) {
            repository.git("commit", "-q", "--allow-empty", "-m", "work " + i);
        }
        repository.commit("topic.txt", "1");
        String merge = merge("topic");

        List<Commit> brought = between(commits.get(5), merge).get(1);

        assertThat(ids(brought)).containsExactly(merge);
        assertThat(brought.get(0).files()).containsExactly("topic.txt");
        assertThat(brought.get(0).mergedWith()).isEmpty();
    }

    private String merge(String branch) throws IOException {
        repository.git("checkout", "-q", "main");
        repository.git("merge", "-q", "--no-ff", "-m", "merge " + branch, branch);
        return repository.head();
    }

    @Test
    void a_commit_brought_those_since_the_nearest_measured_one_and_none_are_known_without_one() {
        CommitLog log = CommitLog.of(new Git(repository.folder()), commits.get(4), 100);

        assertThat(ids(log.since(Set.of(commits.get(0), commits.get(1), commits.get(4), commits.get(5)))))
                .containsExactly(commits.get(2), commits.get(3), commits.get(4));
        assertThat(log.since(Set.of(commits.get(5)))).isEmpty();
        assertThat(CommitLog.none().since(Set.of(commits.get(0)))).isEmpty();
    }

    @Test
    void names_of_files_come_as_they_are() throws IOException {
        String hostile = repository.commit("a \"b\"\n\tü/-c.txt", "x");

        assertThat(between(commits.get(5), hostile).get(1).get(0).files()).containsExactly("a \"b\"\n\tü/-c.txt");
    }

    @Test
    void of_very_many_files_a_hundred_are_kept_and_the_others_counted() throws IOException {
        for (int i = 0; i < 130; i++) {
            Path file = repository.folder().resolve("many/" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        String large = repository.commit("one more", "x");

        Commit commit = between(commits.get(5), large).get(1).get(0);

        assertThat(commit.files()).hasSize(100);
        assertThat(commit.moreFiles()).isEqualTo(31);
    }

    @Test
    void without_a_repository_or_a_known_commit_nothing_is_known() throws IOException {
        Timeline timeline = timeline(List.of("c1", "c2"));
        Git none = new Git(Files.createDirectory(folder.resolve("none")));

        assertThat(CommitLog.of(none, timeline).between(timeline, 0, 1)).isEmpty();
        assertThat(CommitLog.of(new Git(repository.folder()), timeline).between(timeline, 0, 1))
                .isEmpty();
        assertThat(CommitLog.none().between(timeline, 0, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000",
                "\u0000id\u0000author",
                "\u0000id\u0000author\u0000soon\u0000subject\u0000\u0000\nfile\u0000",
                "\u0000id\u0000author\u000099999999999999999999\u0000subject\u0000\u0000",
                "\u0000id\u0000author\u00009223372036854775807\u0000subject\u0000\u0000",
                "not a log at all",
            })
    void what_is_no_log_of_git_has_no_commits(String log) {
        assertThat(CommitLog.parse(log)).isEmpty();
    }
}
