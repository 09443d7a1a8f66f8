package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people accept or acknowledge is the same on every screen, on the branch where they did and on main. */
class AcceptedEverywhereTest {
    @TempDir
    private Path folder;

    private GitStory story;

    @BeforeEach
    void healthyMain() throws Exception {
        story = GitStory.in(folder);
    }

    private String checkedOnBranch() throws Exception {
        story.git("checkout", "-q", "-b", "feature");
        story.commit("sort: bounds");
        CapturedRun check = story.check(1.25);
        assertThat(check.exitCode()).isEqualTo(1);
        return GitStory.id(check);
    }

    @Test
    void what_is_too_good_to_be_true_is_named_until_it_is_accepted_and_after() throws Exception {
        String commit = story.commit("sort: cache");
        CapturedRun check = story.check(0.02);
        String id = GitStory.id(check);

        assertThat(check.out()).startsWith("FAIL  1 too good to be true · 5 unchanged");
        assertThat(story.reported("history")).contains("1 of 6 series needs attention: Sort.quick time", "too good");
        assertThat(story.reported("history", "Sort.quick"))
                .contains("too good to be true: -98.0 % with commit " + commit)
                .contains("plumb accept " + id + " --reason WHY");
        assertThat(story.reported("incidents"))
                .contains("too good to be true: Sort.quick time -98.0 % with commit " + commit + " on main")
                .contains("plumb accept " + id + " --reason WHY")
                .doesNotContain("no changes on main");

        story.reported("accept", id, "--reason", "cached", "--by", "Ann");

        assertThat(story.reported("history", "Sort.quick"))
                .contains("-98.0 % accepted with commit " + commit + " by Ann (Ann: cached): now 2.0")
                .contains("-98.0 % accepted with commit " + commit)
                .doesNotContain("too good");
        assertThat(story.reported("incidents")).contains("not open: 1 accepted");
        assertThat(story.reported("incidents", "--all")).contains("-98.0 % with commit " + commit, "accepted by Ann");
    }

    @Test
    void the_history_page_shows_what_was_accepted_as_such_behind_what_is_open() throws Exception {
        String commit = story.commit("sort: bounds");
        String id = GitStory.id(story.check(1.25));
        for (int i = 0; i < 4; i++) {
            story.commit("after " + i);
            story.check(1.25);
        }
        assertThat(story.reported("report", "--kind", "history"))
                .contains("1 worse than when the period began, ", ": 1 worse, 0 better")
                .doesNotContain("accepted");

        story.reported("accept", id, "--reason", "stricter");

        assertThat(story.reported("report", "--kind", "history"))
                .contains("1 worse than when the period began (1 accepted), ", ": 1 worse (1 accepted), 0 better")
                .containsPattern(commit + " Sort.quick time \\+25[^*]* accepted")
                .contains("Sort.quick time (accepted)");
        assertThat(story.reported("report", "--kind", "history", "--markdown")).contains("** (accepted) |");
        assertThat(story.reported("report", "--kind", "history", "--json")).contains("\"state\": \"ACCEPTED\"");
        assertThat(story.reported("report", "--kind", "history", "--as", "html"))
                .containsPattern("\"events\":\\[\\{[^}]*\"state\":\"ACCEPTED\"");
    }

    @Test
    void a_branchs_id_accepts_the_same_change_on_main_once_it_is_merged() throws Exception {
        String id = checkedOnBranch();
        story.git("checkout", "-q", "main");
        story.merge("feature");
        story.check(1.25);
        for (int i = 0; i < 4; i++) {
            story.commit("after " + i);
            story.check(1.25);
        }
        assertThat(story.reported("incidents")).contains("  open  ".strip(), "Sort.quick time");

        assertThat(story.reported("accept", id, "--reason", "needed"))
                .contains("Accepted: Sort.quick time on feature", "Accepted: Sort.quick time on main");

        assertThat(story.reported("incidents")).contains("no open incidents on main", "1 accepted");
        story.commit("next");
        assertThat(story.check(1.25).exitCode()).isZero();
        assertThat(story.reported("incidents")).contains("no open incidents on main");
    }

    @Test
    void a_change_of_another_size_on_main_is_not_accepted_with_the_branchs_and_its_id_is_named() throws Exception {
        String id = checkedOnBranch();
        story.git("checkout", "-q", "main");
        story.merge("feature");
        story.commit("sort: worse");
        String other = GitStory.id(story.check(1.5));

        assertThat(story.reported("accept", id, "--reason", "needed"))
                .contains("a change of another size is open on the main branch")
                .contains("plumb accept " + other);

        story.commit("next");
        assertThat(story.check(1.5).exitCode()).isEqualTo(1);
    }

    @Test
    void the_id_of_what_is_too_good_to_be_true_is_accepted_though_another_branch_was_checked_since() throws Exception {
        story.git("checkout", "-q", "-b", "feature");
        story.git("checkout", "-q", "main");
        story.commit("sort: cache");
        String id = GitStory.id(story.check(0.02));
        story.git("checkout", "-q", "feature");
        story.commit("sort: bounds");
        assertThat(story.check(1.25).exitCode()).isEqualTo(1);

        assertThat(story.reported("accept", id, "--reason", "cached"))
                .contains("Improvement accepted: Sort.quick time on main ");
    }

