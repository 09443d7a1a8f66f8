package dev.plumbline.report.note;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleNotesTest {
    private static final String PLACE = "plumbline.yaml:12:5";

    private static Acceptance acceptance(Benchmark benchmark) {
        return new Acceptance(
                "a79970412",
                benchmark,
                Optional.empty(),
                Optional.empty(),
                "575cc706f1",
                0.1,
                "stricter checks",
                "Ann",
                Instant.parse("2026-11-29T12:00:00Z"),
                Optional.empty());
    }

    @ParameterizedTest(name = "{0} near names")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | ''",
                "1 | ; did you mean n1?",
                "2 | ; did you mean n1 or n2?",
                "3 | ; did you mean n1 or n2 or n3?",
            })
    void what_matches_nothing_has_its_place_and_the_names_that_may_be_meant(int near, String question) {
        assertThat(IdleNotes.acceptance(PLACE, acceptance(Benchmark.of("Sort.quik")), NoteExamples.names(near)))
                .isEqualTo("plumbline.yaml:12:5: the acceptance a79970412 of Sort.quik matches no recorded benchmark;"
                        + " it has no effect" + question);
        assertThat(IdleNotes.rule(PLACE, "the weight", List.of("benchmark sort*"), NoteExamples.names(near)))
                .isEqualTo("plumbline.yaml:12:5: the weight for benchmark sort* matches no recorded benchmark; it has"
                        + " no effect" + question);
    }

    @Test
    void a_rule_has_all_its_patterns() {
        assertThat(IdleNotes.rule(PLACE, "the role primary", List.of("benchmark Sort.*", "metric p99"), List.of()))
                .contains(": the role primary for benchmark Sort.*, metric p99 matches no");
    }

    @Test
    void an_acceptance_of_a_benchmark_with_parameters_has_its_label() {
        Benchmark sort = Benchmark.of("Sort.quick", Map.of("n", "10"));

        assertThat(IdleNotes.acceptance("history", acceptance(sort), List.of()))
                .isEqualTo("history: the acceptance a79970412 of Sort.quick {n=10} matches no recorded benchmark; it"
                        + " has no effect");
        assertThat(IdleNotes.acceptedMetric("history", acceptance(sort), "tiem", List.of("time", "gc.count")))
                .isEqualTo("history: the acceptance a79970412 of Sort.quick {n=10} tiem matches no recorded metric; it"
                        + " has no effect; the metrics of Sort.quick {n=10} are time, gc.count");
    }

    @ParameterizedTest(name = "{0}, measured in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ms | B | ms | B",
                "'' | ms/op | bare numbers | ms/op",
                "ops/s | '' | ops/s | bare numbers",
            })
    void a_budget_in_another_unit_has_both_units_and_an_example(
            String budget, String measured, String first, String second) {
        assertThat(IdleNotes.budgetUnit(PLACE, Unit.of(budget), Examples.key("Sort.quick", "time"), Unit.of(measured)))
                .isEqualTo("plumbline.yaml:12:5: the budget is in " + first + " but what it names is in " + second
                        + ", such as Sort.quick time; the budget has no effect");
    }

    @Test
    void a_budget_of_nothing_has_its_place() {
        assertThat(IdleNotes.budget(PLACE)).startsWith(PLACE + ": the budget's names match no recorded benchmark");
    }
}
