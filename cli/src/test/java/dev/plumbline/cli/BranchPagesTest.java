package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every screen agrees with the gate about a branch of two runs: its series continue those of main. */
class BranchPagesTest {
    @TempDir
    private Path folder;

    private GitStory story;
    private String slower;

    @BeforeEach
    void aBranchWithTwoRuns() throws Exception {
        story = GitStory.in(folder);
        story.git("checkout", "-q", "-b", "feature");
        slower = story.commit("sort: bounds");
        assertThat(story.check(1.25).exitCode()).isEqualTo(1);
        story.commit("sort: more");
    }

    @Test
    void the_history_lists_the_regressed_series_first_with_mains_level_before_it() throws Exception {
        assertThat(story.check(1.25).exitCode()).isEqualTo(1);

        String list = story.plumb("history", "--branch", "feature").out();
        assertThat(list)
                .contains("6 series, branch feature, continuing main")
                .contains("1 of 6 series needs attention: Sort.quick time")
                .doesNotContain("too few to judge");
        List<String> rows =
                list.lines().filter(line -> line.contains("  time  ")).toList();
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0)).contains("Sort.quick", "  14  ", "regressed", "▁▁▁▁▁▁▁▁▁▁▁▁██");
        assertThat(story.reported("history", "Sort.quick", "--branch", "feature"))
                .containsPattern("regression \\+2[45]\\.\\d % since commit " + slower + " by Ann, detected by a check")
                .contains("14 points, lower is better, branch feature, continuing main");
        assertThat(story.reported("history"))
                .contains("6 series, branch feature, continuing main", "1 of 6 series needs attention: Sort.quick time")
                .contains("and 6 series of main, whose runs these rows begin with: --branch main");
    }

    @Test
    void a_series_of_main_that_needs_somebody_keeps_its_row_beside_the_branchs() throws Exception {
        story.git("checkout", "-q", "main");
        story.commit("sort: worse");
        assertThat(story.check(1.4).exitCode()).isEqualTo(1);
        story.git("checkout", "-q", "feature");
        story.check(1.25);

        String list = story.plumb("history").out();

        assertThat(list).contains("and 5 series of main, whose runs these rows begin with: --branch main");
        assertThat(list.lines().filter(line -> line.contains("Sort.quick") && line.contains("  time  ")))
                .hasSize(2)
                .allMatch(line -> line.contains("regressed"));
    }

    @Test
    void an_improvement_of_one_run_is_what_the_check_says_and_no_outlier() throws Exception {
        story.git("checkout", "-q", "-b", "faster", "main");
        String commit = story.commit("sort: faster");
        assertThat(story.check(0.7).out()).contains("improved");

        assertThat(story.reported("history", "Sort.quick", "--branch", "faster"))
                .containsPattern(
                        "improvement -(29|30|31)\\.\\d % since commit " + commit + " by Ann, detected by a check:"
                                + " now \\S+ ms, before \\S+ ms, 1 run so far\\. No action needed")
                .doesNotContain("spiked", "outlier", "warning");
        assertThat(story.plumb("history").out().lines().filter(line -> line.contains("Sort.quick")))
                .singleElement()
                .asString()
                .contains(" improved ");
    }

    @Test
    void an_incident_of_the_branch_resolves_by_its_id_as_its_pages_print_it() throws Exception {
        for (int i = 0; i < 5; i++) {
            story.check(1.25);
            story.commit("sort: more " + i);
        }
        String executive = story.reported("report", "--kind", "executive");
        assertThat(executive)
                .contains("Sort.quick is 2", " % slower since ", " (Ann, \"sort: bounds\") next: plumb incidents i");
        String id = executive.replaceAll("(?s).*\\b(i[0-9a-f]{8})\\b.*", "$1");

        String shown = story.reported("incidents", id);

        assertThat(shown).contains(id, "Sort.quick").isEqualTo(story.reported("incidents", id, "--branch", "feature"));
        story.git("checkout", "-q", "main");
        assertThat(story.reported("incidents", id)).isEqualTo(shown);
        assertThat(story.plumb("incidents", "i00000000").err()).contains("no incident has an id that begins with");
    }

    @Test
    void the_list_of_incidents_of_a_branch_ends_in_one_sentence_about_both_branches() throws Exception {
        story.check(1.25);

        assertThat(story.reported("incidents"))
                .contains("detected by a check: Sort.quick time +2")
                .contains("nothing else changed on feature, and no changes on main");
    }

    @Test
    void a_branch_that_was_only_recorded_shows_what_a_check_of_it_would_find() throws Exception {
        assertThat(story.record(1.25).exitCode()).isZero();

        assertThat(story.reported("history", "Sort.quick", "--branch", "feature"))
                .contains("since commit " + slower + " by Ann, detected by a check")
                .contains("2 runs so far");
    }

    @Test
    void the_dashboard_and_the_executive_page_show_the_branch_that_is_checked_out() throws Exception {
        assertThat(story.check(1.25).exitCode()).isEqualTo(1);

        assertThat(story.reported("dashboard", "-o", "dashboard.html"))
                .contains("All of the history of feature (checked out, continuing main)")
                .contains("1 reported as worse by a check")
                .doesNotContain("too short to judge");
        assertThat(Files.readString(folder.resolve("dashboard.html")))
                .contains(
                        "Sort.quick is 2", slower + " by Ann, detected by a check and not yet confirmed by the history")
                .doesNotContain("\"2 runs recorded");
        assertThat(story.reported("report", "--kind", "executive"))
                .contains("The last 90 days of feature (checked out, continuing main)")
                .contains("Sort.quick", slower)
                .doesNotContain("verdicts need");
        assertThat(story.reported("dashboard", "--branch", "main", "-o", "dashboard.html"))
                .contains("All of the history of main in");
    }

    @Test
    void what_began_on_main_before_the_branch_left_it_is_open_on_the_branchs_pages_too() throws Exception {
        story.git("checkout", "-q", "main");
        String worse = story.commit("sort: worse");
        for (int i = 0; i < 6; i++) {
            assertThat(story.check(1.4).exitCode()).isEqualTo(1);
            story.commit("docs: " + i);
        }
        String open = story.reported("incidents");
        String id = open.replaceAll("(?s).*\\b(i[0-9a-f]{8})\\b.*", "$1");
        story.git("checkout", "-q", "-b", "innocent");
        story.commit("docs: typo");
        assertThat(story.check(1.4).exitCode()).isZero();

        assertThat(story.reported("report", "--kind", "executive"))
                .contains("innocent (checked out, continuing main)", "Sort.quick is 40.0 % slower since " + worse, id)
                .doesNotContain("No open incident");
    }

    @Test
    void pages_of_a_branch_without_runs_are_those_of_main_as_the_report_is() throws Exception {
        story.git("checkout", "-q", "-b", "other", "main");

        assertThat(story.reported("dashboard", "-o", "dashboard.html")).contains("All of the history of main in");
        assertThat(story.reported("report")).contains("on main");
    }

    @Test
    void the_pages_of_a_folder_are_of_one_branch() throws Exception {
        assertThat(story.reported("dashboard", "-o", "pages"))
                .contains("All of the history of feature (checked out, continuing main)")
                .contains("FAIL: 1 regression in this change");
        assertThat(Files.readString(folder.resolve("pages/summary.html")))
                .contains("The last 90 days of feature (checked out, continuing main)");
    }

    @Test
    void the_incidents_of_the_branch_name_the_change() {
        assertThat(story.reported("incidents", "--branch", "feature"))
                .containsPattern("Sort.quick time \\+2[45]")
                .contains("with commit " + slower + " on feature")
                .doesNotContain("histories of 10 runs");
    }
}
