package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the first line counts; the situations of {@link Situation} are in {@link SituationsTest}. */
class HeadlineTest {
    private static Missing gone(String name) {
        return Missing.benchmark(Examples.key(Situation.PACK + name, "time"));
    }

    private static Missing renamed(String name) {
        String to = Situation.PACK + name + "2";
        return new Missing(
                Examples.key(Situation.PACK + name, "time"),
                true,
                Optional.of(new Missing.Renamed(Benchmark.of(to), Situation.PACK + name, to)));
    }

    private static Missing inMode(String name) {
        return gone(name)
                .measured(Optional.of(new Missing.OtherMode(Benchmark.of(Situation.PACK + name), "avgt", "thrpt")));
    }

    private static Missing metric(String name) {
        return Missing.metric(Examples.key(Situation.PACK + name, "p99"));
    }

    private static Missing inUnit(String name) {
        return metric(name).inUnit(new Missing.OtherUnit("rate", Unit.of("ms"), Unit.of("MB/s"), true));
    }

    private static String counts(List<Finding> findings, Missing... missing) {
        return Headline.counts(Situation.with(GatePolicy.DEFAULT, findings, List.of(missing)));
    }

    private static Stream<Arguments> missing() {
        return Stream.of(
                arguments("1 missing", List.of(gone("a"))),
                arguments("2 missing", List.of(gone("a"), gone("b"))),
                arguments("1 looks renamed", List.of(renamed("a"))),
                arguments("2 look renamed", List.of(renamed("a"), renamed("b"))),
                arguments("1 in another JMH mode", List.of(inMode("a"))),
                arguments("2 in another JMH mode", List.of(inMode("a"), inMode("b"))),
                arguments("1 looks renamed · 1 in another JMH mode", List.of(renamed("a"), inMode("b"))),
                arguments("1 missing · 1 looks renamed", List.of(renamed("a"), gone("b"))),
                arguments("2 missing · 1 looks renamed", List.of(gone("a"), renamed("b"), gone("c"))),
                arguments("1 missing · 1 in another JMH mode", List.of(inMode("a"), gone("b"))),
                arguments("1 missing a metric", List.of(metric("a"))),
                arguments("2 missing a metric", List.of(metric("a"), metric("b"))),
                arguments("1 changed its unit", List.of(inUnit("a"))),
                arguments("1 missing a metric · 2 changed their unit", List.of(inUnit("a"), metric("b"), inUnit("c"))),
                arguments("1 looks renamed · 1 missing a metric", List.of(renamed("a"), metric("b"))),
                arguments("1 in another JMH mode · 1 missing a metric", List.of(inMode("a"), metric("b"))));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("missing")
    void benchmarks_that_are_gone_are_counted_by_what_they_became(String words, List<Missing> missing) {
        assertThat(counts(List.of(Situation.unchanged("Other")), missing.toArray(Missing[]::new)))
                .isEqualTo(words + " · 1 unchanged");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 regression in this change · 1 improved · 1 unchanged",
                "2 | 2 regressions in this change · 2 improved · 2 unchanged",
                "12 | 12 regressions in this change · 12 improved · 12 unchanged",
            })
    void benchmarks_are_counted_by_what_they_are_the_worst_first(int each, String words) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            findings.add(Situation.unchanged("U" + i));
            findings.add(Situation.better("I" + i, -0.2));
            findings.add(Situation.worse("W" + i, 0.2));
        }

        assertThat(counts(findings)).isEqualTo(words);
    }

    @Test
    void a_benchmark_counts_once_as_the_worst_of_its_metrics() {
        assertThat(counts(List.of(
                        Situation.unchanged("Sort"),
                        Situation.worse("Sort", "p50", 0.2),
                        Situation.worse("Sort", "p99", 0.3))))
                .isEqualTo("1 regression in this change");
    }

    private static Stream<Arguments> since() {
        return Stream.of(
                arguments("1 regression in this change", "cccccccccccccccccccc", 1),
                arguments("2 regressions in this change", "cccccccccccccccccccc", 2),
                arguments("1 regression", "", 1),
                arguments("2 regressions", "", 2),
                arguments("1 regression from an earlier commit", "aaaaaaaaaaaa", 1),
                arguments("2 regressions from earlier commits", "aaaaaaaaaaaa", 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("since")
    void a_regression_is_of_this_change_only_where_it_began_with_it(String words, String since, int count) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            findings.add(Situation.worse("W" + i, 0.2).beginning(since));
        }

        assertThat(counts(findings)).isEqualTo(words);
        Report report = Situation.with(GatePolicy.DEFAULT, findings, List.of());
        assertThat(Headline.isOfThisChange(findings.get(0), report)).isEqualTo(since.startsWith("c"));
    }

    @Test
    void a_small_regression_that_passes_does_not_read_like_one_that_fails_the_gate() {
        Finding small = Situation.worse("S", 0.03).beginning("aaaaaaaaaaaa");
        Finding large = Situation.worse("L", 0.2).beginning("aaaaaaaaaaaa");
        Finding here = Situation.worse("H", 0.03);

        assertThat(Headline.of(Situation.with(GatePolicy.DEFAULT, List.of(small), List.of())))
                .isEqualTo("PASS  1 minor regression from an earlier commit");
        assertThat(Headline.of(Situation.with(GatePolicy.DEFAULT, List.of(large), List.of())))
                .isEqualTo("FAIL  1 regression from an earlier commit");
        assertThat(Headline.of(Situation.with(GatePolicy.DEFAULT, List.of(small, large), List.of())))
                .isEqualTo("FAIL  2 regressions from earlier commits");
        Report both = Situation.with(GatePolicy.DEFAULT, List.of(here, large), List.of());
        assertThat(Headline.of(both))
                .isEqualTo("FAIL  1 minor regression in this change · 1 regression from an earlier commit");
        assertThat(Headline.counts(Situation.compared(
                        Situation.with(GatePolicy.DEFAULT, List.of(here, Situation.worse("I", 0.04)), List.of()))))
                .isEqualTo("2 minor regressions");
    }

    @Test
    void a_comparison_has_no_earlier_commits() {
        Report check = Situation.with(
                GatePolicy.DEFAULT,
                List.of(Situation.worse("A", 0.2).beginning("aaaaaaaaaaaa"), Situation.worse("B", 0.2)),
                List.of());

        assertThat(Headline.counts(Situation.compared(check))).isEqualTo("2 regressions");
        assertThat(Headline.counts(check))
                .isEqualTo("1 regression in this change · 1 regression from an earlier commit");
    }

    @ParameterizedTest(name = "{0} too new, {1} unchanged")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | nothing was measured",
                "1 | 0 | nothing judged yet · 1 too new",
                "2 | 0 | nothing judged yet · 2 too new",
                "1 | 1 | no regression · 1 unchanged · 1 too new",
                "0 | 2 | no regression · 2 unchanged",
            })
    void what_is_too_new_is_not_judged(int young, int unchanged, String words) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < young; i++) {
            findings.add(Situation.young("Y" + i, 1));
        }
        for (int i = 0; i < unchanged; i++) {
            findings.add(Situation.unchanged("U" + i));
        }

        assertThat(counts(findings)).isEqualTo(words);
    }

    @Test
    void files_that_are_compared_need_no_commit() {
        Report check = Situation.FAIL_WITHOUT_A_COMMIT.report();

        assertThat(Headline.sentence(check))
                .isEqualTo(
                        "FAIL: 1 regression · order and commit unknown: set --commit — org.tally.Sort.quick got 24.0 % slower"
                                + " (critical)");
        assertThat(Headline.of(Situation.compared(check))).isEqualTo("FAIL  1 regression");
    }

    @Test
    void the_status_stands_before_the_counts_and_the_reason_behind_them() {
        Report report = Situation.with(
                GatePolicy.DEFAULT, List.of(Situation.worse("Sort", 0.2), Situation.unchanged("Csv")), List.of());

        assertThat(Headline.of(report)).isEqualTo("FAIL  1 regression in this change · 1 unchanged");
        assertThat(Headline.sentence(report))
                .isEqualTo("FAIL: 1 regression in this change · 1 unchanged — org.tally.Sort got 20.0 % slower"
                        + " (critical)");
        Report quiet = Situation.with(GatePolicy.DEFAULT, List.of(Situation.unchanged("Csv")), List.of());
        assertThat(Headline.sentence(quiet)).isEqualTo("PASS: no regression · 1 unchanged");
    }
}
