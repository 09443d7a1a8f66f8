package dev.plumbline.pipeline.annotate;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.ShowIncident;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a change is accepted, triaged, shown and taken back, and what no name is. */
class NamedChangesTest {
    private static final Author ANN = new Author("ann", "agreed");
    private static final int HISTORY = 15;

    @TempDir
    private static Path shared;

    private static ResultFiles template;
    private static Report bad;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeAll
    static void aRegressionOfOneBenchmark() throws IOException {
        template = new ResultFiles(shared);
        template.history(HISTORY);
        bad = template.check(slow(template, HISTORY));
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
    }

    private Path slow(int index) {
        return slow(files, index);
    }

    private static Path slow(ResultFiles some, int index) {
        return some.run(index)
                .with("fast", 125 + 0.3 * (index % 4))
                .with("slow", 500 + index % 3)
                .file();
    }

    private Finding worse() {
        return finding(bad, "fast");
    }

    private AcceptChanges.Outcome accept(String target, Acceptance.Scope scope) throws IOException {
        return accepting(ANN).accept(target, scope, Optional.empty(), false);
    }

    private AcceptChanges accepting(Author author) {
        return new AcceptChanges(files.workspace(), "default", BaselineSettings.DEFAULT, author);
    }

    private RecordTriage.Outcome triage(String target, Triage.Decision decision) throws IOException {
        return new RecordTriage(files.workspace(), Policy.DEFAULT)
                .record(target, decision, Optional.empty(), Optional.empty(), ANN);
    }

    private List<KnownAcceptance> acceptances() throws IOException {
        return new ListAcceptances(files.workspace()).list();
    }

    private List<Triage> triages() throws IOException {
        return new ListTriages(files.workspace(), Policy.DEFAULT).list().stated();
    }

    private long judgedBad() {
        return files.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(Point::judgedBad)
                .count();
    }

    // ---- accepting

    @Test
    void a_change_is_accepted_by_its_id_the_beginning_of_that_or_the_name_of_its_benchmark() throws IOException {
        String id = worse().id();
        String series = worse().key().id();
        List<String> names = List.of(id, series, series.substring(0, 6), "fast", "FAST", "f*");

        for (String name : names) {
            ResultFiles again = ResultFiles.withHistoryOf(
                    template, Files.createDirectory(folder.resolve("n" + names.indexOf(name))));

            AcceptChanges.Outcome outcome = new AcceptChanges(
                            again.workspace(), "default", BaselineSettings.DEFAULT, ANN)
                    .accept(name, Acceptance.Scope.ENV, Optional.empty(), false);

            assertThat(outcome.accepted()).as(name).singleElement().satisfies(one -> {
                assertThat(one.series()).containsExactly(worse().key());
                assertThat(one.points()).isEqualTo(1);
                assertThat(one.acceptance().since()).isEqualTo("c" + HISTORY);
                assertThat(one.acceptance().change())
                        .isEqualTo(worse().verdict().effect().orElseThrow().relativeChange());
            });
        }
    }

