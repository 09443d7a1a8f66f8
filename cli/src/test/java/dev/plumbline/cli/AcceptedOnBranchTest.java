package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted on one branch, and the changes of the same size on others. */
class AcceptedOnBranchTest {
    private static final int RUNS = 9;

    @TempDir
    private Path temporary;

    private Path folder;
    private int commits;
    private int files;

    /** Branch {@code parser} made b0 slower by 30 %. */
    @BeforeEach
    void a_branch_with_a_regression() throws Exception {
        folder = Files.createDirectory(temporary.resolve("repository"));
        git("init", "-q", "--template=", "-b", "main");
        Files.writeString(folder.resolve("plumbline.yaml"), "branch: main\n");
        Files.writeString(folder.resolve(".gitignore"), "*.csv\n.plumbline/\n");
        for (int i = 0; i < RUNS; i++) {
            commit("file");
            assertThat(plumb("record", results(1, true)).exitCode()).isZero();
        }
        git("checkout", "-q", "-b", "parser");
        commit("parser");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-c", "user.name=T", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        return TestGit.at(
                Instant.parse("2026-01-01T06:00:00Z").plusSeconds(3600L * commits),
                folder,
                command.toArray(String[]::new));
    }

    /** Adds a line to a file. */
    private void commit(String file) throws Exception {
        commits++;
        Path path = folder.resolve(file);
        String before = Files.exists(path) ? Files.readString(path) : "";
        Files.writeString(path, before + "line " + commits + "\n");
        git("add", "-A");
        git("commit", "-q", "-m", "change of " + file);
    }

    private String results(double factor, boolean withB1) throws IOException {
        SplittableRandom random = new SplittableRandom(files).split();
        StringBuilder rows = new StringBuilder("benchmark,metric,unit,better,value,environment\n");
        for (int i = 0; i < (withB1 ? 2 : 1); i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "b%d,time,ms,lower,%s,box%n",
                    i,
                    100 * (i == 0 ? factor : 1) * (1 + 0.005 * random.nextGaussian())));
        }
        return Files.writeString(folder.resolve("r" + files++ + ".csv"), rows.toString())
                .toString();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private static String words(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private CapturedRun slow() throws IOException {
        return plumb("check", results(1.3, true));
    }

    /** @param more options of the command */
    private void accept(String... more) throws Exception {
        assertThat(slow().exitCode()).isEqualTo(1);
        List<String> command = new ArrayList<>(List.of("accept", "b0", "--reason", "checks", "--by", "Ann"));
        command.addAll(List.of(more));
        CapturedRun accepted = plumb(command.toArray(String[]::new));
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        commit("parser");
        assertThat(slow().exitCode()).as("a later commit of the branch").isZero();
    }

    private void squash() throws Exception {
        git("checkout", "-q", "main");
        commit("file");
        commits++;
        git("merge", "-q", "--squash", "parser");
        git("commit", "-q", "-m", "Parser (#12)");
    }

    private void isTakenFromBranch(CapturedRun check, String why) {
        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(words(check)).containsPattern("b0: accepted for commit \\w{10} of branch parser \\(a\\w+\\)" + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--write"})
    void an_acceptance_of_an_unmerged_branch_is_none_of_another_branch(String option) throws Exception {
        accept(option.isEmpty() ? new String[0] : new String[] {option});
        git("checkout", "-q", "-b", "other", "main");
        commit("other");

        CapturedRun other = slow();

        assertThat(other.exitCode()).as(other.out()).isEqualTo(1);
        assertThat(words(other))
                .containsPattern(
                        "b0: a change of this size was accepted for commit \\w{10} of branch parser \\(a\\w+\\),"
                                + " which does not count here: branch parser is not merged");
        git("checkout", "-q", "main");
        commit("file");
        assertThat(slow().exitCode()).as("nor of main").isEqualTo(1);
    }

    @Test
    void an_unmerged_branch_of_the_remote_alone_is_one_too() throws Exception {
        accept();
        git("update-ref", "refs/remotes/origin/parser", "parser");
        git("checkout", "-q", "main");
        git("branch", "-q", "-D", "parser");
        commit("file");

        assertThat(slow().exitCode()).isEqualTo(1);
    }

    @Test
    void a_triage_of_an_unmerged_branch_is_none_of_main() throws Exception {
        assertThat(slow().exitCode()).isEqualTo(1);
        CapturedRun stated = plumb("triage", "acknowledge", "b0", "--reason", "known", "--by", "Ann");
        assertThat(stated.exitCode()).as(stated.err()).isZero();
        git("checkout", "-q", "main");
        commit("file");

        assertThat(slow().exitCode()).isEqualTo(1);
    }

    @Test
    void a_removal_that_was_accepted_on_an_unmerged_branch_is_none_of_another() throws Exception {
        assertThat(plumb("check", results(1, false)).exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b1", "--reason", "gone", "--by", "Ann").exitCode())
                .isZero();
        git("checkout", "-q", "main");
        commit("file");

        assertThat(plumb("check", results(1, false)).exitCode()).isEqualTo(1);

        squash();
        CapturedRun merged = plumb("check", results(1, false));
        assertThat(merged.exitCode()).as(merged.out()).isZero();
        assertThat(merged.out()).contains("of branch parser", "which was merged here in other commits");
    }

    @Test
    void a_squash_merge_is_seen_by_what_it_brings() throws Exception {
        accept();
        squash();

        isTakenFromBranch(slow(), ", which was merged here in other commits");
        commit("file");
        CapturedRun later = slow();
        assertThat(later.exitCode()).isZero();
        assertThat(later.out()).doesNotContain("of branch parser");
    }

    @Test
    void a_rebased_branch_is_seen_by_its_commits() throws Exception {
        accept();
        git("checkout", "-q", "main");
        commit("file");
        git("checkout", "-q", "parser");
        git("rebase", "-q", "main");
        git("checkout", "-q", "main");
        git("merge", "-q", "--ff-only", "parser");

        isTakenFromBranch(slow(), ", which was merged here in other commits");
    }

    @Test
    void a_merge_commit_needs_no_word() throws Exception {
        accept();
        git("checkout", "-q", "main");
        commit("file");
        git("merge", "-q", "--no-ff", "-m", "Parser", "parser");

        CapturedRun main = slow();

        assertThat(main.exitCode()).isZero();
        assertThat(main.out()).contains("1 accepted").doesNotContain("of branch parser");
    }

    @Test
    void the_file_in_the_judged_commit_is_enough() throws Exception {
        accept("--write");
        git("checkout", "-q", "main");
        commit("file");
        git("checkout", "-q", "parser", "--", "plumbline");
        commit("unlike");

        isTakenFromBranch(slow(), ", and in plumbline/acceptances.yaml of this commit");
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void the_file_counts_as_the_judged_commit_has_it_whatever_is_checked_out(boolean isThere, int exit)
            throws Exception {
        accept("--write");
        git("checkout", "-q", "-b", "other", "main");
        if (isThere) {
            git("checkout", "-q", "parser", "--", "plumbline");
        }
        commit("other");
        String other = git("rev-parse", "HEAD");
        git("checkout", "-q", isThere ? "main" : "parser");

        CapturedRun check = plumb("check", results(1.3, true), "--commit", other, "--branch", "other");

        assertThat(check.exitCode()).as(check.out()).isEqualTo(exit);
    }

    @Test
    void a_branch_that_is_gone_is_taken_for_merged() throws Exception {
        accept();
        git("checkout", "-q", "main");
        git("branch", "-q", "-D", "parser");
        commit("file");

        isTakenFromBranch(slow(), "; git has no branch parser any more, so it is assumed to be merged");
    }

    @Test
    void a_branch_keeps_what_was_accepted_when_it_is_rewritten() throws Exception {
        accept();
        git("reset", "-q", "--hard", "main");
        commit("parser");

        isTakenFromBranch(slow(), ", which this branch had before it was rewritten");
    }

    @Test
    void a_picked_commit_names_what_was_accepted_of_it_elsewhere_and_how_to_accept_it_here() throws Exception {
        git("branch", "-q", "release", "main");
        git("checkout", "-q", "main");
        commit("fast");
        assertThat(plumb("check", results(1, true)).exitCode()).isZero();
        commit("parser");
        String accepted = git("rev-parse", "HEAD");
        assertThat(slow().exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b0", "--reason", "checks", "--by", "Ann").exitCode())
                .isZero();
        git("checkout", "-q", "release");
        commits++;
        git("cherry-pick", accepted);

        CapturedRun picked = slow();

        assertThat(picked.exitCode()).as(picked.out()).isEqualTo(1);
        assertThat(words(picked))
                .containsPattern("b0: this branch has the change that was accepted for commit "
                        + accepted.substring(0, 10)
                        + " of branch main \\(a\\w+\\); to accept it here too: plumb accept \\S+ --reason WHY");
        git("checkout", "-q", "-b", "unlike", "release~1");
        commit("other");
        assertThat(words(slow())).contains("FAIL 1 regression").doesNotContain("this branch has the change");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void what_main_was_made_to_forget_is_not_accepted_of_another_commit(int later) throws Exception {
        git("checkout", "-q", "main");
        String before = git("rev-parse", "HEAD");
        commit("parser");
        String forgotten = git("rev-parse", "HEAD").substring(0, 10);
        assertThat(slow().exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b0", "--reason", "checks", "--by", "Ann").exitCode())
                .isZero();
        for (int i = 0; i < later; i++) {
            commit("file");
            assertThat(slow().exitCode()).as("a later commit of main").isZero();
        }
        git("reset", "-q", "--hard", before);
        commit("other");
        String other = git("rev-parse", "HEAD").substring(0, 10);

        CapturedRun check = slow();

        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        assertThat(words(check))
                .startsWith("FAIL 1 regression in this change")
                .containsPattern("b0: a change of this size was accepted for commit \\w{10} of branch main \\(a\\w+\\),"
                        + " which does not count here: branch main does not have that commit any more");
        assertThat(words(plumb("history", "b0", "--branch", "main")))
                .contains("since commit " + other, "detected by a check")
                .doesNotContain(forgotten);
        assertThat(words(plumb("incidents", "--all", "--branch", "main")))
                .contains(other)
                .doesNotContain(forgotten);
        assertThat(plumb("accept", "b0", "--reason", "again", "--by", "Ann").out())
                .contains(other);
        commit("file");
        assertThat(slow().exitCode()).as("accepted again").isZero();
    }

    @Test
    void what_a_rewritten_main_still_brings_stays_accepted() throws Exception {
        git("checkout", "-q", "main");
        String before = git("rev-parse", "HEAD");
        commit("parser");
        String accepted = git("rev-parse", "HEAD");
        assertThat(slow().exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b0", "--reason", "checks", "--by", "Ann").exitCode())
                .isZero();
        git("reset", "-q", "--hard", before);
        commit("other");
        commits++;
        git("cherry-pick", accepted);

        assertThat(slow().exitCode()).isZero();
    }

    @Test
    void what_was_accepted_of_a_commit_of_a_branch_holds_for_the_same_commit_of_main() throws Exception {
        assertThat(slow().exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b0", "--reason", "checks", "--by", "Ann").exitCode())
                .isZero();
        git("checkout", "-q", "main");
        git("merge", "-q", "--ff-only", "parser");

        assertThat(slow().exitCode()).isZero();
        commit("file");
        assertThat(slow().exitCode()).as("and from there on").isZero();
    }

    @Test
    void branches_without_a_difference_are_no_squash_of_each_other() throws Exception {
        git("reset", "-q", "--hard", "main");
        git("commit", "-q", "--allow-empty", "-m", "nothing");
        assertThat(slow().exitCode()).isEqualTo(1);
        assertThat(plumb("accept", "b0", "--reason", "checks", "--by", "Ann").exitCode())
                .isZero();
        git("checkout", "-q", "-b", "other", "main");
        git("commit", "-q", "--allow-empty", "-m", "nothing else");

        assertThat(slow().exitCode()).isEqualTo(1);
    }

    @Test
    void a_run_before_the_loss_is_none_that_was_accepted() throws Exception {
        accept();
        git("checkout", "-q", "main");
        git("branch", "-q", "-D", "parser");

        CapturedRun rerun = plumb("check", "--dry-run", results(1.3, true));

        assertThat(words(rerun)).doesNotContain("larger than accepted");
    }
}
