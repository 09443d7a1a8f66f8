package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.WrongRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heads that a branch had, and the one that it had at a time. */
class FirstParentsTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private final List<String> main = new ArrayList<>();
    private String ofFeature;

    /** Three commits, a merge of one of a branch, and one more; the branch's is the third by time. */
    @BeforeEach
    void aBranchThatWasMerged() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        main.add(repository.commit("a", "1"));
        main.add(repository.commit("a", "2"));
        repository.git("checkout", "-q", "-b", "feature");
        ofFeature = repository.commit("b", "1");
        repository.git("checkout", "-q", "main");
        main.add(repository.commit("a", "3"));
        repository.git("merge", "-q", "--no-ff", "-m", "merge", "feature");
        main.add(repository.head());
        main.add(repository.commit("a", "4"));
    }

    private FirstParents of(Path directory, String branch) throws WrongRequest {
        return FirstParents.of(new Git(directory), branch);
    }

    private static List<String> ids(FirstParents commits) {
        return commits.newestFirst().stream().map(FirstParents.Commit::id).toList();
    }

    @Test
    void what_a_merge_brought_was_never_the_head() throws Exception {
        FirstParents commits = of(repository.folder(), "main");

        assertThat(ids(commits))
                .containsExactly(main.get(4), main.get(3), main.get(2), main.get(1), main.get(0))
                .doesNotContain(ofFeature);
        assertThat(commits.isCutOff()).isFalse();
    }

    @Test
    void each_has_its_time_and_its_place_from_the_first_on() throws Exception {
        FirstParents.Commit second =
                of(repository.folder(), "main").newestFirst().get(3);

        assertThat(second.time()).isEqualTo(GitFolder.time(1));
        assertThat(second.position()).isEqualTo(OptionalLong.of(2));
    }

    @Test
    void the_head_at_a_time_is_the_newest_that_was_committed_by_then() throws Exception {
        FirstParents commits = of(repository.folder(), "main");

        assertThat(commits.at(GitFolder.time(0).minusSeconds(1)))
                .as("before the first")
                .isEmpty();
        assertThat(commits.at(GitFolder.time(0)).orElseThrow().id()).isEqualTo(main.get(0));
        assertThat(commits.at(GitFolder.time(1).minusSeconds(1)).orElseThrow().id())
                .isEqualTo(main.get(0));
        assertThat(commits.at(GitFolder.time(2)).orElseThrow().id())
                .as("the head was not the commit of the branch")
                .isEqualTo(main.get(1));
        assertThat(commits.at(GitFolder.time(1_000)).orElseThrow().id()).isEqualTo(main.get(4));
    }

    @Test
    void a_branch_of_the_remote_stands_in_for_one_that_is_not_here() throws Exception {
        Path clone = folder.resolve("clone");
        repository.git("clone", "-q", repository.folder().toString(), clone.toString());

        assertThat(ids(of(clone, "feature"))).containsExactly(ofFeature, main.get(1), main.get(0));
    }

    @Test
    void a_shallow_clone_knows_no_places_and_says_that_older_ones_are_missing() throws Exception {
        Path clone = folder.resolve("clone");
        repository.git("clone", "-q", "--depth", "2", "file://" + repository.folder(), clone.toString());

        FirstParents commits = of(clone, "main");

        assertThat(commits.isCutOff()).isTrue();
        assertThat(ids(commits)).containsExactly(main.get(4), main.get(3));
        assertThat(commits.newestFirst())
                .allSatisfy(commit -> assertThat(commit.position()).isEmpty());
    }

    @Test
    void a_branch_that_is_not_there_and_no_repository_are_refused_with_what_helps() throws IOException {
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));

        assertThatThrownBy(() -> of(repository.folder(), "mian"))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("a branch mian")
                .hasMessageEndingWith("choose another one with --branch");
        assertThatThrownBy(() -> of(nowhere, "main"))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("this is not a git repository");
    }
}
