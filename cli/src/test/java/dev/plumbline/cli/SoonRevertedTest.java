package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that was taken back soon: by a commit after somebody accepted it, or by a further run of its own. */
class SoonRevertedTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void what_was_accepted_and_reverted_leaves_no_level_between_the_two(int runs) throws Exception {
        GitStory story = GitStory.in(folder);
        for (int i = 0; i < runs; i++) {
            story.commit("slow " + i);
            assertThat(story.check(1.3).exitCode()).isEqualTo(i == 0 ? 1 : 0);
            if (i == 0) {
                assertThat(story.plumb("accept", "Sort.quick", "--reason", "agreed", "--by", "Ann")
                                .exitCode())
                        .isZero();
            }
        }
        story.commit("revert");
        assertThat(GitStory.flat(story.check(1))).contains("improved Sort.quick time", "-23.");
        assertThat(story.reported("history", "Sort.quick"))
                .doesNotContain("115 ms")
                .contains("accepted by Ann", "now ");
        story.commit("later");

        CapturedRun later = story.check(1);

        // a level of few runs is none, so that there is nothing to be better than
        assertThat(later.out()).startsWith("PASS  no regression · " + (runs > 2 ? "1 improved" : "6 unchanged"));
        for (int i = 0; i < 3; i++) {
            story.commit("slow again " + i);
            assertThat(story.check(1.3).exitCode()).as("run %d", i).isEqualTo(1);
        }
    }

    /** One run alone may be an odd one. */
    @Test
    void one_fast_run_on_an_accepted_level_does_not_end_it() throws Exception {
        GitStory story = GitStory.in(folder);
        for (int i = 0; i < 4; i++) {
            story.commit("slow " + i);
            story.check(1.3);
            if (i == 0) {
                story.plumb("accept", "Sort.quick", "--reason", "agreed", "--by", "Ann");
            }
        }
        story.commit("fast for once");
        assertThat(story.check(1).exitCode()).isZero();
        story.commit("as before");
        assertThat(story.check(1.3).exitCode()).isZero();
    }

    /** The accepted runs are no part of the level that the series is back at. */
    @ParameterizedTest
    @CsvSource({"2, 1.1, 1", "2, 1.3, 3", "3, 1.1, 3", "3, 1.3, 4", "5, 1.06, 4", "5, 1.1, 3", "5, 1.3, 4"})
    void what_was_accepted_for_a_few_runs_and_reverted_is_no_part_of_the_level(int runs, double size, int back)
            throws Exception {
        GitStory story = GitStory.in(folder);
        for (int i = 0; i < runs; i++) {
            story.commit("slow " + i);
            story.check(size);
            if (i == 0) {
                story.reported("accept", "Sort.quick", "--reason", "agreed", "--by", "Ann");
            }
        }
        for (int i = 0; i < back; i++) {
            story.commit("back " + i);
            story.check(1);
        }

        assertThat(story.reported("history", "Sort.quick"))
                .containsPattern("(back at|now) (99|100|101)([.]\\d+)? ms")
                .doesNotContainPattern("stable at 10[1-9]|one level, 10[1-9]|where 10[1-9] ms was expected");
    }

    @Test
    void a_run_that_is_a_little_better_is_no_revert() throws Exception {
        GitStory story = GitStory.in(folder);
        story.commit("slow");
        story.check(1.3);
        story.plumb("accept", "Sort.quick", "--reason", "agreed", "--by", "Ann");
        story.commit("a little better");
        story.check(1.22);
        story.commit("later");

        assertThat(story.check(1.22).exitCode()).isZero();
        story.commit("slow again");
        assertThat(story.check(1.6).exitCode()).isEqualTo(1);
    }

    @Test
    void later_runs_are_not_normal_where_the_newest_commit_is_held() throws Exception {
        GitStory story = GitStory.in(folder);
        story.commit("slow, perhaps");
        story.check(1.3);

        assertThat(story.check(1).exitCode()).isEqualTo(3);

        assertThat(story.reported("history", "Sort.quick"))
                .contains("One outlier: ", " is held: Sort.quick time: two runs of commit", " next: measure commit ")
                .doesNotContain("later runs are normal");
    }
}
