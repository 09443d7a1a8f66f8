package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which branch is explained where nobody names one, and by which names. */
class ExplainedBranchTest {
    @TempDir
    private Path folder;

    private GitStory story;

    /** Main has got worse, and after it another branch in other benchmarks. */
    @BeforeEach
    void twoBranches() throws IOException, InterruptedException {
        story = GitStory.in(folder);
        story.git("branch", "other");
        story.commit("slower sort");
        story.check(1.3);
        story.git("checkout", "-q", "other");
        story.commit("slower hash");
        story.check(1, 1.3);
    }

    @Test
    void without_a_name_it_is_that_of_the_branch_that_is_checked_out_or_named() throws Exception {
        assertThat(story.reported("explain")).containsPattern("critical \\S+ % Hash.get");
        story.git("checkout", "-q", "main");

        assertThat(story.reported("explain"))
                .containsPattern("critical \\S+ % Sort.quick")
                .doesNotContainPattern("critical \\S+ % Hash.get");
        assertThat(story.reported("explain", "--branch", "other")).containsPattern("critical \\S+ % Hash.get");
    }

    @Test
    void a_branch_that_was_never_measured_has_what_main_has() throws Exception {
        story.git("checkout", "-q", "-b", "third", "main");

        assertThat(story.reported("explain")).containsPattern("critical \\S+ % Sort.quick");
    }

    @Test
    void the_old_name_of_a_benchmark_that_was_renamed_selects_it_everywhere() throws Exception {
        story.git("checkout", "-q", "main");
        story.reported("series", "rename", "Sort.quick", "Sort.dualPivot");

        for (String name : new String[] {"Sort.quick", "quick", "*.quick"}) {
            assertThat(story.reported("explain", name)).contains("Sort.dualPivot · time Regressed");
            assertThat(story.reported("incidents", "--benchmark", name)).contains("Sort.dualPivot time +");
        }
        assertThat(story.reported("triage", "acknowledge", "Sort.quick", "--by", "Ann"))
                .contains("acknowledged Sort.dualPivot");
        assertThat(story.reported("accept", "quick", "--reason", "agreed", "--by", "Ann"))
                .contains("Accepted: Sort.dualPivot time ");
    }
}
