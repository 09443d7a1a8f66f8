package dev.plumbline.pipeline.annotate;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Acceptances that are files of the repository, and what people say where the history is. */
class AcceptInFileTest {
    private static final Author ANN = new Author("ann", "the new format costs that");

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void twentyRuns() throws IOException {
        files = new ResultFiles(folder);
        files.history(20);
    }

    private Path slow(int index) {
        return files.run(index).with("fast", 130).with("slow", 500).file();
    }

    private Path reported(Report report) throws IOException {
        return Files.writeString(folder.resolve("report.json"), JsonReport.of(report));
    }

    private FileAcceptance acceptKnown(String benchmark, double change, Optional<Instant> until) throws IOException {
        return new AcceptKnown(files.workspace(), ANN)
                .accept(Benchmark.of(benchmark), Optional.empty(), Optional.empty(), "", change, until);
    }

    @Test
    void what_a_report_shows_is_accepted_by_the_next_check() throws IOException {
        Report report = files.dryRun(slow(20));
        assertThat(report.gate().state()).isEqualTo(State.CLOSED);

        FileAcceptance accepted = new AcceptReported(files.workspace(), ANN)
                .accept(reported(report), finding(report, "fast").id(), Acceptance.Scope.METRIC, Optional.empty());

        assertThat(accepted.file()).isEqualTo("plumbline/acceptances.yaml");
        assertThat(files.dryRun(slow(20)).gate().state()).isEqualTo(State.OPEN);
        assertThat(files.check(slow(20)).gate().state()).isEqualTo(State.OPEN);
        assertThat(new ListAcceptances(files.workspace()).list()).hasSize(1);
        assertThat(files.check(files.run(21).with("fast", 190).with("slow", 500).file())
                        .gate()
                        .state())
                .as("far more than was accepted")
                .isEqualTo(State.CLOSED);
    }

    @Test
    void accepting_twice_adds_one_more_entry_and_loses_none() throws IOException {
        acceptKnown("fast", 0.3, Optional.empty());
        acceptKnown("slow", 0.1, Optional.empty());

        assertThat(new ListAcceptances(files.workspace()).list())
                .extracting(one -> one.acceptance().benchmark().name())
                .containsExactlyInAnyOrder("fast", "slow");
    }

    @Test
    void wrong_requests_write_nothing() throws IOException {
        Report report = files.dryRun(slow(20));
        Path file = reported(report);
        AcceptReported reported = new AcceptReported(files.workspace(), ANN);

        assertThatThrownBy(() -> reported.accept(file, "zzz", Acceptance.Scope.METRIC, Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining(finding(report, "fast").id());
        assertThatThrownBy(() ->
                        reported.accept(folder.resolve("none.json"), "x", Acceptance.Scope.METRIC, Optional.empty()))
                .isInstanceOf(NoSuchFileException.class);
        Instant past = ResultFiles.NOON.minus(Duration.ofDays(1));
        assertThatThrownBy(() -> acceptKnown("fast", 0.3, Optional.of(past))).isInstanceOf(WrongRequest.class);
        assertThatThrownBy(() -> acceptKnown("fast", Double.NaN, Optional.empty()))
                .isInstanceOf(WrongRequest.class);
        assertThatThrownBy(() -> acceptKnown("fats", Acceptance.MISSING, Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("fast");

        assertThat(folder.resolve("plumbline")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b", "- x", "# no comment", "\"quoted\"", "it's", "{n=1}", "[1]", "&a", "*a", "!!int", "null",
                        "true",
                "1e9", "tab\there", "ümläut 😀", "line\nbreak", "trailing ", "nul\u0000", "\u001b[31mred", "%", "@x",
                        "`", "~", "|"
            })
    void hostile_names_and_reasons_come_back_as_they_were(String hostile) throws IOException {
        new AcceptKnown(files.workspace(), new Author(hostile, "why: " + hostile))
                .accept(
                        Benchmark.of(hostile),
                        Optional.of(hostile),
                        Optional.of(hostile),
                        hostile,
                        0.2,
                        Optional.empty());

        assertThat(new ListAcceptances(files.workspace()).list())
                .singleElement()
                .extracting(one -> one.acceptance())
                .satisfies(one -> {
                    assertThat(one.benchmark().name()).isEqualTo(hostile);
                    assertThat(one.metric()).hasValue(hostile);
                    assertThat(one.environment()).hasValue(hostile);
                });
    }

    @Test
    void a_mistake_in_the_file_is_told_with_its_line_and_nothing_is_recorded() throws IOException {
        acceptKnown("fast", 0.3, Optional.empty());
        Path file = folder.resolve("plumbline/acceptances.yaml");
        Files.writeString(file, Files.readString(file) + "\nsurplus: 1\n");

        assertThatThrownBy(() -> files.check(slow(20))).hasMessageContaining("acceptances.yaml:");
        assertThatThrownBy(() -> acceptKnown("slow", 0.3, Optional.empty()))
                .as("the file is left as it is")
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).endsWith("\nsurplus: 1\n");
    }

    private RecordTriage.Outcome triage(
            String target, Triage.Decision decision, Optional<Instant> until, Optional<String> fixedBy)
            throws IOException {
        return new RecordTriage(files.workspace(), Policy.DEFAULT).record(target, decision, until, fixedBy, ANN);
    }

    @Test
    void what_is_triaged_must_be_there() throws IOException {
        files.check(slow(20));

        assertThatThrownBy(() -> triage("fats", Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("fast");
        assertThatThrownBy(() -> triage("slow", Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty()))
                .isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> triage("fast", Triage.Decision.REOPENED, Optional.empty(), Optional.empty()))
                .isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> triage("fast", Triage.Decision.MUTED, Optional.of(ResultFiles.NOON), Optional.empty()))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("in the past");
        assertThatThrownBy(() -> new ShowTriage(files.workspace()).show("fast")).isInstanceOf(NothingFound.class);
        assertThat(new ListTriages(files.workspace(), Policy.DEFAULT).list().stated())
                .isEmpty();
    }

    @Test
    void a_fix_that_the_repository_does_not_know_is_doubted_and_recorded() throws IOException {
        new GitFolder(folder).commit("file", "1");
        String id = finding(files.check(slow(20)), "fast").id();

        assertThat(triage("fast", Triage.Decision.FIXED, Optional.empty(), Optional.of("HEAD"))
                        .doubt())
                .isEmpty();
        assertThat(triage("fast", Triage.Decision.FIXED, Optional.empty(), Optional.of("nowhere"))
                        .doubt()
                        .orElseThrow())
                .contains("no commit, tag or branch nowhere");
        assertThat(triage("fast", Triage.Decision.ACKNOWLEDGED, Optional.empty(), Optional.empty())
                        .doubt())
                .isEmpty();
        assertThat(new ShowTriage(files.workspace()).show(id).stated())
                .extracting(Triage::fixedBy)
                .containsExactly("nowhere", "");
    }
}
