package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that came to main with commits that nobody measured: every answer names the same one of them. */
class BlamedCommitTest {
    @TempDir
    private Path folder;

    private GitStory story;
    private String guilty;

    @BeforeEach
    void slowBranch() throws IOException, InterruptedException {
        story = GitStory.in(folder);
        story.git("checkout", "-q", "-b", "feature");
        guilty = story.commit("another sort");
        documents("branch");
    }

    private void documents(String text) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(text + ".md"), text);
        story.git("add", "-A", ".");
        story.git("commit", "-q", "-m", "documents of " + text);
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void checks_and_incidents_name_the_commit_of_the_branch_and_the_merge_that_brought_it() throws Exception {
        story.git("checkout", "-q", "main");
        story.merge("feature");
        String merge = story.head();
        documents("main");
        String measured = story.head();

        CapturedRun first = story.check(1.3);
        CapturedRun called = story.plumb("incidents");
        CapturedRun explained = story.plumb("explain", "Sort.quick");
        for (int i = 0; i < 5; i++) {
            documents("later " + i);
            assertThat(flat(story.check(1.3))).contains("since " + guilty + " by Ann (merge " + merge + ")");
        }
        CapturedRun confirmed = story.plumb("incidents");

        assertThat(flat(first)).contains("since " + guilty + " by Ann (merge " + merge + ")");
        assertThat(flat(called))
                .contains("with commit " + guilty + " by Ann (came with merge " + merge + ", first measured with "
                        + measured + ") on main");
        assertThat(flat(explained))
                .contains("since commit " + guilty + " by Ann (came with merge " + merge + ", first measured with "
                        + measured + ")");
        assertThat(flat(confirmed)).contains(" % " + guilty + " by Ann: another sort");
    }

    @Test
    void a_merge_that_is_measured_itself_is_named_as_how_the_commit_came_to_main() throws Exception {
        story.git("checkout", "-q", "main");
        story.merge("feature");
        String merge = story.head();

        assertThat(flat(story.check(1.3))).contains("since " + guilty + " by Ann (merge " + merge + ")");
        assertThat(flat(story.plumb("incidents")))
                .contains("with commit " + guilty + " by Ann (came with merge " + merge + ") on main");
    }

    @Test
    void after_a_fast_forward_the_first_measured_commit_is_not_blamed_for_an_earlier_one() throws Exception {
        story.git("checkout", "-q", "main");
        story.git("merge", "-q", "--ff-only", "feature");

        assertThat(flat(story.check(1.3)))
                .contains("since " + guilty + " by Ann")
                .doesNotContain("since " + story.head());
    }

    @Test
    void a_branch_of_which_every_commit_is_measured_names_them_as_before() throws Exception {
        story.check(1);
        String slow = story.commit("slow");

        CapturedRun first = story.check(1.3);
        documents("after");
        CapturedRun second = story.check(1.3);

        assertThat(flat(first)).startsWith("FAIL 1 regression in this change").doesNotContain("since ");
        assertThat(flat(second))
                .contains("since " + slow + " by Ann (this branch)")
                .doesNotContain("merge");
    }
}
