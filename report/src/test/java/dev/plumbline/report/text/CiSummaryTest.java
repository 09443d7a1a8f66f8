package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.Situation;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CiSummaryTest {
    private static Missing renamed(String from, String to) {
        return new Missing(
                Examples.key(from, "time"), true, Optional.of(new Missing.Renamed(Benchmark.of(to), from, to)));
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 80, 400})
    void a_command_is_whole_or_not_there_at_any_width(int width) {
        String from = "org.tally." + "a".repeat(110);
        String to = "org.tally." + "b".repeat(110);
        Report report = Examples.report(List.of(), List.of(renamed(from, to)), List.of());
        String command = "plumb series rename " + from + " " + to + " where the history is kept";

        // lines are broken where a width ends, and not shortened
        String text = CiSummary.text(report, TextStyle.DEFAULT.withWidth(width));
        assertThat(text.replaceAll("\\s+", "")).contains(command.replace(" ", ""));
        assertThat(CiSummary.markdown(report)).contains(command);
    }

    @Test
    void of_many_commands_those_stand_there_that_are_whole() {
        List<Missing> missing = IntStream.range(0, 3)
                .mapToObj(i -> renamed("f" + i + "x".repeat(100), "t" + i + "y".repeat(100)))
                .toList();
        List<String> steps = CiSummary.nextSteps(Examples.report(List.of(), missing, List.of()));

        assertThat(steps)
                .filteredOn(step -> step.startsWith("If it was renamed: "))
                .singleElement()
                .satisfies(step -> assertThat(step)
                        .contains("plumb series rename f0x", "y where the history is kept")
                        .doesNotContain("f2x", "…"));
    }

    @Test
    void a_command_beyond_all_measure_is_left_out() {
        String endless = "x".repeat(1_000);
        List<String> steps =
                CiSummary.nextSteps(Examples.report(List.of(), List.of(renamed(endless, endless + "2")), List.of()));

        assertThat(steps).noneMatch(step -> step.contains("plumb series rename"));
        assertThat(steps).noneMatch(step -> step.contains("aliases:")).isNotEmpty();
    }

    @Test
    void at_most_ten_reasons_and_ten_benchmarks_are_listed_and_the_others_are_counted() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            findings.add(Examples.finding(
                    Examples.key("Sort.run" + i, "time"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Regressed(Examples.effect(100, 120 + i, 0.02))));
        }
        Report report = Examples.report(findings, List.of(), List.of());
        List<String> lines =
                CiSummary.text(report, TextStyle.DEFAULT.withWidth(200)).lines().toList();

        assertThat(lines).filteredOn(line -> line.contains("regressed by")).hasSize(10);
        assertThat(lines)
                .filteredOn(line -> line.contains("critical: Sort.run"))
                .hasSize(10);
        assertThat(lines).contains("          … and 15 more");
        assertThat(lines).anyMatch(line -> line.startsWith("worst     critical: Sort.run24 time +44.0 %"));
        assertThat(CiSummary.markdown(report).lines().filter("- … and 15 more"::equals))
                .hasSize(1);
    }

    @Test
    void ten_thousand_problems_are_ten_lines_and_a_count() {
        List<Problem> problems = IntStream.range(0, 10_000)
                .mapToObj(i -> new Problem("a.json:" + i, "score is NaN"))
                .toList();
        Report report = Examples.report(List.of(), List.of(), problems);

        assertThat(CiSummary.text(report, TextStyle.DEFAULT))
                .contains("problems  a.json:0: score is NaN\n", "          … and 9,990 more\n")
                .doesNotContain("a.json:10:");
    }

    @Test
    void names_of_a_thousand_characters_lose_their_middle() {
        Finding finding = Examples.finding(
                Examples.key("start" + "x".repeat(1_000) + "end", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(100, 150, 0.02)));
        Report report = Examples.report(List.of(finding), List.of(), List.of());

        assertThat(CiSummary.text(report, TextStyle.DEFAULT).lines()).allMatch(line -> TerminalText.width(line) <= 80);
        assertThat(CiSummary.markdown(report))
                .contains("- critical: startx", "end time +50.0 %")
                .satisfies(markdown -> assertThat(markdown.length()).isLessThan(4_000));
    }

    @Test
    void what_was_judged_and_against_what_is_one_line() {
        Report report = Examples.healthy();

        assertThat(CiSummary.text(report, TextStyle.DEFAULT).lines())
                .contains("run       commit cccccccccc on main, against the history of main (30 runs)");
        assertThat(CiSummary.markdown(report))
                .contains("\ncommit cccccccccc on main, against the history of main (30 runs)\n");
    }

    @Test
    void metrics_of_a_benchmark_are_told_behind_its_worst() {
        List<Finding> worst = Examples.severalMetrics().worseByBenchmark().get(0);

        assertThat(CiSummary.reported(worst))
                .isEqualTo("critical: dev.example.tally.Sort.quick p0.99 +10.0 % (+8.0 % to +12.0 %); critical: p1.00"
                        + " +100.0 % (+80.0 % to +120.0 %)");
    }

    @Test
    void a_gate_that_passes_because_nothing_could_be_judged_does_not_look_like_a_pass() {
        Report young = Situation.FIRST_RUN.report();

        assertThat(CiSummary.text(young, TextStyle.DEFAULT.withColour(true)))
                .contains(TextStyle.DEFAULT.withColour(true).paint("PASS, nothing judged yet", Ansi.YELLOW))
                .contains("a benchmark is judged from 5 earlier runs on");
        assertThat(CiSummary.markdown(young)).startsWith("**Blocking: no, nothing judged yet** — PASS: nothing judged");
        assertThat(MarkdownReport.of(young))
                .startsWith("### ⏳ **PASS**: nothing judged yet")
                .doesNotContain("✅");
        assertThat(CiSummary.text(Situation.TOO_YOUNG.report(), TextStyle.DEFAULT.withColour(true)))
                .as("one of two is judged")
                .contains(TextStyle.DEFAULT.withColour(true).paint("PASS", Ansi.GREEN));
    }
}
