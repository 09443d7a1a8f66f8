package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another machine says of its working copy, and what is taken of it. */
class CheckoutTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String MAIN = "refs/heads/main";

    @TempDir
    private Path folder;

    private static Checkout checkout(String head, Map<String, String> references) {
        return new Checkout(head, references, Optional.empty(), List.of(), Optional.empty(), false);
    }

    private static Checkout withRemote(String remote) {
        return new Checkout(COMMIT, Map.of(), Optional.empty(), List.of(), Optional.of(remote), false);
    }

    private Checkout of(GitFolder repository) {
        return Checkout.of(repository.folder()).orElseThrow();
    }

    // ---- what another machine may claim

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD",
                "main",
                "-x",
                "refs/heads",
                "refs/heads/",
                "refs/notes/commits",
                "refs/heads/a//b",
                "refs/heads/../../config",
                "refs/heads/a..b",
                "refs/heads/.hidden",
                "refs/heads/a/.b",
                "refs/heads/a.",
                "refs/heads/a.lock",
                "refs/heads/a.lock/b",
                "refs/heads/a@{1}",
                "refs/heads/a b",
                "refs/heads/a\nb",
                "refs/heads/a\tb",
                "refs/heads/a\\b",
                "refs/heads/a:b",
                "refs/heads/a~1",
                "refs/heads/a^",
                "refs/heads/*",
                "refs/heads/[a]",
                "refs/heads/a?",
                "/refs/heads/a"
            })
    void a_name_that_git_or_a_file_system_could_take_for_something_else_is_refused(String name) {
        assertThatThrownBy(() -> checkout(COMMIT, Map.of(name, COMMIT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the name of a branch or tag: '" + name + "'");
        assertThatThrownBy(() -> checkout(name, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkout(COMMIT, Map.of(), Optional.of(name), List.of(), Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/ümläut", "refs/heads/a-b_c.d", "refs/tags/v1.0", "refs/remotes/origin/x/y"})
    void usual_names_are_taken(String name) {
        assertThat(checkout(name, Map.of(name, COMMIT)).tips()).containsExactly(COMMIT);
    }

    @Test
    void a_name_has_250_characters_at_most() {
        String longest = "refs/heads/" + "x".repeat(239);

        assertThat(checkout(COMMIT, Map.of(longest, COMMIT)).references()).containsKey(longest);
        assertThatThrownBy(() -> checkout(COMMIT, Map.of(longest + "x", COMMIT)))
                .hasMessageContaining("not the name of a branch or tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "--all",
                "0123456789abcdef0123456789abcdef0123456",
                "0123456789abcdef0123456789abcdef012345678",
                "0123456789ABCDEF0123456789ABCDEF01234567",
                "0123456789abcdef0123456789abcdef01234567\n"
            })
    void what_is_no_whole_id_stands_for_no_commit(String id) {
        assertThatThrownBy(() -> checkout(COMMIT, Map.of(MAIN, id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the id of a commit: '" + id + "'");
        assertThatThrownBy(() -> new Checkout(COMMIT, Map.of(), Optional.empty(), List.of(id), Optional.empty(), false))
                .hasMessage("not the id of a commit: '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=touch x", "-u", "https://example.org/a b", "https://e.org/a\nb", "a\u007fb"})
    void an_address_that_git_could_take_for_an_option_or_for_two_lines_is_refused(String address) {
        assertThatThrownBy(() -> withRemote(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the address of a remote");
    }

    @Test
    void an_address_has_500_characters_at_most() {
        String longest = "https://example.org/" + "x".repeat(480);

        assertThat(withRemote(longest).remote()).contains(longest);
        assertThatThrownBy(() -> withRemote(longest + "x")).hasMessage("not the address of a remote");
    }

    @Test
    void more_branches_or_ends_of_a_history_than_anybody_has_are_refused() {
        Map<String, String> branches = new HashMap<>();
        for (int i = 0; i < Checkout.MOST_REFERENCES; i++) {
            branches.put("refs/heads/b" + i, COMMIT);
        }
        assertThat(checkout(COMMIT, branches).tips()).containsExactly(COMMIT);

        branches.put("refs/heads/one-more", COMMIT);
        assertThatThrownBy(() -> checkout(COMMIT, branches)).hasMessageContaining("more branches, tags or ends");
        assertThatThrownBy(() -> new Checkout(
                        COMMIT,
                        Map.of(),
                        Optional.empty(),
                        Collections.nCopies(10_001, COMMIT),
                        Optional.empty(),
                        false))
                .hasMessageContaining("more branches, tags or ends");
    }

    // ---- what is said of the own working copy

    @Test
    void outside_of_a_repository_and_before_the_first_commit_there_is_none() throws IOException {
        assertThat(Checkout.of(Files.createDirectory(folder.resolve("nowhere"))))
                .isEmpty();
        assertThat(Checkout.of(folder.resolve("not-there"))).isEmpty();
        assertThat(Checkout.of(new GitFolder(folder.resolve("empty")).folder())).isEmpty();
    }

    @Test
    void a_branch_that_is_checked_out_is_named_and_a_detached_head_is_its_commit() throws IOException {
        GitFolder repository = new GitFolder(folder);
        String commit = repository.commit("a", "1");
        Checkout onBranch = of(repository);
        repository.git("checkout", "-q", "--detach");

        assertThat(onBranch.head()).isEqualTo(MAIN);
        assertThat(onBranch.references()).containsExactly(Map.entry(MAIN, commit));
        assertThat(of(repository).head()).isEqualTo(commit);
        assertThat(onBranch.mainOfOrigin()).isEmpty();
        assertThat(onBranch.remote()).isEmpty();
        assertThat(onBranch.shallow()).isEmpty();
    }

    @Test
    void tags_count_where_they_stand_for_a_commit() throws IOException {
        GitFolder repository = new GitFolder(folder);
        String commit = repository.commit("a", "1");
        repository.git("tag", "light");
        repository.git("tag", "-a", "-m", "told", "annotated");
        repository.git("tag", "of-a-tree", "HEAD^{tree}");
        repository.git("tag", "-a", "-m", "told", "of-a-file", "HEAD:a");
        repository.git("notes", "add", "-m", "a note");
        String tag = repository.git("rev-parse", "annotated");

        Checkout checkout = of(repository);

        assertThat(checkout.references())
                .containsOnly(
                        Map.entry(MAIN, commit),
                        Map.entry("refs/tags/light", commit),
                        Map.entry("refs/tags/annotated", tag));
        assertThat(checkout.tips()).containsExactlyInAnyOrder(commit, tag);
    }

    @Test
    void a_name_that_stands_for_another_one_is_no_branch_and_that_of_the_remote_is_its_main_one() throws IOException {
        GitFolder original = new GitFolder(folder.resolve("original"));
        String commit = original.commit("a", "1");
        Path clone = folder.resolve("clone");
        original.git("clone", "-q", original.folder().toString(), clone.toString());

        Checkout checkout = Checkout.of(clone).orElseThrow();

        assertThat(checkout.mainOfOrigin()).contains("refs/remotes/origin/main");
        assertThat(checkout.references()).containsOnlyKeys(MAIN, "refs/remotes/origin/main");
        assertThat(checkout.remote()).contains(original.folder().toString());
        assertThat(checkout.tips()).containsExactly(commit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ann:secret@example.org/a.git", "ssh://ann@example.org/a.git"})
    void an_address_is_said_without_its_user(String address) throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("a", "1");
        repository.git("remote", "add", "origin", address);

        assertThat(of(repository).remote().orElseThrow())
                .doesNotContain("ann", "secret")
                .endsWith("//example.org/a.git");
    }

    @Test
    void an_address_that_is_none_is_left_out() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("a", "1");
        repository.git("remote", "add", "origin", "https://example.org/with space");

        assertThat(of(repository).remote()).isEmpty();
    }

    @Test
    void a_remote_that_looks_like_an_option_is_left_out() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("a", "1");
        repository.git("config", "remote.origin.url", "--upload-pack=touch");

        assertThat(of(repository).remote()).isEmpty();
    }

    @Test
    void files_that_git_does_not_track_are_no_change() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("a", "1");
        Files.writeString(folder.resolve("b"), "new");
        assertThat(of(repository).isDirty()).isFalse();

        Files.writeString(folder.resolve("a"), "2");
        assertThat(of(repository).isDirty()).isTrue();
    }

    @Test
    void it_is_the_same_from_a_folder_below() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("below/a", "1");

        assertThat(Checkout.of(folder.resolve("below"))).contains(of(repository));
    }
}
