package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.history.RemoveRuns;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A series whose unit or direction changed: a gate that held for it does not open by itself. */
class UnitChangesTest {
    private static final int HISTORY = 10;
    private static final int MORE = 8;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aHistoryOfTimes() throws IOException {
        files = new ResultFiles(folder);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            runs.add(before(i));
        }
        files.record(files.together(runs));
    }

    private static double near(int index, double level) {
        return level * (1 + 0.004 * new Random(index).nextGaussian());
    }

    private ResultFiles.Run before(int index) {
        return files.run(index).with("read", near(index, 100)).with("write", near(index + 1, 500));
    }

    /** The same benchmark with a throughput in the place of its time. */
    private ResultFiles.Run after(int index) {
        return files.run(index)
                .with("read", "throughput", "MB/s", Better.HIGHER, near(index, 70))
                .with("write", near(index + 1, 500));
    }

    private ResultFiles.Run inBytes(int index) {
        return files.run(index).with("read", "B", near(index, 4000)).with("write", near(index + 1, 500));
    }

    private void accept(String id) throws IOException {
        new AcceptChanges(
                        files.workspace(),
                        "default",
                        BaselineSettings.DEFAULT,
                        new Author("ann", "we measure rates now"))
                .accept(id, Acceptance.Scope.ENV, Optional.empty(), false);
    }

    private static Missing only(Report report) {
        assertThat(report.missing()).hasSize(1);
        return report.missing().get(0);
    }

    @Test
    void a_metric_in_another_unit_holds_the_gate_until_somebody_accepts_it() throws IOException {
        for (int i = 0; i < MORE; i++) {
            Report report = files.check(after(HISTORY + i).file());

            assertThat(report.gate().state()).as("commit %d", i).isEqualTo(State.UNDECIDED);
            assertThat(Headline.of(report)).as("commit %d", i).contains("1 changed its unit");
            assertThat(only(report).unit())
                    .contains(new Missing.OtherUnit("throughput", Unit.of("ms"), Unit.of("MB/s"), true));
            assertThat(only(report).since()).as("commit %d", i).isEqualTo("c" + HISTORY);
        }
        Report last = files.dryRun(after(HISTORY + MORE).file());

        accept(only(last).id());

        for (int i = 0; i < 3; i++) {
            Report accepted = files.check(after(HISTORY + MORE + i).file());
            assertThat(accepted.missing()).isEmpty();
            assertThat(accepted.gate().state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void an_acceptance_of_the_first_commit_counts_for_all_later_ones() throws IOException {
        accept(only(files.check(after(HISTORY).file())).id());

        for (int i = 1; i < MORE; i++) {
            assertThat(files.check(after(HISTORY + i).file()).gate().state())
                    .as("commit %d", i)
                    .isEqualTo(State.OPEN);
        }
    }

    @Test
    void the_hold_is_over_once_the_old_unit_is_back_and_begins_again_with_the_next_change() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.check(after(HISTORY + i).file());
        }

        Report back = files.check(before(HISTORY + 5).file());

        assertThat(back.missing()).extracting(one -> one.key().metric()).doesNotContain("time");
        for (int i = 6; i < 6 + MORE; i++) {
            assertThat(files.check(after(HISTORY + i).file()).gate().state())
                    .as("commit %d", i)
                    .isEqualTo(State.UNDECIDED);
        }
    }

    @Test
    void two_commits_in_a_wrong_unit_leave_no_hold_behind_once_it_is_corrected() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThat(files.check(after(HISTORY + i).file()).gate().state()).isEqualTo(State.UNDECIDED);
        }

        for (int i = 2; i < 7; i++) {
            Report back = files.check(before(HISTORY + i).file());

            assertThat(back.missing()).as("commit %d", i).isEmpty();
            assertThat(back.gate().state()).as("commit %d", i).isEqualTo(State.OPEN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 12})
    void commits_in_a_wrong_unit_that_were_never_accepted_hold_no_right_one(int wrong) throws IOException {
        for (int i = 0; i < wrong; i++) {
            assertThat(files.check(after(HISTORY + i).file()).gate().state()).isEqualTo(State.UNDECIDED);
        }

        for (int i = wrong; i < wrong + 7; i++) {
            Report back = files.check(before(HISTORY + i).file());

            assertThat(back.missing()).as("commit %d", i).isEmpty();
            assertThat(back.gate().state()).as("commit %d", i).isEqualTo(State.OPEN);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void the_same_holds_under_one_name(int wrong) throws IOException {
        for (int i = 0; i < wrong; i++) {
            assertThat(files.check(inBytes(HISTORY + i).file()).gate().state()).isEqualTo(State.UNDECIDED);
        }

        for (int i = wrong; i < wrong + 7; i++) {
            Report back = files.check(before(HISTORY + i).file());

            assertThat(back.missing()).as("commit %d", i).isEmpty();
            assertThat(back.gate().state()).as("commit %d", i).isEqualTo(State.OPEN);
        }
    }

    @Test
    void a_unit_that_was_accepted_does_not_change_back_in_silence() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.check(after(HISTORY + i).file());
        }
        accept(only(files.check(after(HISTORY + 5).file())).id());
        assertThat(files.check(after(HISTORY + 6).file()).gate().state()).isEqualTo(State.OPEN);

        Report back = files.check(before(HISTORY + 7).file());

        assertThat(only(back).key().metric()).isEqualTo("throughput");
        assertThat(back.gate().state()).isEqualTo(State.UNDECIDED);
    }

    @Test
    void what_came_without_a_check_is_a_part_of_the_history() throws IOException {
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            runs.add(after(HISTORY + i));
        }
        files.record(files.together(runs));

        for (int i = 0; i < 3; i++) {
            Report report = files.check(after(2 * HISTORY + i).file());
            assertThat(report.missing()).isEmpty();
            assertThat(report.gate().state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void a_single_run_establishes_no_unit() throws IOException {
        ResultFiles young = new ResultFiles(Files.createDirectories(folder.resolve("young")));
        young.record(young.run(0).with("read", 100).file());
        State last = State.UNDECIDED;
        for (int i = 1; i <= MORE; i++) {
            last = young.check(young.run(i)
                            .with("read", "throughput", "MB/s", Better.HIGHER, near(i, 70))
                            .file())
                    .gate()
                    .state();
        }

        assertThat(last).isEqualTo(State.OPEN);
    }

    @Test
    void a_series_that_takes_another_unit_under_its_name_goes_on_to_hold() throws IOException {
        for (int i = 0; i < MORE; i++) {
            Report report = files.check(inBytes(HISTORY + i).file());

            assertThat(report.gate().state()).as("commit %d", i).isEqualTo(State.UNDECIDED);
        }
        Report last = files.check(inBytes(HISTORY + MORE).file());
        assertThat(only(last).unit()).contains(new Missing.OtherUnit("time", Unit.of("ms"), Unit.of("B"), false));
        assertThat(only(last).since()).isEqualTo("c" + HISTORY);
        assertThat(Headline.of(last)).contains("1 changed its unit");

        accept(only(last).id());

        for (int i = 1; i < 4; i++) {
            Report accepted = files.check(inBytes(HISTORY + MORE + i).file());
            assertThat(accepted.gate().state()).isEqualTo(State.OPEN);
            assertThat(accepted.missing()).isEmpty();
        }
    }

    @Test
    void a_direction_that_turned_under_another_name_holds_as_well() throws IOException {
        for (int i = 0; i < MORE; i++) {
            Report report = files.check(files.run(HISTORY + i)
                    .with("read", "score", "ms", Better.HIGHER, near(i, 100))
                    .with("write", near(i, 500))
                    .file());

            assertThat(report.gate().state()).as("commit %d", i).isEqualTo(State.UNDECIDED);
            assertThat(only(report).unit().orElseThrow().isTurned()).isTrue();
        }
    }

    @Test
    void another_name_for_the_same_quantity_is_expected_no_longer_once_most_commits_have_it() throws IOException {
        List<State> states = new ArrayList<>();
        for (int i = 0; i < MORE; i++) {
            states.add(files.check(files.run(HISTORY + i)
                            .with("read", "wall", "us", Better.LOWER, near(i, 100_000))
                            .with("write", near(i, 500))
                            .file())
                    .gate()
                    .state());
        }

        assertThat(states.subList(0, 3)).doesNotContain(State.OPEN);
        assertThat(states.subList(3, MORE)).containsOnly(State.OPEN);
    }

    @Test
    void what_the_main_branch_changed_holds_no_other_branch() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.check(after(HISTORY + i).file());
        }

        Report branch = files.check(after(HISTORY + 5).on("feature").file());

        assertThat(branch.missing()).isEmpty();
        assertThat(branch.gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void without_the_runs_in_the_old_unit_there_is_nothing_to_hold_for() throws IOException {
        for (int i = 0; i < 5; i++) {
            files.check(after(HISTORY + i).file());
        }
        List<String> old = new ArrayList<>();
        for (int i = 0; i < HISTORY; i++) {
            old.add("c" + i);
        }
        new RemoveRuns(files.workspace()).remove(old, true);

        assertThat(files.check(after(HISTORY + 5).file()).missing()).isEmpty();
    }

    @Test
    void metrics_that_take_turns_are_two_metrics() throws IOException {
        for (int i = 0; i < 12; i++) {
            files.check((i % 2 == 0 ? after(HISTORY + i) : before(HISTORY + i)).file());
        }
        for (int i = 12; i < 16; i++) {
            files.check(after(HISTORY + i).file());
        }

        assertThat(files.check(after(HISTORY + 16).file()).missing()).isEmpty();
    }
}
