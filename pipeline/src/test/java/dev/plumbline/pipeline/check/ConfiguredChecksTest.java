package dev.plumbline.pipeline.check;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of plumbline.yaml do to a check, for some series or for all. */
class ConfiguredChecksTest {
    private static final int HISTORY = 15;
    private static final List<String> ENVIRONMENTS = List.of("lab", "ci-1");

    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeAll
    static void aHistoryInTwoEnvironments() throws IOException {
        template = new ResultFiles(shared);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (String environment : ENVIRONMENTS) {
            for (int i = 0; i < HISTORY; i++) {
                runs.add(template.healthy(i).in(environment));
            }
        }
        template.record(template.together(runs));
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
    }

    private Report check(String yaml, Path... paths) throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), yaml);
        Configuration configuration = ConfigurationFile.find(folder, folder);
        Workspace workspace = Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(files.historyFile().toString()),
                configuration);
        var policies = configuration.thresholds(configuration.policy());
        return new CheckResults(
                        workspace,
                        ReadingSettings.DEFAULT,
                        policies,
                        configuration.gateInForce().policy(policies),
                        CheckResults.Options.of(
                                Optional.empty(), configuration.baseline().use().value()),
                        Progress.SILENT)
                .check(List.of(paths), false)
                .report();
    }

    /** Both benchmarks at some part of their level. */
    private Path run(String environment, double fast, double slow) {
        return files.run(HISTORY)
                .in(environment)
                .with("fast", 100 * fast)
                .with("slow", 500 * slow)
                .file();
    }

    private static Kind fast(Report report) {
        return finding(report, "fast").verdict().kind();
    }

    // ---- thresholds

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                 | REGRESSED  | CLOSED
        policy: {margin: 30 %}                                             | UNCHANGED  | OPEN
        thresholds: [{benchmark: fast, margin: 30 %}]                      | UNCHANGED  | OPEN
        thresholds: [{benchmark: slow, margin: 30 %}]                      | REGRESSED  | CLOSED
        thresholds: [{metric: time, margin: 30 %}]                         | UNCHANGED  | OPEN
        thresholds: [{metric: bytes, margin: 30 %}]                        | REGRESSED  | CLOSED
        thresholds: [{environment: lab, margin: 30 %}]                     | UNCHANGED  | OPEN
        thresholds: [{environment: "ci-*", margin: 30 %}]                  | REGRESSED  | CLOSED
        thresholds: [{branch: main, margin: 30 %}]                         | UNCHANGED  | OPEN
        thresholds: [{branch: topic, margin: 30 %}]                        | REGRESSED  | CLOSED
        thresholds: [{kind: latency, margin: 30 %}]                        | UNCHANGED  | OPEN
        thresholds: [{kind: throughput, margin: 30 %}]                     | REGRESSED  | CLOSED
        thresholds: [{benchmark: fast, floor: 50 ms}]                      | UNCHANGED  | OPEN
        thresholds: [{benchmark: fast, floor: 5 ms}]                       | REGRESSED  | CLOSED
        thresholds: [{benchmark: fast, minimum-runs: 99}]                  | INCONCLUSIVE | OPEN
        thresholds: [{benchmark: "*", margin: 30 %}, {benchmark: fast, margin: 2 %}] | REGRESSED | CLOSED
        """)
    void a_threshold_applies_to_the_series_that_it_names_and_the_last_one_that_fits_wins(
            String yaml, Kind kind, State state) throws IOException {
        Report report = check(yaml, run("lab", 1.2, 1));

        assertThat(fast(report)).isEqualTo(kind);
        assertThat(report.gate().state()).isEqualTo(state);
        assertThat(finding(report, "slow").verdict()).isNotInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void the_same_run_is_judged_in_each_environment_by_its_own_rule() throws IOException {
        Report report =
                check("thresholds: [{environment: ci-*, margin: 30 %}]", run("lab", 1.2, 1), run("ci-1", 1.2, 1));

        assertThat(report.findings())
                .filteredOn(one -> one.key().benchmark().name().equals("fast"))
                .extracting(one -> one.key().environment() + " " + one.verdict().kind())
                .containsExactlyInAnyOrder("lab REGRESSED", "ci-1 UNCHANGED");
    }

    // ---- the gate

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                              | 1.06 | CLOSED
        gate: {block-at: critical}                                      | 1.06 | OPEN
        gate: {block-at: critical}                                      | 1.3  | CLOSED
        gate: {block-at: any}                                           | 1.04 | CLOSED
        {}                                                              | 1.04 | OPEN
        gate: {rules: [{benchmark: fast, weight: advisory}]}            | 1.5  | OPEN
        gate: {rules: [{benchmark: fast, weight: muted}]}               | 1.5  | OPEN
        gate: {rules: [{benchmark: fast, weight: critical}]}            | 1.04 | CLOSED
        gate: {rules: [{benchmark: "*", weight: muted}, {benchmark: fast, weight: normal}]} | 1.5 | CLOSED
        gate: {rules: [{benchmark: fast, environment: "ci-*", weight: muted}]} | 1.5 | CLOSED
        gate: {grace: 99}                                               | 1.5  | OPEN
        gate: {budgets: [{benchmark: fast, at-most: 105 ms}]}           | 1.03 | OPEN
        gate: {budgets: [{benchmark: fast, at-most: 102 ms}]}           | 1.03 | CLOSED
        gate: {budgets: [{benchmark: fast, at-most: 0.102 s}]}          | 1.03 | CLOSED
        gate: {budgets: [{benchmark: slow, at-most: 102 ms}]}           | 1    | CLOSED
        gate: {budgets: [{benchmark: fast, at-most: 102 ms}], rules: [{benchmark: fast, weight: muted}]} | 1.03 | OPEN
        gate: {rule: fixed, fixed-change: 10 %}                         | 1.06 | OPEN
        gate: {rule: fixed, fixed-change: 3 %}                          | 1.06 | CLOSED
        """)
    void what_fails_the_gate_is_what_the_settings_say(String yaml, double factor, State state) throws IOException {
        Report report = check(yaml, run("lab", factor, 1));

        assertThat(report.gate().state()).as("%s", report.gate().trace()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"pass,OPEN", "hold,UNDECIDED", "fail,CLOSED"})
    void a_missing_benchmark_has_the_effect_that_is_set(String effect, State state) throws IOException {
        Path half = files.run(HISTORY).in("lab").with("fast", 100).file();

        assertThat(check("gate: {on-missing: " + effect + "}", half).gate().state())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"pass,OPEN", "hold,UNDECIDED", "fail,CLOSED"})
    void what_is_too_good_to_be_true_has_the_effect_that_is_set(String effect, State state) throws IOException {
        assertThat(check("gate: {on-too-good: " + effect + ", too-good: 3}", run("lab", 0.2, 1))
                        .gate()
                        .state())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"pass,OPEN", "hold,UNDECIDED", "fail,CLOSED"})
    void an_environment_without_a_history_has_the_effect_that_is_set(String effect, State state) throws IOException {
        assertThat(check("gate: {on-incomparable: " + effect + "}", run("laptop", 1, 1))
                        .gate()
                        .state())
                .isEqualTo(state);
    }

    // ---- roles

    @Test
    void a_secondary_metric_is_reported_and_closes_nothing_and_a_context_metric_is_no_finding() throws IOException {
        Report secondary = check("metrics: [{benchmark: fast, metric: time, role: secondary}]", run("lab", 1.5, 1));

        assertThat(fast(secondary)).isEqualTo(Kind.REGRESSED);
        assertThat(secondary.gate().state()).isEqualTo(State.OPEN);

        files = ResultFiles.withHistoryOf(template, Files.createDirectory(folder.resolve("again")));
        folder = folder.resolve("again");
        Report context = check("metrics: [{benchmark: fast, metric: time, role: context}]", run("lab", 1.5, 1));
        assertThat(context.findings())
                .extracting(one -> one.key().benchmark().name())
                .containsExactly("slow");
        assertThat(context.gate().state()).isEqualTo(State.OPEN);
    }

    // ---- settings that have no effect

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        gate: {rules: [{benchmark: fsat, weight: muted}]}      | plumbline.yaml:1:16: the weight for benchmark fsat \
        matches no recorded benchmark; it has no effect; did you mean fast?
        gate: {rules: [{metric: tiem, weight: muted}]}         | plumbline.yaml:1:16: the weight for metric tiem \
        matches no recorded benchmark; it has no effect
        gate: {budgets: [{benchmark: Fastt, at-most: 5 ms}]}   | plumbline.yaml:1:18: the budget's names match no \
        recorded benchmark; the budget has no effect
        gate: {budgets: [{benchmark: fast, at-most: 5 MB}]}    | plumbline.yaml:1:18: the budget is in MB but what \
        it names is in ms, such as fast time; the budget has no effect
        thresholds: [{benchmark: slwo, margin: 3 %}]           | plumbline.yaml:1:14: the threshold for benchmark \
        slwo matches no recorded benchmark; it has no effect; did you mean slow?
        metrics: [{metric: gc.x, role: primary}]               | plumbline.yaml:1:11: the role for metric gc.x \
        matches no recorded benchmark; it has no effect
        """)
    void a_setting_that_names_nothing_is_noted_with_its_place(String yaml, String note) throws IOException {
        assertThat(check(yaml, run("lab", 1, 1)).notes()).contains(note);
    }

    @Test
    void what_names_another_environment_or_branch_is_no_slip() throws IOException {
        assertThat(check("""
                        thresholds: [{environment: nowhere, margin: 3 %}, {branch: nowhere, floor: 1 ns}]
                        gate: {rules: [{benchmark: fast, environment: nowhere, weight: muted}]}
                        """, run("lab", 1, 1)).notes()).noneMatch(note -> note.contains("no effect"));
    }

    @Test
    void an_acceptance_that_names_nothing_is_noted_with_its_line_and_the_nearest_name() throws IOException {
        Path file = Files.createDirectories(folder.resolve("plumbline")).resolve("acceptances.yaml");
        String rest = "\n  change: 5 %\n  reason: r\n  by: ann\n  at: 2026-01-31\n";
        Files.writeString(
                file,
                "- id: one\n  benchmark: fsat" + rest + "- id: two\n  benchmark: fast\n  metric: tiem" + rest
                        + "- id: three\n  benchmark: slow\n  environment: elsewhere" + rest);

        assertThat(check("{}", run("lab", 1, 1)).notes())
                .contains(
                        "plumbline/acceptances.yaml:1: the acceptance one of fsat matches no recorded benchmark; it has"
                                + " no effect; did you mean fast?",
                        "plumbline/acceptances.yaml:7: the acceptance two of fast tiem matches no recorded metric; it"
                                + " has no effect; the metrics of fast are time")
                .noneMatch(note -> note.contains("three"));
    }
}
