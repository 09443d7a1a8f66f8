package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.check.CheckResults;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that tell no commit, in a real repository: they are of what is checked out. */
class RepositoryResultsTest {
    @TempDir
    private Path folder;

    private GitFolder repository;
    private ResultFiles files;
    private int written;

    @BeforeEach
    void aRepository() throws IOException {
        repository = new GitFolder(folder);
        repository.commit(".gitignore", "*.csv\n.plumbline/\n");
        files = new ResultFiles(folder);
    }

    private Path result(double value) {
        return files.write(
                "result" + written++ + ".csv",
                String.format(Locale.ROOT, "benchmark,metric,unit,better,value\nfast,time,ms,lower,%s\n", value));
    }

    private static double near(double value, int seed) {
        return value * (1 + 0.004 * new Random(seed).nextGaussian());
    }

    private Revision recorded(Path file) throws IOException {
        return files.record(file).runs().get(0).run().header().revision();
    }

    private Report check(Path file, Optional<String> commit) throws IOException {
        return new CheckResults(
                        files.workspace(),
                        ReadingSettings.of(
                                new Overrides(commit, Optional.empty(), Optional.empty(), Optional.empty())
                                        .resolved(folder),
                                Optional.empty()),
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        CheckResults.Options.of(Optional.empty(), Optional.empty()),
                        Progress.SILENT)
                .check(List.of(file), false)
                .report();
    }

    @Test
    void they_have_commit_branch_time_and_position() throws IOException {
        String head = repository.commit("code", "1");

        Revision revision = recorded(result(100));

        assertThat(revision.commit()).isEqualTo(head);
        assertThat(revision.branch()).isEqualTo("main");
        assertThat(revision.commitTime()).hasValue(GitFolder.time(1));
        assertThat(revision.position()).hasValue(2);
    }

    @Test
    void what_differs_from_the_commit_is_dirty_and_what_git_ignores_does_not_count() throws IOException {
        repository.commit("code", "1");
        Files.writeString(folder.resolve("untracked.txt"), "x");
        assertThat(recorded(result(100)).commit()).doesNotContain(Revision.DIRTY);

        Files.writeString(folder.resolve("code"), "2");
        assertThat(recorded(result(101)).commit()).endsWith(Revision.DIRTY);
    }

    @Test
    void a_detached_head_is_of_the_branch_that_ends_there() throws IOException {
        repository.git("checkout", "-q", "-b", "feature/x");
        String head = repository.commit("code", "1");
        repository.git("checkout", "-q", "--detach");

        Revision revision = recorded(result(100));

        assertThat(revision.commit()).isEqualTo(head);
        assertThat(revision.branch()).isEqualTo("feature/x");
    }

    @Test
    void before_the_first_commit_results_have_a_branch_and_no_commit() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        new GitFolder(empty);
        ResultFiles there = new ResultFiles(empty);

        Revision revision =
                there.record(result(100)).runs().get(0).run().header().revision();

        assertThat(revision.commit()).isEmpty();
        assertThat(revision.branch()).isEqualTo("main");
    }

    @Test
    void commits_order_a_history_whatever_the_order_of_recording() throws IOException {
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            commits.add(repository.commit("code", "" + i));
        }
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Collections.shuffle(order, new Random(4));
        for (int i : order) {
            new RecordResults(
                            files.workspace(),
                            ReadingSettings.of(
                                    new Overrides(
                                                    Optional.of(commits.get(i)),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty())
                                            .resolved(folder),
                                    Optional.empty()),
                            Progress.SILENT)
                    .record(List.of(result(100 + i)));
        }

        Series series = files.series().get(0);

        assertThat(series.points().stream()
                        .map(point -> point.run().header().revision().commit())
                        .toList())
                .isEqualTo(commits);
    }

    @Test
    void a_branch_is_judged_against_the_main_one_and_leaves_no_trace_there() throws IOException {
        for (int i = 0; i < 12; i++) {
            repository.commit("code", "main " + i);
            files.record(result(near(100, i)));
        }
        repository.git("checkout", "-q", "-b", "feature");
        repository.commit("code", "slow");

        Report slow = check(result(115), Optional.empty());
        repository.commit("code", "healthy");
        Report healthy = check(result(near(100, 99)), Optional.empty());

        assertThat(slow.findings().get(0).verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(slow.gate().state()).isEqualTo(State.CLOSED);
        assertThat(healthy.gate().state()).isEqualTo(State.OPEN);
        assertThat(files.series().stream()
                        .filter(series -> series.key().branch().equals("main"))
                        .toList())
                .singleElement()
                .satisfies(series -> assertThat(series.points()).hasSize(12).noneMatch(point -> point.judgedBad()));
    }

    @Test
    void a_preview_shows_what_is_recorded() throws IOException {
        repository.commit("code", "1");
        List<Path> paths = List.of(result(100), result(101), files.wholeHistory(3));

        Preview preview =
                new PreviewResults(files.workspace(), ReadingSettings.DEFAULT, Progress.SILENT).preview(paths);
        RecordResults.Outcome recorded = files.recorder().record(paths);

        assertThat(preview.files()).isEqualTo(recorded.files());
        assertThat(preview.measurements()).isEqualTo(recorded.newMeasurements());
        assertThat(preview.rows().stream()
                        .map(row -> row.header().revision())
                        .distinct()
                        .toList())
                .containsExactlyInAnyOrderElementsOf(recorded.runs().stream()
                        .map(one -> one.run().header().revision())
                        .distinct()
                        .toList());
    }

    @Test
    void copies_are_left_out_only_when_asked_to() throws IOException {
        repository.commit("code", "1");
        Path file = result(100);
        files.record(file);
        repository.commit("code", "2");
        ReadingSettings once = ReadingSettings.DEFAULT.leavingCopiesOut(true);

        List<RunInfo> added = new RecordResults(files.workspace(), once, Progress.SILENT)
                .record(List.of(file)).runs().stream()
                        .filter(one -> one.isNew())
                        .map(one -> one.run())
                        .toList();
        RecordResults.Outcome again = files.record(file);

        assertThat(added)
                .as("the same numbers of another commit are another run")
                .hasSize(1);
        assertThat(again.newMeasurements()).isZero();
        assertThat(files.series().get(0).points()).hasSize(2);
    }
}
