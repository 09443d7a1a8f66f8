package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git answers of real repositories, and where it cannot. */
class GitTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private Git git;

    @BeforeEach
    void anEmptyRepository() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        git = new Git(repository.folder());
    }

    /** Main with four commits, the tag v1 at the second, and a branch with two from there, merged as the fourth. */
    private List<String> history() throws IOException {
        List<String> commits = new ArrayList<>();
        commits.add(repository.commit("a", "1"));
        commits.add(repository.commit("a", "2"));
        repository.git("tag", "v1");
        repository.git("checkout", "-q", "-b", "feature");
        commits.add(repository.commit("b", "1"));
        commits.add(repository.commit("b", "2"));
        repository.git("checkout", "-q", "main");
        commits.add(repository.commit("a", "3"));
        repository.git("merge", "-q", "--no-ff", "-m", "merge", "feature");
        commits.add(repository.head());
        return commits;
    }

    @Nested
    class OfAHistory {
        private List<String> commits;

        @BeforeEach
        void make() throws IOException {
            commits = history();
        }

        @Test
        void names_stand_for_commits() {
            assertThat(git.commitOf("v1")).hasValue(commits.get(1));
            assertThat(git.commitOf("main")).hasValue(commits.get(5));
            assertThat(git.commitOf("HEAD~1")).hasValue(commits.get(4));
            assertThat(git.commitOf(commits.get(2).substring(0, 12))).hasValue(commits.get(2));
            assertThat(git.branchOf("main")).hasValue("main");
            assertThat(git.branchOf("v1")).isEmpty();
            assertThat(git.branchOf("HEAD")).isEmpty();
        }

        @Test
        void positions_and_betweens_follow_first_parents() {
            assertThat(git.position("v1")).hasValue(2L);
            assertThat(git.position("main"))
                    .as("the merge is one commit of main")
                    .hasValue(4L);
            assertThat(git.between(commits.get(0), "main"))
                    .containsExactly(commits.get(1), commits.get(4), commits.get(5));
            assertThat(git.firstParents("main", true))
                    .extracting(FirstParents.Commit::id)
                    .containsExactly(commits.get(5), commits.get(4), commits.get(1), commits.get(0));
            assertThat(git.firstParents("main", true).get(0).position()).isEqualTo(OptionalLong.of(4));
            assertThat(git.firstParents("main", false).get(0).position()).isEmpty();
            assertThat(git.firstParents("nowhere", true)).isEmpty();
        }

        @Test
        void what_a_merge_brought_is_an_ancestor_and_none_of_the_branchs_own() {
            assertThat(git.isAncestor(commits.get(2), commits.get(5))).isTrue();
            assertThat(git.isAncestor(commits.get(5), commits.get(2))).isFalse();
            assertThat(git.isOnBranch(commits.get(2), "main")).isFalse();
            assertThat(git.isOnBranch(commits.get(2), "feature")).isTrue();
            assertThat(git.isOnBranch(commits.get(4), "main")).isTrue();
            assertThat(git.ancestors(commits.get(3)).orElseThrow()).isEqualTo(Set.copyOf(commits.subList(0, 4)));
            assertThat(git.holding(commits.get(2), "main")).isEqualTo(Set.of(commits.get(3), commits.get(5)));
            assertThat(git.mergeBase(commits.get(4), "feature")).hasValue(commits.get(1));
            assertThat(git.someCommits()).hasSameElementsAs(new HashSet<>(commits));
        }

        @Test
        void the_head_at_a_time_is_the_newest_that_was_committed_by_then() throws Exception {
            FirstParents main = FirstParents.of(git, "main");

            assertThat(main.at(GitFolder.time(0)).map(FirstParents.Commit::id)).hasValue(commits.get(0));
            assertThat(main.at(GitFolder.time(0).minusSeconds(1))).isEmpty();
            assertThat(main.at(GitFolder.time(3)).map(FirstParents.Commit::id))
                    .as("while only the branch moved")
                    .hasValue(commits.get(1));
            assertThat(main.at(Instant.parse("2030-01-01T00:00:00Z")).map(FirstParents.Commit::id))
                    .hasValue(commits.get(5));
            assertThat(git.nearest("main", GitFolder.time(1)).map(FirstParents.Commit::id))
                    .hasValue(commits.get(1));
            assertThat(git.nearest("main", GitFolder.time(0).minusSeconds(1)).map(FirstParents.Commit::id))
                    .as("before all of them")
                    .hasValue(commits.get(0));
        }

        @Test
        void a_head_with_an_old_date_is_not_the_nearest_to_a_later_time() throws Exception {
            repository.git("checkout", "-q", "--detach", "main");
            repository.git(
                    "-c",
                    "user.name=T",
                    "-c",
                    "user.email=t@example.org",
                    "commit",
                    "-q",
                    "--allow-empty",
                    "-m",
                    "old",
                    "--date=2020-01-01T00:00:00Z");

            assertThat(git.nearest("HEAD", GitFolder.time(1)).map(FirstParents.Commit::id))
                    .hasValue(commits.get(1));
        }

        @Test
        void tags_before_a_commit_leave_out_its_own() {
            assertThat(git.newestTagBefore(commits.get(5))).hasValue("v1");
            assertThat(git.newestTagBefore(commits.get(1))).isEmpty();
            assertThat(git.second(commits.get(1))).hasValue(GitFolder.time(1).getEpochSecond());
        }

        @Test
        void titles_come_for_whole_and_abbreviated_ids_and_for_nothing_else() {
            String brief = commits.get(2).substring(0, 10);

            Map<String, Git.Title> titles =
                    git.titles(List.of(commits.get(0), brief, "0000000000", "--all", "main", "no such"));

            assertThat(titles)
                    .containsOnlyKeys(commits.get(0), brief)
                    .containsEntry(brief, new Git.Title("Ann", "b: 1"));
            assertThat(git.title(commits.get(5)).orElseThrow().subject()).isEqualTo("merge");
        }

        @Test
        void files_that_differ_are_told_with_their_paths() throws IOException {
            repository.commit("dir with space/ümläut\t.txt", "x");

            assertThat(git.changedFiles(commits.get(5), "HEAD")).hasValue(List.of("dir with space/ümläut\t.txt"));
            assertThat(git.changedFiles("HEAD", "HEAD")).hasValue(List.of());
            assertThat(git.changedFiles("nowhere", "HEAD")).isEmpty();
            assertThat(new Git(repository.folder().resolve("dir with space")).files())
                    .as("from the root on")
                    .containsExactlyInAnyOrder("a", "b", "dir with space/ümläut\t.txt");
        }

        @Test
        void a_detached_head_has_no_branch_and_knows_those_that_hold_it() throws IOException {
            repository.git("checkout", "-q", "--detach", commits.get(3));

            assertThat(git.checkedOut()).isEmpty();
            assertThat(git.head().orElseThrow().branch()).isEmpty();
            assertThat(git.head().orElseThrow().commit()).isEqualTo(commits.get(3));
            assertThat(git.branchesOf(commits.get(3))).containsExactly("feature");
            assertThat(git.branchesOf(commits.get(0))).containsExactlyInAnyOrder("feature", "main");
            assertThat(git.mainBranch()).hasValue("main");
        }

        @Test
        void a_branch_with_the_name_of_a_tag_is_the_branch() throws IOException {
            repository.git("checkout", "-q", "-b", "v1", "main");

            assertThat(git.checkedOut()).hasValue("v1");
            assertThat(git.head().orElseThrow().branch()).hasValue("v1");
            assertThat(git.firstParents("v1", true)).hasSize(4);
            assertThat(git.hasBranch("v1")).isTrue();
        }

        @Test
        void a_shallow_clone_knows_that_it_is_one() throws IOException {
            Path clone = folder.resolve("clone");
            repository.git("clone", "-q", "--depth", "1", "file://" + repository.folder(), clone.toString());
            Git shallow = new Git(clone);

            assertThat(git.isShallow()).isFalse();
            assertThat(shallow.isShallow()).isTrue();
            assertThat(shallow.head().orElseThrow().shallow()).isTrue();
            assertThat(shallow.mainBranch()).hasValue("main");
            assertThat(shallow.commitOf(commits.get(0))).isEmpty();
            assertThat(shallow.changedFiles(commits.get(0), "HEAD")).isEmpty();
            assertThat(shallow.remote()).hasValue("file://" + repository.folder());
        }

        @Test
        void a_worktree_is_the_commit_and_goes_again() throws IOException {
            Path tree = folder.resolve("tree");

            assertThat(git.addWorktree(tree, commits.get(2))).isTrue();
            assertThat(tree.resolve("b")).hasContent("1");
            Files.writeString(tree.resolve("b"), "changed there");
            assertThat(git.isDirty()).as("here nothing changed").isFalse();

            git.removeWorktree(tree);
            assertThat(tree).doesNotExist();
            assertThat(git.addWorktree(tree, "nowhere")).isFalse();
            assertThat(tree).doesNotExist();
        }

        @Test
        void a_repository_is_found_from_wherever_git_finds_it() throws IOException {
            Path bare = folder.resolve("bare.git");
            repository.git("clone", "-q", "--bare", repository.folder().toString(), bare.toString());
            Path below = Files.createDirectories(repository.folder().resolve("below/that"));
            Path link = Files.createSymbolicLink(folder.resolve("link"), below);
            Path tree = folder.resolve("tree");
            repository.git("worktree", "add", "-q", "--detach", tree.toString());

            for (Path place : List.of(
                    bare,
                    bare.resolve("refs"),
                    below,
                    link,
                    tree,
                    repository.folder().resolve(".git"))) {
                assertThat(new Git(place).commitOf("HEAD")).as(place.toString()).hasValue(commits.get(5));
            }
        }

        @Test
        void changes_of_tracked_files_alone_make_a_copy_dirty() throws IOException {
            Files.writeString(repository.folder().resolve("untracked"), "x");
            assertThat(git.isDirty()).isFalse();
            assertThat(git.changes()).hasValue("");

            Files.writeString(repository.folder().resolve("a"), "changed");
            assertThat(git.isDirty()).isTrue();
            assertThat(git.changes().orElseThrow()).contains("+changed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"--all", "-x", "--output=pwned", "", " ", "a..b", "@{", "v1:a", "^v1", "\n", "ümläut", "v1;x"
                })
        void hostile_names_are_no_commits(String name) {
            assertThat(git.commitOf(name).filter(commit -> !commits.contains(commit)))
                    .isEmpty();
            assertThat(git.position("--output=pwned")).isEmpty();
            assertThat(git.second(name)).isEmpty();
            assertThat(git.ancestors("--all")).isEmpty();
            assertThat(git.hasBranch(name)).isFalse();
            assertThat(repository.folder().resolve("pwned")).doesNotExist();
        }
    }

    @Test
    void before_the_first_commit_nothing_is_known_but_the_branch() {
        assertThat(git.head()).isEmpty();
        assertThat(git.checkedOut()).hasValue("main");
        assertThat(git.commitOf("HEAD")).isEmpty();
        assertThat(git.someCommits()).isEmpty();
        assertThat(git.files()).isEmpty();
        assertThat(git.root()).isPresent();
        assertThat(git.remote()).isEmpty();
        assertThat(git.mainBranch()).isEmpty();
    }

    @Test
    void outside_of_a_repository_and_in_no_folder_every_answer_is_empty() throws IOException {
        for (Path outside : List.of(Files.createDirectory(folder.resolve("outside")), folder.resolve("nowhere"))) {
            Git none = new Git(outside);
            assertThat(none.root()).isEmpty();
            assertThat(none.head()).isEmpty();
            assertThat(none.commitOf("HEAD")).isEmpty();
            assertThat(none.files()).isEmpty();
            assertThat(none.checkedOut()).isEmpty();
            assertThat(none.isShallow()).isFalse();
            assertThat(none.ancestors("HEAD")).isEmpty();
            assertThat(none.titles(List.of("0123456789"))).isEmpty();
            assertThat(none.addWorktree(folder.resolve("tree"), "HEAD")).isFalse();
        }
    }

    @Test
    void only_the_only_remote_stands_in_for_origin() throws IOException {
        repository.git("remote", "add", "upstream", "https://example.org/up.git");
        assertThat(git.remote()).hasValue("https://example.org/up.git");

        repository.git("remote", "add", "fork", "https://example.org/fork.git");
        assertThat(git.remote()).isEmpty();

        repository.git("remote", "add", "origin", "https://example.org/origin.git");
        assertThat(git.remote()).hasValue("https://example.org/origin.git");
    }
}
