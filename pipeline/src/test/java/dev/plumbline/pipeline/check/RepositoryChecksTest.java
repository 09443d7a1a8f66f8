package dev.plumbline.pipeline.check;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.MeasuredRepository;
import dev.plumbline.pipeline.history.FindStops;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks in repositories whose history is not a line: branches, merges, what was rewritten, clones without it all. */
class RepositoryChecksTest {
    private static final int HISTORY = 10;

    @TempDir
    private static Path shared;

    private static MeasuredRepository template;
    private static List<String> main;

    @TempDir
    private Path folder;

    private MeasuredRepository repository;

    @BeforeAll
    static void tenCommitsOfMain() throws IOException {
        template = new MeasuredRepository(shared.resolve("repository"));
        main = template.healthy(HISTORY);
    }

    @BeforeEach
    void aCopy() throws IOException {
        repository = template.copyTo(folder.resolve("repository"));
    }

    private static Kind fast(Report report) {
        return finding(report, "fast").verdict().kind();
    }

    private static int earlier(Report report) {
        return finding(report, "fast").baseline().orElseThrow().runs();
    }

    private static boolean isNoted(Report report, String... words) {
        return report.notes().stream().anyMatch(note -> List.of(words).stream().allMatch(note::contains));
    }

    // ---- branches

    @Test
    void a_branch_is_judged_against_main_as_it_was_where_the_branch_began() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checkOut("main");
        for (int i = 0; i < HISTORY; i++) {
            repository.recorded(repository.near(130));
        }
        repository.checkOut("feature");

        Report healthy = repository.checked(repository.near(100));
        Report slow = repository.checked(repository.near(120));

        assertThat(fast(healthy)).as("main got slower since").isEqualTo(Kind.UNCHANGED);
        assertThat(earlier(healthy)).isEqualTo(HISTORY);
        assertThat(healthy.gate().state()).isEqualTo(State.OPEN);
        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_regression_that_main_had_before_the_branch_began_is_none_of_the_branch() throws IOException {
        repository.checked(repository.near(125));
        repository.checked(repository.near(125));
        repository.checkOut("-b", "feature");

        Report report = repository.checked(repository.near(125));

        assertThat(report.gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void what_main_lost_with_commits_that_nobody_measured_is_none_of_the_branch_once_main_was_measured()
            throws IOException {
        repository.commit();
        repository.commit();
        repository.checkOut("-b", "feature");

        Report unknown = repository.checked(repository.near(125));
        repository.checkOut("main");
        repository.checked(repository.near(125));
        repository.checked(repository.near(125));
        repository.checkOut("feature");
        Report known = repository.checked(repository.near(125));
        Report slower = repository.checked(repository.near(150));

        assertThat(Headline.of(unknown)).contains("in this change or 2 unmeasured commits before it");
        assertThat(unknown.gate().state()).isEqualTo(State.CLOSED);
        assertThat(known.gate().state()).isEqualTo(State.OPEN);
        assertThat(finding(known, "fast").alreadyOpen()).isPresent();
        assertThat(slower.gate().state()).as("more than main lost").isEqualTo(State.CLOSED);
    }

    @Test
    void what_main_lost_after_a_measured_fork_excuses_no_branch() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checkOut("main");
        repository.checked(repository.near(125));
        repository.checked(repository.near(125));
        repository.checkOut("feature");

        Report slow = repository.checked(repository.near(125));

        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void runs_of_a_branch_are_no_part_of_main() throws IOException {
        repository.checkOut("-b", "feature");
        for (int i = 0; i < 6; i++) {
            repository.checked(repository.near(130));
        }
        repository.checkOut("main");

        Report report = repository.checked(repository.near(100));

        assertThat(fast(report)).isEqualTo(Kind.UNCHANGED);
        assertThat(MeasuredRepository.commits(repository.fast("main"))).startsWith(main.toArray(String[]::new));
        assertThat(repository.fast("main").points()).hasSize(HISTORY + 1).noneMatch(point -> point.judgedBad());
        assertThat(repository.fast("feature").points()).hasSize(6);
    }

    @Test
    void a_branch_of_a_branch_is_judged_against_main() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checked(repository.near(100));
        repository.checkOut("-b", "deeper");

        Report report = repository.checked(repository.near(120));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(earlier(report)).isEqualTo(HISTORY);
    }

    @Test
    void a_branch_without_a_common_commit_is_judged_by_the_times_of_its_runs_and_says_so_of_what_is_missing()
            throws IOException {
        repository.checkOut("--orphan", "island");
        repository.git().commit("code", "new world");
        Path half = Files.writeString(
                folder.resolve("half.csv"),
                "benchmark,metric,unit,better,value,environment\nfast,time,ms,lower,100.2,lab\n");

        Report report = repository.files().check(half);

        assertThat(fast(report)).isEqualTo(Kind.UNCHANGED);
        assertThat(report.missing()).singleElement().satisfies(missing -> assertThat(
                        missing.key().benchmark().name())
                .isEqualTo("slow"));
        assertThat(isNoted(report, "git does not know where island left main")).isTrue();
    }

    @Test
    void a_benchmark_that_main_got_after_the_branch_began_is_not_missing_on_the_branch() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checkOut("main");
        for (int i = 0; i < 6; i++) {
            repository.commit();
            Path more = repository.result(repository.near(100));
            Files.writeString(more, Files.readString(more) + "new,time,ms,lower," + (10 + 0.01 * i) + ",lab\n");
            repository.files().record(more);
        }
        repository.checkOut("feature");

        assertThat(repository.checked(repository.near(100)).missing()).isEmpty();
        repository.checkOut("main");
        assertThat(repository.checked(repository.near(100)).missing()).hasSize(1);
    }

