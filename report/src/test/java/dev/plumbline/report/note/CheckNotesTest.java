package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Revision;
import dev.plumbline.report.Examples;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckNotesTest {
    private static VersionInfo version(String name, int number) {
        return new VersionInfo(
                name,
                BaselineChange.ROLLED_BACK,
                new Provenance(
                        number,
                        Instant.parse("2026-11-29T12:00:00Z"),
                        "Ann",
                        "",
                        "history",
                        "0.1.0",
                        Collections.emptySortedMap()),
                3,
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"default, 1", "release 2.0, 12", "漢字, 1000"})
    void baselines_that_went_back_have_their_name_and_the_version_of_now(String name, int number) {
        assertThat(CheckNotes.wentBack(version(name, number)))
                .isEqualTo("baselines " + name + " went back, version " + number
                        + " now: the acceptance they were based on was revoked");
    }

    private static Stream<Arguments> newest() {
        return Stream.of(
                arguments("a commit, shortened", NoteExamples.COMMIT, "revision, 0123456789,"),
                arguments("changes that were not committed", NoteExamples.DIRTY, "revision, 0123456789-dirty,"),
                arguments("a short id", NoteExamples.SHORT, "revision, v1.2,"),
                arguments("no commit", NoteExamples.UNKNOWN, "one"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("newest")
    void of_a_whole_history_the_newest_run_is_judged(String what, Revision revision, String words) {
        assertThat(CheckNotes.newestJudged(30, revision))
                .isEqualTo("the results contain 30 runs; the newest " + words + " is judged against the others");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | has 1 other run in the history; it is judged together with these results",
                "2 | has 2 other runs in the history; they are judged together with these results",
                "21 | has 21 other runs in the history; they are judged together with these results",
            })
    void runs_of_the_same_commit_are_counted(int others, String words) {
        assertThat(CheckNotes.judgedTogether(NoteExamples.COMMIT, others)).isEqualTo("commit 0123456789 " + words);
    }

    @Test
    void results_without_a_commit_say_how_to_set_it() {
        assertThat(CheckNotes.withoutCommit("release/2.x"))
                .isEqualTo("these results carry no commit, so they count as the newest run of release/2.x; set it with"
                        + " --commit and --branch");
    }

    @Test
    void benchmarks_without_a_history_have_an_example_from_either_side_with_its_parameters() {
        String note = CheckNotes.onlyNew(
                Benchmark.of("bench_v2.Sort", Map.of("n", "1000", "mode", "avgt")), Benchmark.of("bench_v1.Sort"));

        assertThat(note)
                .startsWith("none of these benchmarks has a history, such as bench_v2.Sort {mode=avgt, n=1000};")
                .contains("the history has others, such as bench_v1.Sort. ")
                .endsWith("join renamed benchmarks with plumb series rename");
    }

    @Test
    void benchmarks_with_other_parameters_are_not_called_new() {
        assertThat(CheckNotes.otherParameters(
                        List.of(
                                new CheckNotes.ChangedParameter("n", List.of("", "10"), List.of("1", "2", "3", "4")),
                                new CheckNotes.ChangedParameter("threads", List.of("1"), List.of("8"))),
                        Benchmark.of("Sort", Map.of("threads", "8")),
                        Benchmark.of("Sort")))
                .isEqualTo("the same benchmarks now run with other parameters (n none, 10 → 4 values; threads 1 → 8):"
                        + " Sort {threads=8}, in the history Sort. Run them as before, join them with plumb series"
                        + " rename if they measure the same, or accept what is missing");
    }

    @ParameterizedTest(name = "{0} other branches")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | n1",
                "2 | n1, n2",
                "3 | n1, n2, n3",
                "4 | n1, n2, n3, and 1 more",
                "12 | n1, n2, n3, and 9 more",
            })
    void of_other_branches_three_are_listed(int others, String list) {
        assertThat(CheckNotes.lastRunOf("main", false, NoteExamples.names(others)))
                .isEqualTo("this is the last recorded run of main; choose another branch with --branch: " + list);
    }

    @Test
    void the_branch_that_is_checked_out_is_called_so() {
        assertThat(CheckNotes.lastRunOf("topic", true, NoteExamples.names(1)))
                .isEqualTo("this is the last recorded run of topic, the checked-out branch; choose another branch with"
                        + " --branch: n1");
    }

    @ParameterizedTest(name = "{0} other suites")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | n1",
                "3 | n1, n2, n3",
                "4 | n1, n2, n3, and 1 more",
                "5 | n1, n2, n3, and 2 more",
            })
    void of_other_suites_three_are_listed(int others, String list) {
        assertThat(CheckNotes.otherSuites(NoteExamples.names(others)))
                .isEqualTo("this is the last recorded run; other suites in this history last ran in: " + list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | exactly these numbers were recorded before, for commit 0123456789: is this an old result file?",
                "2 | the numbers of 2 runs were recorded before, for commit 0123456789 and others: are these old result"
                        + " files?",
            })
    void numbers_of_another_commit_are_asked_about_once_or_for_all(int runs, String words) {
        assertThat(CheckNotes.oldNumbers(runs, NoteExamples.COMMIT)).isEqualTo(words);
    }

    @Test
    void a_detached_head_has_the_branch_that_was_made_up_for_it() {
        assertThat(CheckNotes.detached(Revision.of("0123456789abcdef", "detached-0123456789")))
                .startsWith("commit 0123456789 is a detached HEAD, ")
                .contains("it is recorded on detached-0123456789, separate from all branches; ")
                .endsWith("set the branch with --branch NAME");
    }

    @Test
    void without_a_milestone_small_regressions_are_not_added_up() {
        assertThat(CheckNotes.noMilestone("the last release", true, ""))
                .isEqualTo("small regressions since the last release cannot be added up: neither git nor the history"
                        + " has a tag before this commit");
        assertThat(CheckNotes.noMilestone("v1.2", false, "; did you mean v1.20?"))
                .isEqualTo("small regressions since v1.2 cannot be added up: neither git nor the history has it; did"
                        + " you mean v1.20?");
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void names_are_in_a_note_as_they_came_for_whoever_shows_it_to_escape(String name) {
        assertThat(CheckNotes.withoutCommit(name)).contains(name);
        assertThat(CheckNotes.lastRunOf(name, true, List.of(name))).contains(name + ", the");
    }
}
