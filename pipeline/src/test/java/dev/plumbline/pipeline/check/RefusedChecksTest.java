package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that cannot be done says why and leaves the history as it was, so that the next one judges as ever. */
class RefusedChecksTest {
    private static final int HISTORY = 12;

    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;
    private byte[] before;

    @BeforeAll
    static void aHistory() throws IOException {
        template = new ResultFiles(shared);
        template.history(HISTORY);
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
        before = Files.readAllBytes(files.historyFile());
    }

    private void assertUnchanged() throws IOException {
        assertThat(Arrays.equals(Files.readAllBytes(files.historyFile()), before))
                .as("the history is as it was")
                .isTrue();
    }

    private Workspace configured(String yaml) throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), yaml);
        return Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(files.historyFile().toString()),
                ConfigurationFile.find(folder, folder));
    }

    private Report check(Workspace workspace, CheckResults.Options options, Path... paths) throws IOException {
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        Policy.DEFAULT,
                        GatePolicy.DEFAULT,
                        options,
                        Progress.SILENT)
                .check(List.of(paths), false)
                .report();
    }

    private static CheckResults.Options against(String baseline) {
        return CheckResults.Options.of(Optional.empty(), Optional.of(baseline));
    }

    private Path acceptances(String text) throws IOException {
        Path file = folder.resolve("plumbline/acceptances.yaml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- benchmrk: fast\n",
                "<<<<<<< HEAD\n- benchmark: fast\n",
                "benchmark: fast\n",
                "- {benchmark: fast, change: 5 %, reason: r, by: ann, at: soon}\n",
                "\u0000"
            })
    void acceptances_that_cannot_be_read_keep_the_results_out(String text) throws IOException {
        acceptances(text);

        assertThatThrownBy(() -> files.check(files.healthy(HISTORY).file()))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageStartingWith("plumbline/acceptances.yaml:1:");

        assertUnchanged();
    }

    @Test
    void an_acceptance_that_is_there_twice_keeps_the_results_out() throws IOException {
        String one = "id: m\nbenchmark: fast\nchange: 5 %\nreason: r\nby: ann\nat: 2026-01-31\n";
        acceptances("- " + one.indent(2).strip() + "\n");
        Path old = Files.createDirectories(folder.resolve("plumbline/acceptances"));
        Files.writeString(old.resolve("m.yaml"), one);

        assertThatThrownBy(() -> files.check(files.healthy(HISTORY).file()))
                .isInstanceOf(IOException.class)
                .hasMessage("plumbline/acceptances/m.yaml: the acceptance m is also in plumbline/acceptances.yaml;"
                        + " delete this file");

        assertUnchanged();
    }

    @Test
    void a_folder_in_the_place_of_the_acceptances_is_named() throws IOException {
        Files.createDirectories(folder.resolve("plumbline/acceptances.yaml"));

        assertThatThrownBy(() -> files.check(files.healthy(HISTORY).file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("acceptances.yaml")
                .hasMessageContaining("is a folder");

        assertUnchanged();
    }

    @Test
    void after_the_file_is_mended_the_same_results_are_judged_as_new_ones() throws IOException {
        Path slow = files.run(HISTORY).with("fast", 130).with("slow", 500).file();
        Path wrong = acceptances("- benchmrk: fast\n");
        assertThatThrownBy(() -> files.check(slow)).isInstanceOf(IOException.class);
        Files.delete(wrong);

        Report report = files.check(slow);

        assertThat(report.notes()).noneMatch(note -> note.contains("already in the history"));
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "nope,no baselines named \"nope\"",
        "default@3,no baselines named \"default\"",
        "'','an empty string names no baselines'",
    })
    void baselines_that_are_not_there_keep_the_results_out(String name, String message) throws IOException {
        assertThatThrownBy(() -> check(
                        files.workspace(), against(name), files.healthy(HISTORY).file()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining(message);

        assertUnchanged();
    }

    @Test
    void a_folder_without_baselines_keeps_the_results_out() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> check(
                        files.workspace(),
                        against("empty"),
                        files.healthy(HISTORY).file()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("plumb baseline export");

        assertUnchanged();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        baseline nope | no baselines named "nope"
        2026-13-45    | there is no such day as 2026-13-45
        9999999 d     | "9999999 d" is not a duration; write 90 s, 30 min, 12 h, 30 d or 2 w
        """)
    void a_reference_for_small_losses_that_cannot_be_keeps_the_results_out(String since, String message)
            throws IOException {
        Workspace workspace = configured("cumulative: " + since + "\n");

        assertThatThrownBy(() -> check(
                        workspace,
                        CheckResults.Options.of(Optional.empty(), Optional.empty()),
                        files.healthy(HISTORY).file()))
                .isInstanceOfAny(NothingFound.class, WrongRequest.class)
                .hasMessageContaining(message);

        assertUnchanged();
    }

    @Test
    void a_reference_that_nobody_knows_is_noted_and_the_check_goes_on() throws IOException {
        Workspace workspace = configured("cumulative: v1.0\n");

        Report report = check(
                workspace,
                CheckResults.Options.of(Optional.empty(), Optional.empty()),
                files.healthy(HISTORY).file());

        assertThat(report.notes())
                .contains("small regressions since v1.0 cannot be added up: neither git nor the history has it");
        assertThat(report.findings()).hasSize(2);
    }

    @Test
    void of_several_files_that_break_off_all_are_named() {
        Path one = files.write("one.csv", "benchmark,value,unit\nhalf,\"2");
        Path two = files.write("two.csv", "benchmark,value,unit\nhalf,\"3");

        assertThatThrownBy(() -> files.check(one, two, files.healthy(HISTORY).file()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("one.csv")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(other -> assertThat(other)
                        .hasMessageContaining("two.csv")));
    }

    @Test
    void a_weight_for_a_short_name_of_several_benchmarks_is_refused_before_a_run_is_judged() throws IOException {
        for (int i = 0; i < 3; i++) {
            files.record(files.run(100 + i)
                    .with("org.one.Sort.quick", 10)
                    .with("org.two.Sort.quick", 20)
                    .file());
        }
        GatePolicy muted = GatePolicy.DEFAULT.withRules(List.of(new GateRule(
                "--muted", Optional.of(new NamePattern("Sort.quick")), Optional.empty(), GateRule.Weight.MUTED)));

        assertThatThrownBy(() -> new CheckResults(
                                files.workspace(),
                                ReadingSettings.DEFAULT,
                                Policy.DEFAULT,
                                muted,
                                CheckResults.Options.of(Optional.empty(), Optional.empty()),
                                Progress.SILENT)
                        .check(List.of(files.healthy(HISTORY).file()), false))
                .isInstanceOf(WrongRequest.class)
                .hasMessage("--muted Sort.quick is 2 benchmarks: org.one.Sort.quick, org.two.Sort.quick; name one of"
                        + " them, or all with a pattern such as '*Sort.quick'");
    }

    @Test
    void a_dry_run_that_is_refused_begins_no_history() throws IOException {
        ResultFiles fresh = new ResultFiles(Files.createDirectory(folder.resolve("fresh")));
        Path broken = fresh.write("broken.csv", "benchmark,value,unit\nhalf,\"2");

        assertThatThrownBy(() -> fresh.dryRun(broken)).isInstanceOf(UnreadableInput.class);
        assertThat(fresh.historyFile().getParent()).doesNotExist();
    }
}
