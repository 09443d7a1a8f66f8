package dev.plumbline.pipeline.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.Tuning;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds that are proposed for a history, and the file that keeps them. */
class TuneThresholdsTest {
    private static final Replay.Settings SMALL = new Replay.Settings(6, 1, 5, 30, 3);

    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;

    /** A quiet benchmark, and one that is now and then some per cent slower without a reason; in two environments. */
    @BeforeAll
    static void aHistory() throws IOException {
        template = new ResultFiles(shared);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (String environment : List.of("lab", "rack")) {
            for (int i = 0; i < 32; i++) {
                Random random = new Random(i);
                runs.add(template.run(i)
                        .in(environment)
                        .with("quiet", 100 * (1 + 0.002 * random.nextGaussian()))
                        .with("spiky", 100 * (1 + 0.002 * random.nextGaussian()) + (i % 9 == 4 ? 2 + i % 7 : 0)));
            }
        }
        template.record(template.together(runs));
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
    }

    private Workspace workspace() throws IOException {
        return Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(files.historyFile().toString()),
                ConfigurationFile.find(folder, folder));
    }

    private TuneThresholds tuning(double target, Progress progress) throws IOException {
        Workspace workspace = workspace();
        Configuration configuration = workspace.configuration();
        return new TuneThresholds(
                workspace,
                configuration.policy(),
                gate -> gate.policy(configuration.thresholds(configuration.policy())),
                SMALL,
                target,
                progress);
    }

    private TuneThresholds.Outcome tune(String environment, boolean write) throws IOException {
        return tuning(0.03, Progress.SILENT).tune(Optional.of(environment), Optional.empty(), write);
    }

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), text);
    }

    private Path file() {
        return folder.resolve(ConfigurationFile.TUNED);
    }

    private static List<String> benchmarks(TuneThresholds.Outcome outcome) {
        return outcome.tuning().proposals().stream()
                .map(proposal -> proposal.key().benchmark().name())
                .toList();
    }

    @Test
    void a_series_with_false_alarms_gets_a_wider_margin_and_a_quiet_one_none() throws IOException {
        TuneThresholds.Outcome outcome = tune("lab", false);

        assertThat(benchmarks(outcome)).containsExactly("spiky");
        Tuning.Proposal proposal = outcome.tuning().proposals().get(0);
        assertThat(proposal.margin()).isGreaterThan(proposal.before());
        assertThat(proposal.alarms()).isPositive();
        assertThat(outcome.tuning().series()).isEqualTo(2);
        assertThat(outcome.overruled()).isEmpty();
        assertThat(outcome.choice()).as("somebody named the environment").isEmpty();
    }

    @Test
    void for_show_nothing_is_written_and_no_rule_is_in_force() throws IOException {
        TuneThresholds.Outcome outcome = tune("lab", false);

        assertThat(outcome.written()).isFalse();
        assertThat(outcome.file()).isEqualTo(file());
        assertThat(file()).doesNotExist();
        assertThat(workspace().configuration().tuned().thresholds()).isEmpty();
    }

    @Test
    void what_is_written_is_in_force_and_says_when_and_by_what_it_was_written() throws IOException {
        TuneThresholds.Outcome outcome = tune("lab", true);

        assertThat(outcome.written()).isTrue();
        assertThat(Files.readString(file()))
                .startsWith("# Written by plumb threshold tune on 2026-06-01; run it again to update.");
        assertThat(workspace().configuration().tuned().thresholds())
                .extracting(section -> section.rule().margin())
                .containsExactly(outcome.tuning().proposals().get(0).rule().margin());
    }

    @Test
    void to_tune_again_proposes_the_same_and_writes_the_same_file() throws IOException {
        List<String> first = benchmarks(tune("lab", true));
        byte[] written = Files.readAllBytes(file());

        assertThat(benchmarks(tune("lab", true)))
                .as("the rules that were tuned before do not count")
                .isEqualTo(first);
        assertThat(Files.readAllBytes(file())).isEqualTo(written);
    }

    @Test
    void rules_of_another_environment_stay() throws IOException {
        tune("lab", true);
        String ofLab = Files.readString(file());

        tune("rack", true);

        assertThat(Files.readString(file())).startsWith(ofLab).contains("environment: rack");
        assertThat(workspace().configuration().tuned().thresholds()).hasSize(2);
    }

    @Test
    void a_file_of_which_no_rule_is_left_is_deleted() throws IOException {
        tune("lab", true);
        configure("thresholds:\n  - {benchmark: spiky, margin: 30 %}\n");

        TuneThresholds.Outcome outcome = tune("lab", true);

        assertThat(outcome.tuning().proposals())
                .as("nothing is called with the margin that people set")
                .isEmpty();
        assertThat(outcome.written()).isTrue();
        assertThat(file()).doesNotExist();
        assertThat(tune("lab", true).written())
                .as("there is nothing to delete any more")
                .isFalse();
    }

    @Test
    void a_rule_of_the_configuration_that_wins_over_a_proposal_is_told_with_its_place() throws IOException {
        configure("branch: main\nthresholds:\n  - {benchmark: spiky, margin: 2.5 %}\n");

        TuneThresholds.Outcome outcome = tune("lab", false);

        assertThat(outcome.overruled()).hasSize(1);
        assertThat(outcome.overruled().entrySet()).singleElement().satisfies(one -> {
            assertThat(one.getKey().benchmark().name()).isEqualTo("spiky");
            assertThat(one.getValue()).contains("plumbline.yaml:3");
        });
    }

    @Test
    void tuned_rules_lie_beside_the_configuration_wherever_the_command_is_typed() throws IOException {
        configure("branch: main\n");
        Path below = Files.createDirectories(folder.resolve("a/b"));
        Workspace workspace = Workspace.of(
                below,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(files.historyFile().toString()),
                ConfigurationFile.find(folder, folder));

        TuneThresholds.Outcome outcome = new TuneThresholds(
                        workspace,
                        Configuration.DEFAULT.policy(),
                        gate -> gate.policy(Configuration.DEFAULT.thresholds(Configuration.DEFAULT.policy())),
                        SMALL,
                        0.03,
                        Progress.SILENT)
                .tune(Optional.of("lab"), Optional.empty(), true);

        assertThat(outcome.file()).isEqualTo(file());
        assertThat(file()).exists();
    }

    @Test
    void progress_hears_of_every_kind_of_work_and_never_of_more_than_all() throws IOException {
        Set<String> heard = new TreeSet<>();

        tuning(0.03, (work, done, total) -> {
                    heard.add(work);
                    assertThat(done).as(work).isLessThanOrEqualTo(total);
                })
                .tune(Optional.of("lab"), Optional.empty(), false);

        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "looking for margins",
                        "measuring before",
                        "measuring after",
                        "judging the newest runs with the current settings",
                        "judging the newest runs with the proposed settings",
                        "computing minimum detectable changes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 5, Double.NaN, Double.POSITIVE_INFINITY})
    void a_target_is_a_share_between_nothing_and_all(double target) {
        assertThatThrownBy(() -> tuning(target, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the target lies between 0 and 1");
    }

    @Test
    void an_environment_without_runs_has_nothing_to_tune() throws IOException {
        TuneThresholds.Outcome outcome = tune("attic", true);

        assertThat(outcome.tuning().series()).isZero();
        assertThat(outcome.written()).isFalse();
        assertThat(file()).doesNotExist();
    }

    @Test
    void without_a_history_there_is_nothing_to_tune_and_none_is_begun() throws IOException {
        Files.delete(files.historyFile());

        assertThatThrownBy(() -> tune("lab", true)).isInstanceOf(NothingFound.class);
        assertThat(files.historyFile()).doesNotExist();
        assertThat(file()).doesNotExist();
    }
}