    @Test
    void what_is_accepted_on_another_branch_than_the_one_that_is_checked_out_names_it() throws Exception {
        story.commit("sort: bounds");
        story.check(1.25);
        story.git("checkout", "-q", "-b", "feature");

        assertThat(story.reported("accept", "Sort.quick", "--reason", "needed"))
                .contains("Accepted: Sort.quick time on main ");
    }

    @Test
    void an_id_that_was_printed_before_a_renaming_means_the_series_under_its_new_name() throws Exception {
        String slower = story.commit("sort: bounds");
        String id = GitStory.id(story.check(1.25));
        story.reported("series", "rename", "Sort.quick", "Sort.fast");

        assertThat(story.reported("explain", id)).contains("Sort.fast · time Regressed");
        assertThat(story.reported("triage", "acknowledge", id, "--reason", "known"))
                .contains("Sort.fast");
        assertThat(story.reported("accept", id, "--reason", "needed")).contains("Accepted: Sort.fast time");
        assertThat(story.reported("accept", "--list")).contains("Sort.fast", slower);
    }

    @Test
    void a_name_is_explained_by_the_newest_run_of_the_branch_that_is_checked_out() throws Exception {
        checkedOnBranch();
        assertThat(story.reported("explain", "Sort.quick")).contains("Regressed");
        story.git("checkout", "-q", "main");

        assertThat(story.reported("explain", "Sort.quick")).doesNotContain("Regressed");
        assertThat(story.reported("explain", "Sort.quick", "--branch", "feature"))
                .contains("Regressed");
    }

    @Test
    void accept_names_the_levels_that_later_runs_are_held_against() throws Exception {
        story.commit("sort: bounds");
        story.reported("accept", GitStory.id(story.check(1.2)), "--reason", "needed");
        story.commit("sort: more bounds");
        String larger = GitStory.id(story.check(1.7));

        assertThat(story.reported("accept", larger, "--reason", "needed too"))
                .containsPattern("Accepted: Sort.quick time 1(19|20|21)[.\\d]* → 1(69|70|71)[.\\d]* ms");
    }

    @Test
    void acknowledged_and_accepted_changes_of_a_branch_stay_in_its_incidents() throws Exception {
        String id = checkedOnBranch();

        story.reported("triage", "acknowledge", id, "--reason", "looking", "--by", "Ann");

        assertThat(story.reported("incidents")).contains("acknowledged: Sort.quick time +2", "on feature", "looking");
        assertThat(story.reported("incidents", "--branch", "feature")).contains("acknowledged by Ann", "looking");

        story.reported("accept", id, "--reason", "needed", "--by", "Ann");

        assertThat(story.reported("incidents")).contains("accepted: Sort.quick time +2", "on feature", "needed");
        assertThat(story.reported("incidents", "--branch", "feature")).contains("accepted by Ann", "needed");
        assertThat(story.reported("history", "Sort.quick", "--branch", "feature"))
                .contains("accepted with commit");
        story.git("checkout", "-q", "main");
        assertThat(story.reported("incidents")).contains("no changes on main").doesNotContain("feature");
    }

    @ParameterizedTest
    @CsvSource({"acknowledge, acknowledged", "accept, accepted"})
    void a_step_that_the_history_confirms_keeps_what_people_recorded_about_it(String verb, String state)
            throws Exception {
        String slower = story.commit("sort: bounds");
        String id = GitStory.id(story.check(1.25));
        String[] arguments = verb.equals("accept")
                ? new String[] {"accept", id, "--reason", "needed", "--by", "Ann"}
                : new String[] {"triage", verb, id, "--reason", "needed", "--by", "Ann"};
        story.reported(arguments);
        for (int i = 0; i < 4; i++) {
            story.commit("after " + i);
            story.check(1.25);
        }

        assertThat(story.reported("history"))
                .contains("No series needs attention")
                .doesNotContain("in the newest run");
        assertThat(story.reported("history", "Sort.quick"))
                .contains("with commit " + slower + " by Ann, " + state + " by Ann. No action needed.");
    }

    @Test
    void after_a_fast_forward_main_names_the_commit_that_was_accepted() throws Exception {
        String id = checkedOnBranch();
        String slower = story.head();
        story.reported("accept", id, "--reason", "needed", "--by", "Ann");
        story.commit("readme");
        story.git("checkout", "-q", "main");
        story.git("merge", "-q", "--ff-only", "feature");
        assertThat(story.check(1.25).exitCode()).isZero();

        assertThat(story.reported("history", "Sort.quick", "--branch", "main"))
                .contains("accepted with commit " + slower + " by Ann (Ann: needed)")
                .contains("accepted with commit " + slower)
                .doesNotContain("accepted with commit " + story.head());
    }

    @Test
    void runs_that_were_only_recorded_do_not_move_the_first_bad_commit() throws Exception {
        String slower = story.commit("sort: bounds");
        String id = GitStory.id(story.check(1.25));
        story.commit("readme");
        assertThat(story.record(1.25).exitCode()).isZero();
        story.commit("docs");

        CapturedRun check = story.check(1.25);

        assertThat(check.out()).contains("1 regression from an earlier commit", "since " + slower);
        assertThat(GitStory.id(check)).isEqualTo(id);
        assertThat(story.reported("incidents")).contains(slower);
    }
}
