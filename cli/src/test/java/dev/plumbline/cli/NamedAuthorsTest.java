package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wrote the commit is named wherever a change is: better or worse, certain or not, in checks and in lists. */
class NamedAuthorsTest {
    @TempDir
    private Path folder;

    private GitStory story;

    @BeforeEach
    void twelveHealthyCommits() throws IOException, InterruptedException {
        story = GitStory.in(folder);
    }

    private String commitOfEve() throws IOException, InterruptedException {
        story.commit("work of Eve");
        story.git("commit", "-q", "--amend", "--no-edit", "--author", "Eve <eve@example.org>");
        return story.head();
    }

    @Test
    void an_improvement_names_its_author() throws IOException, InterruptedException {
        String commit = commitOfEve();

        assertThat(GitStory.flat(story.check(0.8))).contains("1 improved", "commit " + commit + " on main by Eve,");
        assertThat(story.reported("explain", "Sort.quick")).contains("since commit " + commit + " by Eve");
        assertThat(story.reported("history", "Sort.quick"))
                .contains("since commit " + commit + " by Eve, detected by a check");

        for (int i = 0; i < 4; i++) {
            story.commit("later");
            story.check(0.8);
        }
        assertThat(story.reported("history", "Sort.quick")).contains("improvement with commit " + commit + " by Eve:");
        assertThat(story.reported("report", "--kind", "executive", "--since", "2026-01-01"))
                .contains("Better (1) Sort.quick is 19.9 % faster since " + commit + " (Eve, \"");
    }

    @Test
    void what_is_missing_or_too_good_names_the_author_of_the_run_s_commit() throws IOException, InterruptedException {
        String commit = commitOfEve();
        CapturedRun tooGood = story.check(0.01);
        assertThat(GitStory.flat(tooGood)).contains("too good", "commit " + commit + " on main by Eve,");
        assertThat(story.reported("history", "Sort.quick")).contains("with commit " + commit + " by Eve,");

        Path run = folder.resolve("run.csv");
        Files.writeString(run, Files.readString(run).replaceAll("(?m)^Sort[.].*\\R", ""));
        String without = commitOfEve();
        assertThat(GitStory.flat(story.plumb("check", run.toString())))
                .contains("missing", "commit " + without + " on main by Eve,");
        assertThat(story.reported("incidents"))
                .contains("missing from the newest run, commit " + without + " on main by Eve: ");
    }

    @Test
    void what_is_missing_is_dated_to_the_first_commit_without_it() throws IOException, InterruptedException {
        story.check(1);
        Path run = folder.resolve("run.csv");
        String rows = Files.readString(run).replaceAll("(?m)^Sort[.].*\\R", "");
        Files.writeString(run, rows);
        String without = commitOfEve();
        assertThat(GitStory.flat(story.plumb("check", run.toString())))
                .contains("Sort.quick is missing from this run", "Sort.merge is missing from this run")
                .contains("-missing --reason WHY (accepts 1 of the 2)");
        String later = story.commit("work of Ann");
        Files.writeString(run, rows.replace("1", "1.0"));

        CapturedRun check = story.plumb("check", run.toString());

        assertThat(GitStory.flat(check))
                .contains("commit " + later + " on main by Ann")
                .contains("Sort.quick is missing since commit " + without + " by Eve");
        assertThat(story.reported("incidents"))
                .contains("missing since commit " + without + " by Eve, as in the newest run, commit " + later)
                .contains("-missing --reason WHY (accepts 1 of the 2)");
        assertThat(story.reported("explain", "Sort.quick")).contains("since commit " + without + " by Eve");
        String id = check.out().replaceAll("(?s).*plumb accept ([0-9a-f]+-missing) .*", "$1");
        assertThat(story.reported("accept", id, "--reason", "gone")).contains(" missing " + without);
    }

    @Test
    void what_a_merge_removed_is_not_said_of_the_author_of_the_merge() throws IOException, InterruptedException {
        story.git("checkout", "-q", "-b", "side");
        String removing = commitOfEve();
        story.git("checkout", "-q", "main");
        story.merge("side");
        story.check(1);
        story.git("commit", "-q", "--allow-empty", "-m", "nothing");
        Path run = folder.resolve("run.csv");
        story.git("checkout", "-q", "-b", "other");
        String second = commitOfEve();
        story.git("checkout", "-q", "main");
        story.merge("other");
        Files.writeString(run, Files.readString(run).replaceAll("(?m)^Sort[.].*\\R", ""));

        assertThat(GitStory.flat(story.plumb("check", run.toString())))
                .contains("Sort.quick is missing since commit " + second + " by Eve")
                .doesNotContain(removing);
    }

    @Test
    void a_regression_names_its_author_in_lists_and_once_it_is_over() throws IOException, InterruptedException {
        String commit = commitOfEve();
        story.check(1.3);
        assertThat(story.reported("history"))
                .contains("1 of 6 series needs attention: Sort.quick time (+")
                .contains(" with commit " + commit + " by Eve). Details");
        for (int i = 0; i < 4; i++) {
            story.commit("later");
            story.check(1.3);
        }
        for (int i = 0; i < 4; i++) {
            story.commit("back");
            story.check(1);
        }

        assertThat(story.reported("incidents")).contains(" from " + commit + " by Eve, 2026-");
        assertThat(story.reported("history", "Sort.quick"))
                .contains("with commit " + commit + " by Eve, recovered with commit ");
    }

    @Test
    void the_author_of_a_merge_is_not_blamed_for_what_it_brought() throws IOException, InterruptedException {
        story.git("checkout", "-q", "-b", "side");
        commitOfEve();
        story.git("checkout", "-q", "main");
        story.merge("side");
        story.check(1.3);

        assertThat(story.reported("history", "Sort.quick")).doesNotContain("by Ann");
        assertThat(story.reported("history")).doesNotContain("by Ann");
    }
}