    @Test
    void a_branch_alone_in_a_history_is_judged_against_itself() throws IOException {
        MeasuredRepository alone = new MeasuredRepository(folder.resolve("alone"));
        alone.checkOut("-b", "work");
        alone.healthy(HISTORY);

        Report report = alone.checked(alone.near(120));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(report, "fast").key().branch()).isEqualTo("work");
    }

    // ---- merges

    @Test
    void a_merge_that_brings_a_regression_is_where_it_began() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checked(repository.near(125));
        repository.checkOut("main");
        repository.recorded(repository.near(100));
        repository.git().git("merge", "-q", "--no-ff", "-X", "theirs", "-m", "merge feature", "feature");
        String merge = repository.git().head();

        Report report = repository.files().check(repository.result(repository.near(125)));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(report, "fast").since()).isEqualTo(merge);
        assertThat(finding(report, "fast").key().branch()).isEqualTo("main");
        assertThat(MeasuredRepository.commits(repository.fast("main")))
                .as("what was measured on the branch stays there")
                .hasSize(HISTORY + 2)
                .endsWith(merge);
    }

    @Test
    void a_fast_forward_brings_the_commits_and_not_the_runs_of_the_branch() throws IOException {
        repository.checkOut("-b", "feature");
        repository.checked(repository.near(100));
        String head = repository.git().head();
        repository.checkOut("main");
        repository.git().git("merge", "-q", "--ff-only", "feature");

        repository.files().check(repository.result(repository.near(100)));

        assertThat(MeasuredRepository.commits(repository.fast("main")))
                .hasSize(HISTORY + 1)
                .endsWith(head);
        assertThat(MeasuredRepository.commits(repository.fast("feature"))).containsExactly(head);
    }

    @Test
    void after_main_was_merged_into_a_branch_the_branch_is_judged_against_all_of_it() throws IOException {
        repository.checkOut("-b", "feature");
        repository.commit();
        repository.checkOut("main");
        repository.healthy(3);
        repository.checkOut("feature");
        repository.git().git("merge", "-q", "-X", "ours", "-m", "main into feature", "main");

        Report report = repository.files().check(repository.result(repository.near(120)));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(earlier(report)).isEqualTo(HISTORY + 3);
    }

    // ---- what was rewritten

    @Test
    void after_a_force_push_new_commits_are_judged_against_the_runs_that_are_there() throws IOException {
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 4));
        String rewritten = repository.recorded(repository.near(100));

        Report healthy = repository.checked(repository.near(100));
        Report slow = repository.checked(repository.near(125));

        assertThat(fast(healthy)).isEqualTo(Kind.UNCHANGED);
        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(slow, "fast").since()).isEqualTo(repository.git().head());
        assertThat(MeasuredRepository.commits(repository.fast("main")))
                .contains(rewritten)
                .containsAll(main);
    }

    @Test
    void after_a_force_push_the_first_new_commit_is_the_newest_run_everywhere() throws IOException {
        repository.checked(repository.near(125));
        repository.checked(repository.near(125));
        String removed = repository.git().head();
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));

        Report healthy = repository.checked(repository.near(100));

        assertThat(fast(healthy)).isEqualTo(Kind.UNCHANGED);
        assertThat(healthy.notes().toString()).contains("of commits that are no longer on the branch");
        Workspace workspace = repository.files().workspace();
        BranchSelector all = BranchSelector.of(workspace, SeriesQuery.all().onBranch("main"));
        assertThat(new FindStops(workspace).find(all).all())
                .as("the run of %s is no longer the newest", removed)
                .isEmpty();
    }

    @Test
    void after_a_force_push_no_removed_commit_is_where_a_regression_begins() throws IOException {
        repository.checked(repository.near(125));
        repository.checked(repository.near(125));
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));
        repository.checked(repository.near(100));

        Report first = repository.checked(repository.near(125));
        String began = repository.git().head();
        Report second = repository.checked(repository.near(125));

        assertThat(finding(first, "fast").since()).isEqualTo(began);
        assertThat(finding(second, "fast").since()).isEqualTo(began);
        assertThat(first.notes())
                .containsOnlyOnce("2 recorded runs of commits that are no longer on the branch are left out");
        assertThat(repository.fast("main").points()).as("all stay recorded").hasSize(HISTORY + 5);
    }

    @Test
    void slow_runs_of_removed_commits_that_nobody_checked_are_no_measure_for_new_ones() throws IOException {
        for (int i = 0; i < 3; i++) {
            repository.recorded(repository.near(125));
        }
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));

        Report slow = repository.checked(repository.near(125));

        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(slow, "fast").since()).isEqualTo(repository.git().head());
        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_clone_that_never_had_the_removed_commits_knows_that_they_are_gone() throws IOException {
        repository.recorded(repository.near(125));
        repository.recorded(repository.near(125));
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));
        repository.recorded(repository.near(100));
        repository.commit();
        Path clone = clone("clone");

        Report slow = MeasuredRepository.check(repository.from(clone), repository.result(repository.near(125)));

        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(slow, "fast").since()).isEqualTo(repository.git().head());
        assertThat(isNoted(slow, "2 recorded runs", "no longer on the branch are left out"))
                .isTrue();
    }

    @Test
    void a_clone_knows_that_a_commit_made_before_the_newest_one_is_gone_though_the_branch_is_shorter_now()
            throws IOException {
        for (int i = 0; i < 4; i++) {
            repository.recorded(repository.near(125));
        }
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));
        repository.commit();
        Path clone = clone("clone");

        Report slow = MeasuredRepository.check(repository.from(clone), repository.result(repository.near(125)));

        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(earlier(slow)).as("none of the dropped ones").isEqualTo(HISTORY);
        assertThat(isNoted(slow, "4 recorded runs", "no longer on the branch are left out"))
                .isTrue();
        assertThat(isNoted(slow, "that git does not have")).isFalse();
    }

    @Test
    void a_clone_that_cannot_know_whether_commits_are_later_or_gone_notes_that() throws IOException {
        repository.recorded(repository.near(125));
        repository.recorded(repository.near(125));
        repository.git().git("reset", "-q", "--hard", main.get(HISTORY - 1));
        Path clone = clone("clone");

        Report again = MeasuredRepository.check(repository.from(clone), repository.result(repository.near(100)));

        assertThat(fast(again)).isEqualTo(Kind.UNCHANGED);
        assertThat(isNoted(again, "2 recorded runs are of commits that git does not have", "plumb prune --run COMMIT"))
                .isTrue();
        repository.commit();
        repository.commit();
        Report grown =
                MeasuredRepository.check(repository.from(clone("later")), repository.result(repository.near(100)));

        assertThat(isNoted(grown, "that git does not have")).isFalse();
        assertThat(isNoted(grown, "2 recorded runs", "no longer on the branch are left out"))
                .isTrue();
    }

    private Path clone(String name) throws IOException {
        Path clone = folder.resolve(name);
        repository.git().git("clone", "-q", "file://" + repository.git().folder(), clone.toString());
        return clone;
    }

    @Test
    void a_branch_that_was_rewritten_from_its_first_commit_on_is_held_against_what_it_was() throws IOException {
        repository.recorded(repository.near(125));
        repository.checkOut("--orphan", "other");
        repository.git().commit("code", "new first commit");
        repository.git().git("branch", "-q", "-M", "other", "main");

        Report slow = repository.checked(repository.near(125));
        String began = repository.git().head();
        Report slower = repository.checked(repository.near(125));

        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(slow, "fast").since()).isEqualTo(began);
        assertThat(finding(slower, "fast").since()).isEqualTo(began);
        assertThat(isNoted(slow, "no longer on the branch are part of the reference"))
                .isTrue();
    }

    @Test
    void later_commits_of_a_branch_are_not_taken_for_removed_ones() throws IOException {
        String skipped = repository.commit();
        repository.healthy(3);
        repository.checkOut("--detach", skipped);

        Report report = repository.files().check(repository.result(repository.near(100)));

        assertThat(isNoted(report, "no longer on the branch")).isFalse();
    }

    @Test
    void a_rebased_branch_is_not_held_against_the_runs_of_its_commits_before() throws IOException {
        repository.checkOut("-b", "feature");
        Report before = repository.checked(repository.near(125));
        String old = repository.git().head();
        repository.checkOut("main");
        repository.healthy(2);
        repository.checkOut("feature");
        repository.git().git("rebase", "-q", "-X", "theirs", "main");

        Report fixed = repository.files().check(repository.result(repository.near(100)));
        Report slow = repository.checked(repository.near(125));

        assertThat(fast(before)).isEqualTo(Kind.REGRESSED);
        assertThat(fast(fixed)).isEqualTo(Kind.UNCHANGED);
        assertThat(fixed.gate().state()).isEqualTo(State.OPEN);
        assertThat(earlier(fixed)).isEqualTo(HISTORY + 2);
        assertThat(fast(slow)).isEqualTo(Kind.REGRESSED);
        assertThat(finding(slow, "fast").since())
                .as("not with the commit that the branch no longer has")
                .isEqualTo(repository.git().head())
                .isNotEqualTo(old);
    }

    @Test
    void an_amended_commit_is_another_one_and_judged_anew() throws IOException {
        repository.checkOut("-b", "feature");
        Report slow = repository.checked(repository.near(125));
        repository.git().git("commit", "-q", "--amend", "-m", "better");

        Report better = repository.files().check(repository.result(repository.near(100)));

        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
        assertThat(better.gate().state()).isEqualTo(State.OPEN);
        assertThat(repository.fast("feature").points()).hasSize(2);
    }

    @Test
    void a_reverted_regression_passes_at_once_and_the_level_is_the_one_before() throws IOException {
        Report slow = repository.checked(repository.near(125));
        repository.git().git("revert", "--no-edit", "HEAD");

        Report reverted = repository.files().check(repository.result(repository.near(100)));

        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
        assertThat(fast(reverted)).isEqualTo(Kind.UNCHANGED);
        assertThat(earlier(reverted)).as("without the bad run").isEqualTo(HISTORY);
    }

    // ---- runs of one commit, and out of order

    @Test
    void further_runs_of_a_commit_are_judged_with_it_and_end_what_one_odd_run_began() throws IOException {
        Report first = repository.checked(112);
        String head = repository.git().head();
        Report again = repository.files().check(repository.result(repository.near(100)));
        Report third = repository.files().check(repository.result(repository.near(100)));

        assertThat(fast(first)).isEqualTo(Kind.REGRESSED);
        assertThat(fast(third)).isNotEqualTo(Kind.REGRESSED);
        assertThat(isNoted(again, "2 runs of commit " + head.substring(0, 10), "judged together"))
                .isTrue();
        assertThat(MeasuredRepository.commits(repository.fast("main")).subList(HISTORY, HISTORY + 3))
                .containsOnly(head);
    }

    @Test
    void an_old_commit_that_is_measured_late_is_judged_against_those_before_it() throws IOException {
        List<String> later = new ArrayList<>();
        String skipped = repository.commit();
        for (int i = 0; i < 4; i++) {
            later.add(repository.recorded(repository.near(125)));
        }
        repository.checkOut("--detach", skipped);

        Report report = repository.files().check(repository.result(repository.near(100)));

        assertThat(fast(report)).isEqualTo(Kind.UNCHANGED);
        assertThat(earlier(report)).isEqualTo(HISTORY);
        assertThat(isNoted(report, "4 recorded runs come after commit " + skipped.substring(0, 10)))
                .isTrue();
        List<String> expected = new ArrayList<>(main);
        expected.add(skipped);
        expected.addAll(later);
        assertThat(MeasuredRepository.commits(repository.fast("main"))).isEqualTo(expected);
    }

    @Test
    void uncommitted_changes_are_a_run_of_their_own_behind_their_commit() throws IOException {
        repository.recorded(repository.near(100));
        Files.writeString(repository.git().folder().resolve("code"), "uncommitted");

        Report report = repository.files().check(repository.result(repository.near(125)));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(report.candidates()).singleElement().satisfies(run -> assertThat(
                        run.header().revision().commit())
                .isEqualTo(repository.git().head() + "-dirty"));
        assertThat(Headline.of(report))
                .as("a fine run of other code does not clear a commit that failed")
                .endsWith(" · uncommitted changes: no verdict on commit "
                        + repository.git().head().substring(0, 10));
    }

    @Test
    void a_slow_run_of_a_commit_on_another_branch_is_not_washed_away_by_a_fine_one() throws IOException {
        repository.checkOut("-b", "feature");
        Report slow = repository.checked(repository.near(125));
        repository.checkOut("main");
        repository.git().git("merge", "-q", "--ff-only", "feature");

        Report fine = repository.files().check(repository.result(repository.near(100)));
        repository.checkOut("-b", "other");
        Report other = repository.files().check(repository.result(repository.near(125)));
        Report third = repository.files().check(repository.result(repository.near(125)));

        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
        assertThat(fine.gate().state()).isEqualTo(State.UNDECIDED);
        assertThat(finding(fine, "fast").runsApart()).isPresent();
        assertThat(isNoted(fine, "judged together", "branch feature")).isTrue();
        assertThat(other.gate().state()).as("two of three").isEqualTo(State.CLOSED);
        assertThat(third.gate().state()).as("three of four").isEqualTo(State.CLOSED);
        assertThat(repository.fast("main").points())
                .as("no run changes its branch")
                .hasSize(HISTORY + 1);
    }

    @Test
    void what_main_shows_at_the_commit_that_a_branch_begins_with_stays_open_there_and_not_on_the_branch()
            throws IOException {
        Report slow = repository.checked(repository.near(125));
        repository.checkOut("-b", "feature");

        Report same = repository.files().check(repository.result(repository.near(125)));

        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
        assertThat(finding(same, "fast").alreadyOpen()).isPresent();
        assertThat(same.gate().state()).isEqualTo(State.OPEN);
    }

    // ---- heads without a branch, and no repository

    @Test
    void a_detached_head_of_no_branch_is_apart_from_all_and_judged_against_main() throws IOException {
        repository.checkOut("--detach");
        repository.commit();
        String head = repository.git().head();

        Report report = repository.files().check(repository.result(repository.near(125)));

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(report.candidates().get(0).header().revision().branch())
                .isEqualTo("detached-" + head.substring(0, 10));
        assertThat(isNoted(report, "detached HEAD", "--branch NAME")).isTrue();
        assertThat(repository.fast("main").points()).hasSize(HISTORY);
    }

    @Test
    void a_worktree_is_of_its_own_branch_and_shares_the_history() throws IOException {
        Path tree = folder.resolve("tree");
        repository.git().git("worktree", "add", "-q", "-b", "aside", tree.toString());
        Path file = repository.result(repository.near(125));

        Report report = MeasuredRepository.check(repository.from(tree), file);

        assertThat(report.candidates().get(0).header().revision().branch()).isEqualTo("aside");
        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
    }

    @Test
    void outside_of_a_repository_results_are_of_the_main_branch_and_the_newest_run() throws IOException {
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
        Path file = repository.result(repository.near(125));

        Report report = MeasuredRepository.check(repository.from(nowhere), file);

        assertThat(report.candidates().get(0).header().revision().branch()).isEqualTo("main");
        assertThat(report.candidates().get(0).header().revision().commit()).isEmpty();
        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(isNoted(report, "these results carry no commit", "newest run of main"))
                .isTrue();
    }

    @Test
    void a_shallow_clone_of_main_judges_in_the_order_of_recording_and_says_what_it_lacks() throws IOException {
        Path clone = folder.resolve("clone");
        repository.commit();
        repository
                .git()
                .git("clone", "-q", "--depth", "1", "file://" + repository.git().folder(), clone.toString());
        Path file = repository.result(repository.near(125));

        Report report = MeasuredRepository.check(repository.from(clone), file);

        assertThat(fast(report)).isEqualTo(Kind.REGRESSED);
        assertThat(isNoted(report, "git does not have", "of the history", "git fetch --unshallow"))
                .isTrue();
    }

    // ---- other environments

    @Test
    void another_environment_has_no_history_and_holds_the_gate_of_a_branch() throws IOException {
        repository.checkOut("-b", "feature");
        repository.in("laptop");

        Report report = repository.checked(repository.near(125));

        assertThat(report.findings()).extracting(Finding::verdict).allMatch(one -> one.kind() == Kind.NOT_COMPARABLE);
        assertThat(report.gate().state()).isEqualTo(State.UNDECIDED);
        repository.in("lab");
        assertThat(repository.checked(repository.near(100)).gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void histories_of_two_environments_never_mix() throws IOException {
        repository.in("laptop");
        for (int i = 0; i < 6; i++) {
            repository.recorded(repository.near(200));
        }

        Report laptop = repository.checked(repository.near(200));
        repository.in("lab");
        Report lab = repository.checked(repository.near(100));

        assertThat(fast(laptop)).isEqualTo(Kind.UNCHANGED);
        assertThat(fast(lab)).isEqualTo(Kind.UNCHANGED);
        assertThat(repository.files().series().stream().map(Series::key).map(key -> key.environment()))
                .containsExactlyInAnyOrder("lab", "lab", "laptop", "laptop");
    }
}
