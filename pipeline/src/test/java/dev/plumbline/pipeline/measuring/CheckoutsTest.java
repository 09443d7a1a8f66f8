package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Revision;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revisions beside the working copy: where they lie, what they are, and that nothing of them stays. */
class CheckoutsTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private Path scratch;
    private String first;
    private String second;
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void twoCommits() throws IOException {
        repository = new GitFolder(folder.resolve("repository"));
        first = repository.commit("below/code", "1");
        second = repository.commit("below/code", "2");
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    private Git git() {
        return new Git(repository.folder());
    }

    private Checkouts checkouts(Path directory, Optional<String> build) {
        Workspace workspace = Workspace.of(
                directory,
                Map.of("WORD", "told"),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(folder.resolve("history.db")));
        return new Checkouts(
                workspace,
                build,
                Duration.ofSeconds(20),
                ProcessRunner.forThisMachine(),
                (work, done, total) -> heard.add(work));
    }

    private Checkout open(String revision) throws IOException {
        return checkouts(repository.folder(), Optional.empty()).open(git(), revision, scratch, "one");
    }

    private void build(String line, String revision) throws IOException, InterruptedException {
        Checkouts checkouts = checkouts(repository.folder(), Optional.of(line));
        try (Checkout checkout = checkouts.open(git(), revision, scratch, "one")) {
            checkouts.build(checkout, revision);
        }
    }

    private String worktrees() throws IOException {
        return repository.git("worktree", "list");
    }

    @Test
    void a_revision_has_its_own_files_whatever_the_working_copy_has() throws IOException {
        Files.writeString(repository.folder().resolve("below/code"), "uncommitted");

        try (Checkout checkout = open("main~1")) {
            assertThat(checkout.commit()).isEqualTo(first);
            assertThat(checkout.site().directory().resolve("below/code")).hasContent("1");
        }
        assertThat(repository.folder().resolve("below/code")).hasContent("uncommitted");
    }

    @Test
    void its_results_are_of_its_commit_with_branch_time_and_position() throws IOException {
        try (Checkout checkout = open("main")) {
            Revision revision = checkout.site().header().revision();

            assertThat(revision.commit()).isEqualTo(second);
            assertThat(revision.branch()).isEqualTo("main");
            assertThat(revision.commitTime()).contains(GitFolder.time(1));
            assertThat(revision.position()).hasValue(2);
            assertThat(checkout.site().header().time()).isEqualTo(ResultFiles.NOON);
        }
    }

    @Test
    void results_of_a_commit_that_no_branch_was_named_for_are_of_no_other_branch() throws IOException {
        try (Checkout checkout = open(first)) {
            assertThat(checkout.site().header().revision().branch()).isEqualTo("detached-" + first.substring(0, 10));
        }
    }

    @Test
    void nothing_of_it_stays_and_two_lie_beside_each_other() throws IOException {
        String before = worktrees();
        Checkouts checkouts = checkouts(repository.folder(), Optional.empty());
        try (Checkout one = checkouts.open(git(), first, scratch, "one");
                Checkout other = checkouts.open(git(), second, scratch, "other")) {
            assertThat(one.site().directory()).isNotEqualTo(other.site().directory());
            assertThat(worktrees().lines()).hasSize(3);
        }

        assertThat(worktrees()).isEqualTo(before);
        assertThat(scratch.resolve("one")).doesNotExist();
        assertThat(repository.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void what_is_measured_in_a_folder_is_measured_in_that_folder_of_the_checkout() throws IOException {
        try (Checkout checkout = checkouts(repository.folder().resolve("below"), Optional.empty())
                .open(git(), first, scratch, "one")) {
            assertThat(checkout.site().directory()).endsWith(Path.of("one", "below"));
            assertThat(checkout.site().directory().resolve("code")).hasContent("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mian, 'mian: unknown git revision; did you mean \"main\"?'",
        "feedbeef, feedbeef: unknown git revision",
        "--help, --help: unknown git revision",
        "main^{tree}, main^{tree}: unknown git revision",
    })
    void a_revision_that_is_none_is_named(String revision, String message) throws IOException {
        String before = worktrees();

        assertThatThrownBy(() -> open(revision)).isInstanceOf(IOException.class).hasMessage(message);
        assertThat(worktrees()).isEqualTo(before);
    }

    @Test
    void a_folder_that_is_in_the_way_is_named_and_left_as_it_is() throws IOException {
        Path inTheWay =
                Files.writeString(Files.createDirectory(scratch.resolve("one")).resolve("mine"), "x");

        assertThatThrownBy(() -> open("main"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("main: git could not check it out into " + scratch.resolve("one"));
        assertThat(inTheWay).hasContent("x");
    }

    @Test
    void a_scratch_folder_that_cannot_be_made_leaves_no_checkout_behind() throws IOException {
        String before = worktrees();
        Files.writeString(scratch.resolve("one-scratch"), "in the way");

        assertThatThrownBy(() -> open("main")).isInstanceOf(IOException.class);
        assertThat(worktrees()).isEqualTo(before);
    }

    // ---- building

    @Test
    void a_build_runs_in_the_checkout_with_the_variables_and_says_what_it_builds() throws Exception {
        build("pwd > " + folder.resolve("where") + "; echo $WORD >> " + folder.resolve("where"), first);

        assertThat(Files.readAllLines(folder.resolve("where")))
                .containsExactly(scratch.toRealPath().resolve("one").toString(), "told");
        assertThat(heard).contains("building " + first.substring(0, 10));
    }

    @Test
    void a_build_that_fails_is_told_with_the_end_of_what_it_printed() {
        assertThatThrownBy(() -> build("echo cannot find symbol; exit 3", "main"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("main: does not build; echo cannot find symbol; exit 3 ended with exit code 3")
                .hasMessageContaining("\n")
                .hasMessageEndingWith("cannot find symbol");
        assertThat(scratch.resolve("one")).doesNotExist();
    }

    @Test
    void without_a_build_nothing_is_started() throws Exception {
        Checkouts checkouts = checkouts(repository.folder(), Optional.empty());
        try (Checkout checkout = checkouts.open(git(), "main", scratch, "one")) {
            checkouts.build(checkout, "main");

            assertThat(checkout.site().scratch()).isEmptyDirectory();
            assertThat(heard).isEmpty();
        }
    }

    // ---- uncommitted changes

    @Test
    void uncommitted_changes_are_told_to_who_asks_for_the_commit_below_them_alone() throws IOException {
        assertThat(checkouts(repository.folder(), Optional.empty()).leftOut(git(), "main"))
                .as("a clean working copy")
                .isEmpty();
        Files.writeString(repository.folder().resolve("below/code"), "uncommitted");
        Checkouts checkouts = checkouts(repository.folder(), Optional.empty());

        assertThat(checkouts.leftOut(git(), "HEAD"))
                .contains("uncommitted changes in the working copy are not measured; measuring commit "
                        + second.substring(0, 10));
        assertThat(checkouts.leftOut(git(), first)).isEmpty();
        assertThat(checkouts.leftOut(git(), "mian")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcdef0123456789abcdef01234567, 0123456789",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, 0123456789",
        "main, main",
        "feature/0123456789abcdef0123456789abcdef01234567, feature/0123456789abcdef0123456789abcdef01234567",
        "0123456789abcdef, 0123456789abcdef",
    })
    void a_whole_id_is_shortened_and_a_name_is_not(String revision, String shown) {
        assertThat(Checkouts.shown(revision)).isEqualTo(shown);
    }
}
