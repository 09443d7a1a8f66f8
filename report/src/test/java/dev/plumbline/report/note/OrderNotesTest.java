package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.core.model.Revision;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderNotesTest {
    private static final Instant TIME = Instant.parse("2026-11-29T23:59:59Z");

    private static Stream<Arguments> shallow() {
        return Stream.of(
                arguments("newest as recorded", OrderNotes.newestAsRecorded(NoteExamples.COMMIT, 2, true)),
                arguments("inside", OrderNotes.inside(NoteExamples.COMMIT, 2, 9, false, true)),
                arguments("unknown fork", OrderNotes.unknownFork("topic", "main", false)),
                arguments("lacking commits", OrderNotes.lackingCommits(1, 3)),
                arguments("unknown commits", OrderNotes.unknownCommits("0123456789", 0, "", true)),
                arguments("before all", OrderNotes.beforeAll(3, "main", true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shallow")
    void what_a_shallow_clone_hides_ends_with_what_to_do_about_it(String what, String note) {
        assertThat(OrderNotes.tellsShallow(note)).isTrue();
        assertThat(note).contains(". This repository is a shallow clone").endsWith("or git fetch --unshallow");
    }

    private static Stream<Arguments> whole() {
        return Stream.of(
                arguments("newest by git", OrderNotes.newestByGit(NoteExamples.COMMIT, 2)),
                arguments("newest as recorded", OrderNotes.newestAsRecorded(NoteExamples.COMMIT, 2, false)),
                arguments("newest as rewritten", OrderNotes.newestAsRewritten(NoteExamples.COMMIT, 2)),
                arguments("inside and sure", OrderNotes.inside(NoteExamples.COMMIT, 2, 9, true, true)),
                arguments("inside", OrderNotes.inside(NoteExamples.COMMIT, 2, 9, false, false)),
                arguments("expected of a branch", OrderNotes.expectedOfBranch("topic", "main")),
                arguments("unknown commits", OrderNotes.unknownCommits("0123456789", 0, "", false)),
                arguments("before a commit", OrderNotes.beforeCommit(1, NoteExamples.COMMIT)),
                arguments("before a named commit", OrderNotes.beforeNamed(1, NoteExamples.COMMIT, TIME)),
                arguments("before all", OrderNotes.beforeAll(3, "main", false)),
                arguments("timeless", OrderNotes.timeless(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whole")
    void nothing_is_said_of_a_shallow_clone_where_there_is_none_or_it_hides_nothing(String what, String note) {
        assertThat(OrderNotes.tellsShallow(note)).isFalse();
        assertThat(note).doesNotContain("shallow", "unshallow").doesNotEndWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 recorded run",
                "2 | 2 recorded runs",
                "1200 | 1,200 recorded runs",
            })
    void the_runs_before_which_a_commit_sorts_are_counted(int runs, String counted) {
        assertThat(OrderNotes.newestByGit(NoteExamples.COMMIT, runs))
                .isEqualTo("commit 0123456789 sorts before " + counted
                        + " among its git ancestors; it is judged as the newest");
        assertThat(OrderNotes.newestAsRecorded(NoteExamples.COMMIT, runs, false))
                .isEqualTo("commit 0123456789 sorts before " + counted
                        + ", with no sign that it is older; as it was recorded last, it is judged against them as the"
                        + " newest run");
    }

    private static Stream<Arguments> revisions() {
        return Stream.of(
                arguments("a commit", NoteExamples.COMMIT, "commit 0123456789 "),
                arguments("uncommitted changes", NoteExamples.DIRTY, "commit 0123456789-dirty "),
                arguments("a short id", NoteExamples.SHORT, "commit v1.2 "),
                arguments("no commit", NoteExamples.UNKNOWN, "this run "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("revisions")
    void a_run_without_a_commit_is_this_run(String what, Revision revision, String words) {
        assertThat(OrderNotes.newestByGit(revision, 1)).startsWith(words + "sorts before");
        assertThat(OrderNotes.newestAsRecorded(revision, 1, false)).startsWith(words + "sorts before");
        assertThat(OrderNotes.inside(revision, 1, 5, true, false)).contains(" after " + words.strip() + ", which is");
    }

    @ParameterizedTest(name = "{0} later, sure: {1}, shallow: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | true | false | 1 recorded run comes after commit 0123456789, which is judged against the 9 before"
                        + " it",
                "2 | true | true | 2 recorded runs come after commit 0123456789, which is judged against the 9 before"
                        + " it",
                "2 | false | false | 2 recorded runs come after commit 0123456789, which is judged against the 9 before"
                        + " it; git cannot order them",
            })
    void a_run_inside_a_history_is_judged_against_those_before_it(
            int later, boolean isSure, boolean isShallow, String words) {
        assertThat(OrderNotes.inside(NoteExamples.COMMIT, later, 9, isSure, isShallow))
                .isEqualTo(words);
    }

    @Test
    void missing_benchmarks_hold_the_gate_of_a_branch_whose_fork_is_not_known() {
        assertThat(OrderNotes.unknownFork("topic", "main", true))
                .startsWith("git cannot find where topic left main; using the times of its runs, so missing benchmarks"
                        + " hold the gate instead of failing it. This repository");
        assertThat(OrderNotes.unknownFork("topic", "main", false))
                .startsWith("git cannot find where topic left main; using the times of its runs. This repository")
                .doesNotContain("gate");
        assertThat(OrderNotes.expectedOfBranch("topic", "main"))
                .isEqualTo("git does not know where topic left main, so what main measured before this branch's first"
                        + " run is expected of it");
    }

    @ParameterizedTest(name = "{0} of the newest {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 5 | git does not have 1 of the newest 5 commits of the history, so their order is",
                "4 | 5 | git does not have 4 of the newest 5 commits of the history, so their order is",
                "5 | 5 | git does not have the newest 5 commits of the history, so their order is",
                "1 | 1 | git does not have the newest commit of the history, so the order is",
            })
    void commits_that_git_lacks_are_counted_among_the_newest(long lacking, int newest, String words) {
        assertThat(OrderNotes.lackingCommits(lacking, newest)).startsWith(words + " the one in which");
    }

    @ParameterizedTest(name = "and {0} others")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | which the results refer to",
                "1 | which the results refer to, nor 1 other that they refer to",
                "2 | which the results refer to, nor 2 others that they refer to",
            })
    void commits_that_the_repository_lacks_are_counted(int others, String words) {
        assertThat(OrderNotes.unknownCommits("0123456789", others, "", false))
                .isEqualTo("the repository has no commit 0123456789, " + words);
        assertThat(OrderNotes.unknownCommits("0123456789", others, OrderNotes.nearest("abcdef0123", TIME), false))
                .isEqualTo("the repository has no commit 0123456789, " + words
                        + "; the nearest by time is abcdef0123 of 2026-11-29");
    }

    @Test
    void the_nearest_commit_has_its_day_in_utc() {
        assertThat(OrderNotes.nearest("abcdef0123", TIME))
                .isEqualTo("; the nearest by time is abcdef0123 of 2026-11-29");
        assertThat(OrderNotes.nearest("abcdef0123", TIME.plusSeconds(1))).endsWith(" of 2026-11-30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 run was measured | it is recorded | To give it the branch's commit",
                "2 | 2 runs were measured | they are recorded | To give each the branch's commit",
            })
    void runs_older_than_the_commit_that_is_checked_out_have_no_commit(
            int runs, String measured, String recorded, String give) {
        assertThat(OrderNotes.beforeCommit(runs, NoteExamples.COMMIT))
                .isEqualTo(measured + " before commit 0123456789 was created, so " + recorded
                        + " without a commit, ordered by time. " + give
                        + " at that time, record into a new history: plumb record --commits-by-time --store FILE. If"
                        + " the clock was wrong, give the commit: --commit 0123456789");
    }

    @Test
    void runs_older_than_the_commit_given_for_them_are_asked_about_with_both_days() {
        Revision made = NoteExamples.at(TIME.plusSeconds(86_400));

        assertThat(OrderNotes.beforeNamed(1, made, TIME))
                .isEqualTo("1 run was measured before commit 0123456789 was made (2026-11-29, the commit is of"
                        + " 2026-11-30): is this an old result file?");
        assertThat(OrderNotes.beforeNamed(2, NoteExamples.COMMIT, TIME))
                .isEqualTo("2 runs were measured before commit 0123456789 was made (2026-11-29): are these old result"
                        + " files?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 run is older than every commit of main and is recorded without a commit",
                "3 | 3 runs are older than every commit of main and are recorded without a commit",
            })
    void runs_older_than_every_commit_are_recorded_without_one(int runs, String words) {
        assertThat(OrderNotes.beforeAll(runs, "main", false)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 file has no time, neither in the content nor in its name, and is recorded without a commit; set"
                        + " it with --commit",
                "2 | 2 files have no time, neither in the content nor in their names, and are recorded without a"
                        + " commit; set it with --commit",
            })
    void files_without_a_time_are_counted(int files, String words) {
        assertThat(OrderNotes.timeless(files)).isEqualTo(words);
    }
}