    @Test
    void a_name_accepts_what_the_base_branch_lost_and_not_what_an_unmerged_branch_did() throws IOException {
        Finding there = finding(
                files.check(files.run(HISTORY + 1)
                        .on("feature")
                        .with("fast", 160)
                        .with("slow", 501)
                        .file()),
                "fast");
        files.check(slow(HISTORY + 2));

        AcceptChanges.Outcome outcome = accept("fast", Acceptance.Scope.ENV);

        assertThat(outcome.accepted()).singleElement().satisfies(one -> assertThat(one.series())
                .extracting(SeriesKey::branch)
                .containsExactly("main"));
        assertThat(accept(there.id(), Acceptance.Scope.ENV).accepted())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.series()).extracting(SeriesKey::branch).containsExactly("feature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "slow", "nope", "0123", "ffffffffffff-c1", "i00000000", "i", "\u202E", "x\u0000"})
    void what_names_no_open_change_accepts_nothing(String target) throws IOException {
        assertThatThrownBy(() -> accept(target, Acceptance.Scope.ENV))
                .isInstanceOfAny(NothingFound.class, WrongRequest.class)
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());

        assertThat(acceptances()).isEmpty();
        assertThat(judgedBad()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c1x", "-c3", "-zzz", "-0123456789abcdef"})
    void an_id_of_a_series_with_a_commit_of_none_of_its_changes_is_refused_with_the_ids_that_there_are(String commit)
            throws IOException {
        for (String series : List.of(
                worse().key().id(),
                worse().key().findingId(),
                worse().key().id().substring(0, 6))) {
            String target = series + commit;

            assertThatThrownBy(() -> accept(target, Acceptance.Scope.ENV))
                    .isInstanceOf(NothingFound.class)
                    .hasMessage("no change of fast time has the id " + target + "; its change is " + worse().id());
            assertThatThrownBy(() -> triage(target, Triage.Decision.ACKNOWLEDGED))
                    .isInstanceOf(NothingFound.class)
                    .hasMessageContaining(worse().id());
        }
        assertThat(acceptances()).isEmpty();
        assertThat(triages()).isEmpty();
        assertThat(judgedBad()).isEqualTo(1);
    }

    @Test
    void an_id_of_a_series_without_any_change_is_refused() {
        String slow = finding(bad, "slow").key().id();

        assertThatThrownBy(() -> accept(slow + "-c15", Acceptance.Scope.ENV))
                .isInstanceOf(NothingFound.class)
                .hasMessage("no change of slow time has the id " + slow + "-c15; this series has no change to name");
    }

    @Test
    void a_commit_of_a_later_run_of_the_change_names_it_too() throws IOException {
        files.check(slow(HISTORY + 1));
        files.check(slow(HISTORY + 2));

        accept(worse().key().id() + "-c" + (HISTORY + 1), Acceptance.Scope.ENV);

        assertThat(acceptances()).hasSize(1);
    }

    @Test
    void the_id_of_a_finding_that_no_check_wrote_down_is_known() throws IOException {
        for (int i = HISTORY + 1; i < HISTORY + 7; i++) {
            files.record(
                    files.run(i).with("fast", 100).with("slow", 600 + i % 3).file());
        }
        String slow = finding(bad, "slow").key().id();

        accept(slow + "-c" + (HISTORY + 1), Acceptance.Scope.ENV);

        assertThat(acceptances())
                .singleElement()
                .satisfies(one -> assertThat(one.acceptance().since()).isEqualTo("c" + (HISTORY + 1)));
    }

    @Test
    void the_id_of_what_is_accepted_is_answered_with_who_accepted_it() throws IOException {
        accept(worse().id(), Acceptance.Scope.ENV);

        assertThatThrownBy(() -> accept(worse().id(), Acceptance.Scope.ENV))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("is accepted already, by ann");
    }

    @Test
    void a_name_with_a_slip_is_answered_with_the_nearest_one() {
        assertThatThrownBy(() -> accept("fats", Acceptance.Scope.ENV))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("did you mean fast?");
    }

    @Test
    void what_is_accepted_already_is_answered_with_who_accepted_it_when_and_why() throws IOException {
        accept("fast", Acceptance.Scope.ENV);

        assertThatThrownBy(() -> accept("fast", Acceptance.Scope.ENV))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("fast is accepted already, by ann on 2026-06-01")
                .hasMessageContaining("agreed");
        assertThat(acceptances()).hasSize(1);
    }

    @Test
    void without_a_reason_or_with_an_end_that_is_over_nothing_is_accepted() throws IOException {
        assertThatThrownBy(() ->
                        accepting(new Author("ann", "")).accept("fast", Acceptance.Scope.ENV, Optional.empty(), true))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("reason");
        assertThatThrownBy(
                        () -> accepting(ANN).accept("fast", Acceptance.Scope.ENV, Optional.of(ResultFiles.NOON), true))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("ends at");

        assertThat(acceptances()).isEmpty();
        assertThat(folder.resolve("plumbline")).doesNotExist();
        assertThat(files.check(slow(HISTORY + 1)).gate().state()).isEqualTo(State.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Acceptance.Scope.class)
    void a_scope_reaches_as_far_as_it_says(Acceptance.Scope scope) throws IOException {
        for (int i = 0; i < HISTORY; i++) {
            files.record(
                    files.run(i).in("other").with("fast", 100 + 0.3 * (i % 4)).file());
        }
        accept(worse().id(), scope);

        Report there =
                files.check(files.run(HISTORY).in("other").with("fast", 125).file());

        assertThat(there.gate().state()).isEqualTo(scope == Acceptance.Scope.ENV ? State.CLOSED : State.OPEN);
        assertThat(acceptances()).singleElement().satisfies(one -> {
            assertThat(one.acceptance().environment().isPresent()).isEqualTo(scope == Acceptance.Scope.ENV);
            assertThat(one.acceptance().metric())
                    .as("each metric has its own size")
                    .isPresent();
        });
    }

    @Test
    void another_metric_of_the_same_benchmark_that_changed_with_the_commit_is_named() throws IOException {
        ResultFiles two = new ResultFiles(Files.createDirectory(folder.resolve("two")));
        for (int i = 0; i < HISTORY; i++) {
            two.record(metrics(two, i, 100 + 0.3 * (i % 4), 1000 + i % 5));
        }
        Report both = two.check(metrics(two, HISTORY, 130, 1500));
        Finding time = both.findings().stream()
                .filter(one -> one.key().metric().equals("time"))
                .findFirst()
                .orElseThrow();
        Finding bytes = both.findings().stream()
                .filter(one -> one.key().metric().equals("bytes"))
                .findFirst()
                .orElseThrow();

        AcceptChanges.Outcome outcome = new AcceptChanges(two.workspace(), "default", BaselineSettings.DEFAULT, ANN)
                .accept(time.id(), Acceptance.Scope.ENV, Optional.empty(), false);

        assertThat(outcome.accepted()).hasSize(1);
        assertThat(outcome.rest()).containsExactly(bytes.id());
    }

    private static Path metrics(ResultFiles some, int index, double time, double bytes) {
        String tail = ",c" + index + ",main," + ResultFiles.NOON.minusSeconds(3600L * (1000 - index)) + ",lab\n";
        return some.write(
                "metrics" + index + ".csv",
                "benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n"
                        + "one,time,ms,lower," + time + tail
                        + "one,bytes,B,lower," + bytes + tail);
    }

    // ---- taking back

    @Test
    void an_acceptance_is_revoked_by_the_beginning_of_its_id_and_only_once() throws IOException {
        String id = accept("fast", Acceptance.Scope.ENV)
                .accepted()
                .get(0)
                .acceptance()
                .id();
        RevokeAcceptance revoking = new RevokeAcceptance(files.workspace(), new Author("bob", "wrong"));

        RevokeAcceptance.Outcome revoked = revoking.revoke(id.substring(0, 4));

        assertThat(revoked.acceptance().revocation().orElseThrow().by()).isEqualTo("bob");
        assertThat(revoked.acceptance().revocation().orElseThrow().reason()).isEqualTo("wrong");
        assertThat(judgedBad()).isEqualTo(1);
        assertThatThrownBy(() -> revoking.revoke(id))
                .isInstanceOf(NothingFound.class)
                .hasMessage("no acceptance has an id that begins with " + id + "; list them with plumb accept --list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "nope"})
    void no_id_revokes_nothing_even_if_there_is_only_one_acceptance(String id) throws IOException {
        accept("fast", Acceptance.Scope.ENV);

        assertThatThrownBy(() -> new RevokeAcceptance(files.workspace(), ANN).revoke(id))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("plumb accept --list");

        assertThat(acceptances()).singleElement().satisfies(one -> assertThat(one.revocation())
                .isEmpty());
    }

    // ---- triages

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nope", "slow", "0123", "ffffffffffff-c1", "i00000000", "i"})
    void what_names_no_change_is_not_triaged(String target) throws IOException {
        for (Triage.Decision decision : Triage.Decision.values()) {
            if (decision != Triage.Decision.MUTED && decision != Triage.Decision.FIXED) {
                assertThatThrownBy(() -> triage(target, decision))
                        .as(decision.name())
                        .isInstanceOf(NothingFound.class);
            }
        }
        assertThat(triages()).isEmpty();
    }

    @Test
    void no_id_reopens_nothing_even_if_only_one_thing_was_triaged() throws IOException {
        triage("fast", Triage.Decision.ACKNOWLEDGED);

        assertThatThrownBy(() -> triage("", Triage.Decision.REOPENED)).isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> new ShowTriage(files.workspace()).show("")).isInstanceOf(NothingFound.class);

        assertThat(triages()).extracting(Triage::decision).containsExactly(Triage.Decision.ACKNOWLEDGED);
    }

    @Test
    void a_change_is_triaged_by_its_id_or_the_name_of_its_benchmark_and_shown_by_both_ids() throws IOException {
        triage("fast", Triage.Decision.ACKNOWLEDGED);
        triage(worse().id(), Triage.Decision.REOPENED);

        assertThat(new ShowTriage(files.workspace()).show(worse().id()).stated())
                .extracting(Triage::decision)
                .containsExactly(Triage.Decision.ACKNOWLEDGED, Triage.Decision.REOPENED);
        assertThat(new ShowTriage(files.workspace()).show(worse().key().id()).stated())
                .hasSize(2);
        assertThat(files.check(slow(HISTORY + 1)).gate().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_mute_needs_an_end_in_the_future() throws IOException {
        RecordTriage recording = new RecordTriage(files.workspace(), Policy.DEFAULT);

        assertThatThrownBy(() -> recording.record(
                        "fast", Triage.Decision.MUTED, Optional.of(ResultFiles.NOON), Optional.empty(), ANN))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("in the past");
        assertThat(triages()).isEmpty();

        recording.record(
                "fast",
                Triage.Decision.MUTED,
                Optional.of(ResultFiles.NOON.plus(Duration.ofDays(1))),
                Optional.empty(),
                ANN);
        assertThat(files.check(slow(HISTORY + 1)).gate().state()).isEqualTo(State.OPEN);
    }

    // ---- incidents

    @Test
    void an_incident_is_named_by_the_beginning_of_its_id_where_it_is_the_only_one() throws IOException {
        for (int i = HISTORY + 1; i < HISTORY + 12; i++) {
            files.record(slow(i));
        }
        String id = new ListIncidents(files.workspace(), Policy.DEFAULT)
                .list(SeriesQuery.all(), OptionalInt.empty(), false)
                .cases()
                .get(0)
                .incident()
                .id();

        assertThat(show(id)).isEqualTo(id);
        assertThat(show(id.substring(0, 3))).isEqualTo(id);
        for (String wrong : List.of("", "i00000000", "x")) {
            assertThatThrownBy(() -> show(wrong))
                    .as(wrong)
                    .isInstanceOf(NothingFound.class)
                    .hasMessageContaining("plumb incidents --all");
        }
        triage(id.substring(0, 3), Triage.Decision.ACKNOWLEDGED);
        assertThat(triages()).extracting(Triage::id).containsExactly(id);
    }

    private String show(String id) throws IOException {
        return new ShowIncident(files.workspace(), Policy.DEFAULT)
                .show(id, SeriesQuery.all())
                .cases()
                .get(0)
                .incident()
                .id();
    }

    // ---- from a report

    @Test
    void a_report_accepts_what_it_shows_by_its_id_and_nothing_by_an_empty_one() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), JsonReport.of(bad));
        AcceptReported accepting = new AcceptReported(files.workspace(), ANN);

        for (String wrong : List.of("", "ffffffffffff-c1", "slow")) {
            assertThatThrownBy(() -> accepting.accept(report, wrong, Acceptance.Scope.ENV, Optional.empty()))
                    .as("'%s'", wrong)
                    .isInstanceOf(NothingFound.class)
                    .hasMessageContaining(wrong.isEmpty() ? "an empty string names no regression" : worse().id());
        }
        assertThat(folder.resolve("plumbline")).doesNotExist();

        FileAcceptance written = accepting.accept(report, worse().id(), Acceptance.Scope.ENV, Optional.empty());
        assertThat(written.file()).isEqualTo("plumbline/acceptances.yaml");
        assertThat(written.acceptance().since()).isEqualTo("c" + HISTORY);
        assertThat(files.check(slow(HISTORY + 1)).gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_report_that_is_none_is_named() throws IOException {
        AcceptReported accepting = new AcceptReported(files.workspace(), ANN);
        Path text = Files.writeString(folder.resolve("text.json"), "not json");
        Path folderInPlace = Files.createDirectory(folder.resolve("folder.json"));

        for (Path wrong : List.of(text, folderInPlace, folder.resolve("none.json"))) {
            assertThatThrownBy(() -> accepting.accept(wrong, "x", Acceptance.Scope.ENV, Optional.empty()))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(wrong.getFileName().toString());
        }
    }

    // ---- who

    @Test
    void who_it_was_is_what_was_given_then_the_ci_service_then_the_system_and_else_unknown() {
        Map<String, String> ci = Map.of("GITHUB_ACTOR", "octo", "USER", "runner");

        assertThat(Author.of(Optional.of("ann"), folder, ci, "r")).isEqualTo(new Author("ann", "r"));
        assertThat(Author.of(Optional.empty(), folder, ci, "r").name()).isEqualTo("octo");
        assertThat(Author.of(Optional.empty(), folder, Map.of("GITHUB_ACTOR", " ", "USER", "me"), "")
                        .name())
                .isEqualTo("me");
        assertThatThrownBy(() -> new Author(" ", "r")).isInstanceOf(IllegalArgumentException.class);
    }
}
