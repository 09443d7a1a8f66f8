package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Schemas;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other commands answer, for people and for programs. */
class AnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    /** Writes a document. */
    private interface Writer {
        void to(OutputStream out) throws IOException;
    }

    private static String json(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.to(out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(Writer writer) {
        return JsonMapper.builder().build().readTree(json(writer));
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream();
    }

    /** Some texts may have a hundred characters. */
    private static String cut(String text) {
        return "x" + text.substring(0, Math.min(100, text.length()));
    }

    private static MachineReport machine(String text) {
        return new MachineReport(
                Environment.of(Map.of("cpu", cut(text), "info.cores", cut(text))),
                List.of(
                        new MachineReport.Remark(MachineReport.Level.WARNING, "load", text, text),
                        new MachineReport.Remark(MachineReport.Level.NOTE, "governor", text, "")),
                List.of(
                        new MachineReport.Noise("processor", 0.0123, 0.004, 0.001, true, 0.018, OptionalInt.of(12)),
                        new MachineReport.Noise(
                                "memory", 1e-6, 0.2, 0, false, Double.POSITIVE_INFINITY, OptionalInt.empty())),
                30,
                0.02);
    }

    private static BisectReport bisect(BisectReport.End end, String text) {
        boolean found = end == BisectReport.End.FOUND;
        return new BisectReport(
                end,
                "b" + text,
                Optional.of(new Metric(cut(text), Unit.of("ms"), Better.LOWER)),
                List.of(
                        new BisectReport.Commit("aaaaaaaaaaaa", text, text, List.of(100.0, 101.0), "", 0, 0.01),
                        new BisectReport.Commit("bbbbbbbbbbbb", text, text, List.of(), text, 0.2, 0.4),
                        new BisectReport.Commit("cccccccccccc", text, text, List.of(125.0), "", 0.75, 0.97),
                        new BisectReport.Commit("dddddddddddd", text, text, List.of(), "", 0.05, 0.99)),
                found ? List.of(1, 2) : List.of(),
                List.of(2, 1),
                Optional.of(100.5),
                Optional.of(125.0),
                Optional.of(0.01),
                2);
    }

    private static List<SuitesReport.Row> suites(String text) {
        return List.of(new SuitesReport.Row("s" + text, List.of("t" + text, "fast"), "m" + text));
    }

    private static RenamingsReport renamings(String text) {
        return new RenamingsReport(List.of(
                new RenamingsReport.Row(OptionalLong.of(3), "benchmark", text, text, text, text, Optional.of(NOW)),
                new RenamingsReport.Row(OptionalLong.empty(), "metric", text, text, "", "", Optional.empty())));
    }

    private static TriageReport triage(String text) {
        Triage.Subject subject = new Triage.Subject(Examples.key(cut(text), "m"), "r1", "c1", "r9", 0.2);
        Triage.Subject zero = new Triage.Subject(Examples.key("zero", "m"), "r1", "c1", "r9", Double.POSITIVE_INFINITY);
        List<Triage> stated = new ArrayList<>();
        for (Triage.Decision decision : Triage.Decision.values()) {
            stated.add(new Triage(
                    "t" + decision.ordinal(),
                    decision,
                    decision == Triage.Decision.MUTED ? Optional.of(NOW.plusSeconds(60)) : Optional.empty(),
                    decision == Triage.Decision.FIXED ? "575cc706f1aabbcc" : "",
                    cut(text),
                    NOW,
                    cut(text),
                    List.of(subject, zero)));
        }
        return new TriageReport(stated, List.of(accepted(text, Optional.empty())), NOW, Set.of(), Set.of(), Set.of());
    }

    private static KnownAcceptance accepted(String text, Optional<Instant> until) {
        return new KnownAcceptance(
                new Acceptance(
                        "a1",
                        Benchmark.of(cut(text)),
                        Optional.of("time"),
                        Optional.empty(),
                        "575cc706f1",
                        0.1,
                        "agreed",
                        "Ann",
                        NOW.minusSeconds(3600),
                        until),
                "history",
                Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothing_from_outside_gets_through_whatever_the_width(String text) {
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertHarmless(machine(text).text(style), style);
            for (BisectReport.End end : BisectReport.End.values()) {
                Harmless.assertHarmless(bisect(end, text).text(style), style);
            }
            Harmless.assertFits(SuitesReport.text(suites(text), style), style);
            Harmless.assertFits(renamings(text).text(style), style);
            Harmless.assertHarmless(triage(text).text(style), style);
            List<SettingsReport.Row> rows = List.of(new SettingsReport.Row("margin", text, Optional.empty(), text));
            Harmless.assertFits(
                    SettingsReport.text(Optional.of(text), rows, List.of(new SettingsReport.Group(text, rows)), style),
                    style);
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void every_document_follows_its_schema_whatever_the_names(String text) {
        Schemas.assertValid("doctor-schema.json", json(machine(text)::writeJson));
        Schemas.assertValid("suites-schema.json", json(out -> SuitesReport.writeJson(suites(text), out)));
        Schemas.assertValid("triage-schema.json", json(triage(text)::write));
        for (BisectReport.End end : BisectReport.End.values()) {
            Schemas.assertValid("bisect-schema.json", json(bisect(end, text)::writeJson));
        }
    }

    @Test
    void documents_of_nothing_are_documents() {
        Schemas.assertValid("suites-schema.json", json(out -> SuitesReport.writeJson(List.of(), out)));
        Schemas.assertValid("triage-schema.json", json(new TriageReport(List.of(), NOW)::write));
        Schemas.assertValid(
                "doctor-schema.json",
                json(new MachineReport(Environment.unknown(), List.of(), List.of(), 1, 0.02)::writeJson));
        assertThat(SuitesReport.text(List.of(), TextStyle.DEFAULT))
                .isEqualTo("no suites; define them in plumbline.yaml under suites (docs/measuring.md)\n");
        assertThat(new TriageReport(List.of(), NOW).text(TextStyle.DEFAULT)).isEqualTo("no change has been triaged\n");
        assertThat(new RenamingsReport(List.of()).text(TextStyle.DEFAULT)).isEqualTo("no renamings\n");
    }

    @Test
    void a_machine_says_what_disturbs_it_and_what_to_change_in_lines_that_fit() {
        String text = machine("a sentence of some length that does not fit into one line of a usual terminal at all")
                .text(TextStyle.DEFAULT);

        assertThat(text)
                .startsWith("1 problem makes measurements unreliable; 1 source of noise\n✗ load: a sentence of some")
                .contains("\n    a sentence of some length", "\n· governor: a sentence");
        assertThat(text.lines()).allMatch(line -> TerminalText.width(line) <= 80);
        assertThat(text)
                .containsIgnoringWhitespaces(
                        "processor: the two differ by more than chance; something changes during the measurement");
    }

    @Test
    void a_machine_without_signs_beyond_ascii_has_a_letter_for_a_problem() {
        assertThat(machine("busy").text(TextStyle.DEFAULT.withUnicode(false)))
                .contains("\nX load: busy\n", "\n- governor: busy\n")
                .doesNotContain("\\u");
    }

    @Test
    void noise_that_hides_everything_is_no_number() {
        assertThat(machine("busy").text(TextStyle.DEFAULT).lines())
                .anyMatch(line -> line.matches("memory +1\\.00 µs +20\\.0 % +nothing +> 10,000"));
        JsonNode noise = tree(machine("busy")::writeJson).path("noise").path(1);
        assertThat(noise.path("detectable").isNull()).isTrue();
        assertThat(noise.path("detectableIs").asString()).isEqualTo("infinite");
        assertThat(noise.has("pairsNeeded")).isFalse();
    }

    @Test
    void a_quiet_machine_has_no_problems() {
        assertThat(new MachineReport(Environment.unknown(), List.of(), List.of(), 1, 0.02).text(TextStyle.DEFAULT))
                .startsWith("no problems found\n")
                .doesNotContain("Identical work");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOUND | one of these commits is the culprit; all but the last cannot be measured: posterior 95.0 %",
                "NO_DIFFERENCE | good and bad do not differ, or noise hides the difference",
                "UNDECIDED | undecided: ran out of time, runs or commits that build",
                "STOPPED | stopped: result so far",
            })
    void a_search_says_how_it_ended(BisectReport.End end, String words) {
        String text = bisect(end, "x").text(TextStyle.DEFAULT);

        assertThat(text).contains(words + "\n", "bx xx: 100 → 125 ms, +24.4 %; noise of one run 1.0 %\n");
        assertThat(text)
                .contains("3 commits after the good one; 1 of them measured, 1 cannot be; 3 runs spent, 2 of them to"
                        + " confirm that good and bad differ\n");
        assertThat(text.contains("95 % credible set: cccccccccc 75.0 %, bbbbbbbbbb 20.0 %"))
                .isEqualTo(end != BisectReport.End.NO_DIFFERENCE);
    }

    @ParameterizedTest
    @EnumSource
    void a_search_for_programs_has_each_commit_with_its_state(BisectReport.End end) {
        JsonNode json = tree(bisect(end, "x")::writeJson);

        assertThat(json.path("end").asString())
                .isEqualTo(end.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(json.path("commits").valueStream().map(commit -> commit.path("state")
                        .asString()))
                .containsExactly("good", "cannot be measured", "bad", "not measured");
        assertThat(json.path("runs").asInt()).isEqualTo(3);
        assertThat(json.path("culprits").size()).isEqualTo(end == BisectReport.End.FOUND ? 2 : 0);
    }

    @Test
    void of_many_credible_commits_five_are_named() {
        List<BisectReport.Commit> commits = new ArrayList<>();
        List<Integer> credible = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            commits.add(new BisectReport.Commit("%012x".formatted(i), "Ada", "s", List.of(1.0), "", 0.1, 0.5));
            credible.add(i);
        }
        BisectReport report = new BisectReport(
                BisectReport.End.UNDECIDED,
                "sort",
                Optional.of(new Metric("time", Unit.of("ms"), Better.LOWER)),
                commits,
                List.of(),
                credible,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2);

        assertThat(report.text(TextStyle.DEFAULT.withWidth(200)))
                .containsPattern("95 % credible set: (\\w+ 10\\.0 %, ){5}and 4 more\n")
                .doesNotContain("→");
    }

    @Test
    void an_author_of_a_commit_is_shown_without_an_address() {
        assertThat(json(bisect(BisectReport.End.FOUND, "Ada <ada@example.org>")::writeJson))
                .contains("\"author\": \"Ada\"");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 3", "false, 1", "false, 1200"})
    void what_was_forgotten_is_counted_and_a_dry_run_says_how_to_do_it(boolean done, int runs) {
        PruneReport report = new PruneReport(
                done, OptionalInt.of(90), List.of(), runs, 1_000_000_000_000L, 1, 2, 0, 1, 5_000_000, 1_000);
        String text = report.text();

        assertThat(text)
                .startsWith(done ? "deleted " : "would delete ")
                .contains((runs == 1 ? "1 run " : runs == 3 ? "3 runs " : "1,200 runs ") + "older than 90 days")
                .contains("kept: 2 old runs that baselines need\n")
                .contains("kept: 1 old run that is the newest of its environment and branch\n")
                .doesNotContain("judged or triaged");
        assertThat(text.contains("nothing was changed; delete them with --yes")).isEqualTo(!done);
        assertThat(text.contains("5.00 MB and now 1.00 kB")).isEqualTo(done);
        JsonNode json = tree(report::writeJson);
        assertThat(json.path("measurements").asLong()).isEqualTo(1_000_000_000_000L);
        assertThat(json.path("done").asBoolean()).isEqualTo(done);
    }

    @Test
    void runs_that_were_named_are_listed_without_what_a_terminal_acts_on() {
        String text = new PruneReport(
                        false,
                        OptionalInt.empty(),
                        List.of(Examples.run(3, "\u001b[31mred\u001b[0m")),
                        1,
                        2,
                        0,
                        0,
                        0,
                        0,
                        5_000_000,
                        1_000)
                .text();

        Harmless.assertHarmless(text, TextStyle.DEFAULT);
        assertThat(text)
                .contains("␛[31mred", "would delete 1 run, with 2 measurements; no series would lose all its runs\n");
    }

    @Test
    void a_renaming_of_the_configuration_has_no_number_to_undo() {
        JsonNode rows = tree(renamings("x")::writeJson).path("renamings");

        assertThat(rows.path(0).path("number").asInt()).isEqualTo(3);
        assertThat(rows.path(0).path("source").asString()).isEqualTo("history");
        assertThat(rows.path(0).path("at").asString()).isEqualTo(NOW.toString());
        assertThat(rows.path(1).has("number")).isFalse();
        assertThat(rows.path(1).path("source").asString()).isEqualTo("configuration");
        assertThat(rows.path(1).has("at")).isFalse();
        assertThat(renamings("x").text(TextStyle.DEFAULT.withWidth(200)))
                .contains("plumbline.yaml", "2026-11-29 12:00 UTC");
    }

    @Test
    void a_setting_has_its_value_in_the_type_that_a_program_needs() {
        List<SettingsReport.Row> rows = List.of(
                new SettingsReport.Row("margin", "2 %", Optional.of(new SettingsReport.Value.Numeric(0.02)), "default"),
                new SettingsReport.Row("base", "main", Optional.of(new SettingsReport.Value.Text("main")), "a.yaml:3"),
                new SettingsReport.Row("environment", "found out", Optional.empty(), "default"));
        JsonNode settings = tree(out -> SettingsReport.writeJson(
                        Optional.empty(),
                        rows,
                        List.of(
                                new SettingsReport.Group("Rules", rows.subList(0, 1)),
                                new SettingsReport.Group("", List.of())),
                        out))
                .path("settings");

        assertThat(settings.size()).isEqualTo(4);
        assertThat(settings.path(0).path("value").asDouble()).isEqualTo(0.02);
        assertThat(settings.path(1).path("value").asString()).isEqualTo("main");
        assertThat(settings.path(2).path("value").isNull()).isTrue();
        String text = SettingsReport.text(Optional.empty(), rows, List.of(), TextStyle.DEFAULT);
        assertThat(text).startsWith("no configuration file; create plumbline.yaml at the root of the repository");
        assertThat(text.lines()).anyMatch(line -> line.matches("base +main +a\\.yaml:3"));
    }

    @Test
    void a_triage_says_whether_it_still_holds() {
        TriageReport now = triage("x");
        String text = now.text(TextStyle.DEFAULT.withWidth(200));

        assertThat(text.lines().skip(1).map(line -> line.split(" {2,}")[1]))
                .containsExactly(
                        "acknowledged", "muted", "fix promised with 575cc706f1", "false alarm", "reopened", "accepted");
        TriageReport later = new TriageReport(
                now.stated(),
                List.of(accepted("x", Optional.of(NOW))),
                NOW.plusSeconds(3600),
                Set.of("t0"),
                Set.of("t2"),
                Set.of());
        assertThat(later.text(TextStyle.DEFAULT.withWidth(200)).lines().skip(1).map(line -> line.split(" {2,}")[1]))
                .containsExactly(
                        "acknowledged, then accepted",
                        "muted, expired",
                        "fix promised with 575cc706f1, still there",
                        "false alarm",
                        "reopened",
                        "accepted, expired");
        TriageReport kept = new TriageReport(now.stated(), List.of(), NOW, Set.of(), Set.of(), Set.of("t2"));
        assertThat(kept.text(TextStyle.DEFAULT.withWidth(200)).lines().skip(1).map(line -> line.split(" {2,}")[1]))
                .contains("fixed with 575cc706f1");
        JsonNode json = tree(later::write);
        assertThat(json.path("triage").valueStream().map(one -> one.path("holds")
                        .asBoolean()))
                .containsExactly(false, false, false, true, false);
        assertThat(json.path("accepted").path(0).path("holds").asBoolean()).isFalse();
    }
}
