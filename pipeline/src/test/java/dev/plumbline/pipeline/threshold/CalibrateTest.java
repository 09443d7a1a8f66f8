package dev.plumbline.pipeline.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.content.SuiteOrigin;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays of stored histories and of those in files. */
class CalibrateTest {
    private static final Replay.Settings SMALL = new Replay.Settings(10, 5, 5, 30, 1);

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    private Calibrate calibrate(Progress progress) {
        return new Calibrate(files.workspace(), Policy.DEFAULT, GatePolicy.DEFAULT, SMALL, progress);
    }

    private Calibrate.Outcome ofHistory(Optional<String> environment, Optional<String> branch) throws IOException {
        return calibrate(Progress.SILENT).calibrate(new Calibrate.Source.History(environment, branch));
    }

    private Calibrate.Outcome ofFiles(Path... paths) throws IOException {
        return calibrate(Progress.SILENT).calibrate(new Calibrate.Source.ResultFiles(List.of(paths)));
    }

    /** Runs of two environments and of a branch, each with a number of its own. */
    private void threeHistories() throws IOException {
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(files.healthy(i));
            runs.add(files.healthy(i).in("rack").with("third", 5 + 0.01 * i));
        }
        for (int i = 20; i < 32; i++) {
            runs.add(files.run(i).on("feature").with("fast", 90 + 0.1 * (i % 3)));
        }
        files.record(files.together(runs));
    }

    @Test
    void an_environment_and_a_branch_are_one_suite() throws IOException {
        threeHistories();

        assertThat(ofHistory(Optional.of("rack"), Optional.empty())
                        .calibration()
                        .series())
                .isEqualTo(3);
        Calibrate.Outcome feature = ofHistory(Optional.of("lab"), Optional.of("feature"));
        assertThat(feature.calibration().series()).isEqualTo(1);
        assertThat(feature.origin()).contains(new SuiteOrigin("lab", "feature"));
        assertThat(feature.choice()).isEmpty();
    }

    @Test
    void who_names_none_gets_the_main_branch_and_hears_how_the_environment_was_chosen() throws IOException {
        threeHistories();

        Calibrate.Outcome outcome = ofHistory(Optional.empty(), Optional.empty());

        assertThat(outcome.origin().orElseThrow().branch()).isEqualTo("main");
        assertThat(outcome.choice().orElseThrow().environment())
                .isEqualTo(outcome.origin().orElseThrow().environment());
        assertThat(outcome.choice().orElseThrow().others()).hasSize(1);
    }

    @Test
    void histories_that_are_too_short_are_left_out_and_nothing_is_replayed_of_them() throws IOException {
        files.history(2);

        Calibration calibration = ofHistory(Optional.empty(), Optional.empty()).calibration();

        assertThat(calibration.series()).isZero();
        assertThat(calibration.leftOut()).isEqualTo(2);
        assertThat(calibration.healthyRuns()).isZero();
        assertThat(calibration.detections()).isEmpty();
    }

    @Test
    void what_matches_no_run_is_an_empty_suite() throws IOException {
        threeHistories();

        Calibrate.Outcome outcome = ofHistory(Optional.of("attic"), Optional.empty());

        assertThat(outcome.origin()).isEmpty();
        assertThat(outcome.calibration().series()).isZero();
    }

    @Test
    void the_same_history_gives_the_same_answer() throws IOException {
        files.history(15);

        assertThat(ofHistory(Optional.empty(), Optional.empty()).calibration())
                .isEqualTo(ofHistory(Optional.empty(), Optional.empty()).calibration());
    }

    @Test
    void of_a_quiet_suite_no_healthy_run_closes_the_gate_and_large_regressions_are_found() throws IOException {
        files.history(30);

        Calibration calibration = ofHistory(Optional.empty(), Optional.empty()).calibration();

        assertThat(calibration.healthyRuns()).isEqualTo(10);
        assertThat(calibration.closed().hits()).isZero();
        Calibration.Detection largest =
                calibration.detections().get(calibration.detections().size() - 1);
        assertThat(largest.size()).isEqualTo(0.15);
        assertThat(largest.within().get(0).found().share()).isEqualTo(1);
    }

    @Test
    void progress_ends_with_all_steps() throws IOException {
        files.history(15);
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();

        calibrate((work, steps, total) -> {
                    if (work.equals("replaying")) {
                        done.add(steps);
                        totals.add(total);
                    }
                })
                .calibrate(new Calibrate.Source.History(Optional.empty(), Optional.empty()));

        assertThat(done).isSorted().isNotEmpty();
        assertThat(done.get(done.size() - 1)).isEqualTo(totals.get(0));
        assertThat(totals).containsOnly(totals.get(0));
    }

    @Test
    void files_are_replayed_without_a_history_and_none_is_begun() throws IOException {
        Path history = files.wholeHistory(20);

        Calibrate.Outcome outcome = ofFiles(folder.relativize(history));

        assertThat(outcome.calibration().series()).isEqualTo(2);
        assertThat(outcome.origin()).isEmpty();
        assertThat(outcome.choice()).isEmpty();
        assertThat(files.historyFile()).doesNotExist();
    }

    @Test
    void a_file_that_is_not_there_or_no_result_is_named() {
        Path text = files.write("notes.txt", "nothing to read");

        assertThatThrownBy(() -> ofFiles(Path.of("none.json")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> ofFiles(text)).isInstanceOf(IOException.class).hasMessageContaining("notes.txt");
    }

    @Test
    void without_a_history_there_is_nothing_to_replay() {
        assertThatThrownBy(() -> ofHistory(Optional.empty(), Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("plumb record");
    }
}
