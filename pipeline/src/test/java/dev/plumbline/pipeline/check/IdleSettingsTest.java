package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and acceptances whose names match nothing: a slip of the pen would guard nothing unnoticed. */
class IdleSettingsTest {
    private static final Supplier<List<SeriesKey>> NOTHING_ELSE = List::of;

    @TempDir
    private static Path folder;

    /** Of {@code fast} and {@code slow}, both time in ms. */
    private static List<Finding> findings;

    @BeforeAll
    static void twoBenchmarks() throws IOException {
        ResultFiles files = new ResultFiles(folder);
        files.history(6);
        findings = files.check(files.healthy(6).file()).findings();
    }

    private static GateRule weight(String benchmark) {
        return new GateRule(
                "plumbline.yaml:3",
                Optional.of(new NamePattern(benchmark)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                GateRule.Weight.CRITICAL);
    }

    private static List<String> ofWeights(Supplier<List<SeriesKey>> known, GateRule... rules) {
        return IdleSettings.notes(GatePolicy.DEFAULT.withRules(List.of(rules)), Policy.DEFAULT, findings, known);
    }

    @Test
    void what_matches_a_benchmark_of_the_run_is_no_slip_and_the_history_is_not_read_for_it() {
        List<String> read = new ArrayList<>();

        List<String> notes = ofWeights(
                () -> {
                    read.add("history");
                    return List.of();
                },
                weight("fast"),
                weight("s*"));

        assertThat(notes).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void what_matches_another_suite_of_the_history_is_no_slip() {
        SeriesKey other = new SeriesKey(Benchmark.of("Net.get"), "time", "lab", "main");

        assertThat(ofWeights(() -> List.of(other), weight("Net.*"))).isEmpty();
        assertThat(ofWeights(NOTHING_ELSE, weight("Net.*"))).hasSize(1);
    }

    @Test
    void a_misspelt_name_has_its_place_and_the_name_that_is_meant() {
        assertThat(ofWeights(NOTHING_ELSE, weight("fest")))
                .containsExactly("plumbline.yaml:3: the weight for benchmark fest matches no recorded benchmark; it has"
                        + " no effect; did you mean fast?");
        assertThat(ofWeights(NOTHING_ELSE, weight("entirely.different")))
                .singleElement()
                .asString()
                .endsWith("it has no effect");
    }

    @Test
    void the_role_of_a_metric_that_nothing_has_is_a_slip_and_a_built_in_one_is_not() {
        RoleRule own =
                new RoleRule("plumbline.yaml:9", Optional.empty(), new NamePattern("p99"), Role.SECONDARY, false);
        RoleRule builtIn =
                new RoleRule("JMH's GC profiler", Optional.empty(), new NamePattern("gc.*"), Role.CONTEXT, true);

        assertThat(IdleSettings.notes(
                        GatePolicy.DEFAULT.withRoles(new Roles(List.of(builtIn, own), List.of())),
                        Policy.DEFAULT,
                        findings,
                        NOTHING_ELSE))
                .containsExactly("plumbline.yaml:9: the role for metric p99 matches no recorded benchmark; it has no"
                        + " effect");
    }

    private static GatePolicy withBudget(String benchmark, String unit) {
        GatePolicy known = GatePolicy.DEFAULT;
        return new GatePolicy(
                known.blockAt(),
                known.onSuspect(),
                known.onInconclusive(),
                known.onNew(),
                known.onIncomparable(),
                known.onMissing(),
                known.onTooGood(),
                known.tooGood(),
                known.grace(),
                known.rules(),
                List.of(new Budget(
                        "plumbline.yaml:5",
                        Optional.of(new NamePattern(benchmark)),
                        Optional.empty(),
                        Budget.Side.AT_MOST,
                        100,
                        Unit.of(unit))),
                known.roles(),
                known.fixed(),
                known.onCopied());
    }

    @Test
    void a_budget_needs_a_name_that_is_there_and_a_unit_that_it_can_be_converted_to() {
        assertThat(IdleSettings.notes(withBudget("fast", "us"), Policy.DEFAULT, findings, NOTHING_ELSE))
                .isEmpty();
        assertThat(IdleSettings.notes(withBudget("fest", "us"), Policy.DEFAULT, findings, NOTHING_ELSE))
                .containsExactly("plumbline.yaml:5: the budget's names match no recorded benchmark; the budget has no"
                        + " effect");
        assertThat(IdleSettings.notes(withBudget("fast", "MiB"), Policy.DEFAULT, findings, NOTHING_ELSE))
                .containsExactly("plumbline.yaml:5: the budget is in MiB but what it names is in ms, such as fast time;"
                        + " the budget has no effect");
    }

    private static AcceptanceFiles.FromFile accepted(String benchmark, String metric) {
        return new AcceptanceFiles.FromFile(
                Acceptance.of(
                        new SeriesKey(Benchmark.of(benchmark), metric, "lab", "main"),
                        Acceptance.Scope.METRIC,
                        "c3",
                        0.2,
                        "agreed",
                        "ann",
                        Instant.EPOCH,
                        Optional.empty()),
                "plumbline/acceptances.yaml",
                7);
    }

    @Test
    void an_acceptance_of_the_repository_has_to_name_a_benchmark_and_a_metric_of_it() {
        assertThat(IdleSettings.acceptances(List.of(accepted("fast", "time")), findings, NOTHING_ELSE))
                .isEmpty();
        assertThat(IdleSettings.acceptances(List.of(accepted("fast", "p99")), findings, NOTHING_ELSE))
                .singleElement()
                .asString()
                .startsWith("plumbline/acceptances.yaml:7: the acceptance ")
                .endsWith(" of fast p99 matches no recorded metric; it has no effect; the metrics of fast are time");
        assertThat(IdleSettings.acceptances(List.of(accepted("slo", "time")), findings, NOTHING_ELSE))
                .singleElement()
                .asString()
                .endsWith(" of slo matches no recorded benchmark; it has no effect; did you mean slow?");
    }
}
