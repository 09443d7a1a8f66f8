package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.HistoryText;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Quotation;
import dev.plumbline.report.note.ComparisonNotes;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {

    @Test
    void a_long_unit_takes_no_interval_s_place() {
        Finding finding = Examples.finding(
                Examples.key("a".repeat(60), "rate"),
                dev.plumbline.core.model.Unit.of("requests per second and connection"),
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(1000, 1400, 0.02)));

        for (int width : new int[] {80, 120, 160}) {
            String text = TextReport.of(
                    Examples.report(List.of(finding), List.of(), List.of()), TextStyle.DEFAULT.withWidth(width));
            assertThat(text).matches("(?s).*\\+40\\.0 %.*(±|% to \\+).*");
            assertThat(text.lines()).allMatch(line -> TerminalText.width(line) <= width);
        }
    }

    @Test
    void shows_the_largest_changes_of_which_nothing_is_sure_those_beyond_the_margin_first() {
        List<Finding> findings = new ArrayList<>(List.of(
                open("hidden", 100, 180, 0.9), // larger, and its interval reaches to no change at all
                open("clear", 100, 131.9, 0.15),
                open("clearer", 100, 162.8, 0.18),
                open("faster", 100, 60, 0.1),
                open("nothing", 100, 101, 0.3)));
        for (int i = 0; i < 4; i++) {
            findings.add(open("small" + i, 100, 103 + i, 0.3));
        }
        Report report = Examples.report(findings, List.of(), List.of());

        assertThat(report.largestOpen())
                .extracting(finding -> finding.key().benchmark().name())
                .containsExactly("clearer", "faster", "clear", "hidden", "small3");
        assertThat(TextReport.of(report, TextStyle.DEFAULT.withWidth(140)))
                .contains("Largest changes within noise (5 of 9)\n")
                .containsPattern("inconclusive +clearer +time +100 → 163 ms +\\+62\\.8 % +\\+44\\.8 % to \\+80\\.8 %")
                .doesNotContainPattern("inconclusive +nothing");
        assertThat(MarkdownReport.of(report))
                .contains("**Largest changes within noise (5 of 9)**\n\n| | Benchmark |")
                .containsPattern(
                        "clearer.*\\| 100 .*\\| 163 ms.*\\*\\*\\+62\\.8 %\\*\\* \\| \\+44\\.8 % to \\+80\\.8 %");
    }

    @Test
    void a_change_that_is_certain_and_maybe_below_the_margin_is_small_and_not_too_noisy() {
        Rung hidden = Rung.decided(new Quotation("equivalence", "reaches beyond the margin", List.of()));
        Report report = Examples.report(
                List.of(
                        Examples.withLadder(open("small", 100, 101.8, 0.01), suite(0.001), hidden),
                        Examples.withLadder(open("noisy", 100, 101.9, 0.03), suite(0.2), hidden),
                        Examples.withLadder(
                                open("chance", 100, 104, 0.01),
                                suite(0.001),
                                Rung.decided(new Quotation("doubt", "it may be chance", List.of())))),
                List.of(),
                List.of());

        assertThat(TextReport.of(report, TextStyle.DEFAULT))
                .startsWith("PASS  no regression · 1 small change · 1 inconclusive · 1 within noise\n");
        assertThat(report.findings())
                .extracting(Words::verdict)
                .containsExactlyInAnyOrder("small", "inconclusive", "inconclusive");
    }

    @Test
    void of_two_single_runs_nothing_is_certain_but_these_runs() {
        Report check = Examples.healthy();
        Report comparison = new Report(
                check.version(),
                Report.Kind.COMPARISON,
                check.candidates(),
                "base.json",
                check.findings(),
                List.of(),
                check.gate(),
                List.of(),
                List.of(ComparisonNotes.ONE_RUN_EACH),
                check.policy());

        assertThat(TextReport.of(check, TextStyle.DEFAULT)).contains(" away, and certainly within ±2 %\n");
        assertThat(TextReport.of(comparison, TextStyle.DEFAULT))
                .contains(" away, and within ±2 % in these two runs\n")
                .doesNotContain("certainly");
    }

    private static Rung suite(double adjusted) {
        return Rung.passed(new Quotation(
                "suite", "told", List.of(new NamedNumber("adjusted", adjusted), new NamedNumber("limit", 0.05))));
    }

    private static Finding open(String name, double before, double after, double half) {
        return Examples.finding(
                Examples.key(name, "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("it may be chance"),
                        false,
                        OptionalInt.of(8),
                        Optional.of(Examples.effect(before, after, half))));
    }

    @Test
    void tells_a_warning_that_all_have_without_their_names() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            findings.add(Examples.withWarnings(open("bench" + i, 100, 101, 0.3), "one fork"));
        }
        Report report = Examples.report(findings, List.of(), List.of());

        assertThat(TextReport.of(report, TextStyle.DEFAULT)).contains("Warnings (1)\n  one fork\n    all 7 of them\n");
        assertThat(TextReport.of(report, TextStyle.DEFAULT.withVerbose(true)))
                .contains("Warnings (7)\n  one fork\n    bench0 time, bench1 time,");
    }

    @Test
    void says_that_the_runs_that_would_tell_are_runs_that_measure_the_same() {
        assertThat(TextReport.of(
                        Examples.report(List.of(open("a", 100, 180, 0.9)), List.of(), List.of()), TextStyle.DEFAULT))
                .contains("it may be chance (8 more runs showing the same should confirm it)");
    }

    @Test
    void begins_with_one_sentence_that_says_what_happened() {
        List<Finding> findings = new ArrayList<>(Examples.healthy().findings());
        findings.add(Examples.finding(
                Examples.key("tally.WordCount", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(1, 1.241, 0.02))));
        Report report = Examples.report(findings, List.of(), List.of());

        String expected =
                "FAIL: 1 regression in this change · 4 unchanged — tally.WordCount got 24.1 % slower (critical)";
        assertThat(TextReport.summary(report)).isEqualTo(expected);
        assertThat(TextReport.of(report, TextStyle.DEFAULT.withWidth(100))).startsWith("""
                        FAIL  1 regression in this change · 4 unchanged
                        tally.WordCount got 24.1 % slower (critical)
                        """);
    }

    @Test
    void says_that_throughput_got_slower_and_memory_larger() {
        Finding throughput = Examples.finding(
                Examples.key("a", "throughput"),
                Examples.OPERATIONS,
                Better.HIGHER,
                new Verdict.Regressed(Examples.effect(1000, 800, 0.02)));
        Finding memory = Examples.finding(
                Examples.key("a", "peak"),
                dev.plumbline.core.model.Unit.of("MB"),
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(10, 240, 0.02)));
        Finding accuracy = Examples.finding(
                Examples.key("a", "accuracy"),
                dev.plumbline.core.model.Unit.of(""),
                Better.HIGHER,
                new Verdict.Regressed(Examples.effect(0.9, 0.6, 0.02)));

        assertThat(summaryOf(throughput)).endsWith("— a got 20.0 % slower (critical)");
        assertThat(summaryOf(memory)).endsWith("— a peak got 24 times larger (critical)");
        assertThat(summaryOf(accuracy)).endsWith("— a accuracy got 33.3 % lower (critical)");
    }

    private static String summaryOf(Finding finding) {
        return TextReport.summary(Examples.report(List.of(finding), List.of(), List.of()));
    }

    @Test
    void names_the_reason_that_closed_the_gate_even_if_something_regressed_a_little() {
        Finding minor = Examples.finding(
                Examples.key("a", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(1, 1.03, 0.01)));
        Report report =
                Examples.report(List.of(minor), List.of(Missing.benchmark(Examples.key("gone", "time"))), List.of());

        assertThat(TextReport.summary(report))
                .isEqualTo("FAIL: 1 minor regression in this change · 1 missing — gone is missing from this run");
    }

    @Test
    void says_the_summary_again_below_a_long_report_and_not_below_a_short_one() {
        String summary = "3 regressions in this change · 1 possible";
        assertThat(TextReport.of(Examples.everything(), TextStyle.DEFAULT).split(summary, -1))
                .hasSize(3);
        assertThat(TextReport.of(Examples.healthy(), TextStyle.DEFAULT).split("PASS", -1))
                .hasSize(2);
    }

    @Test
    void says_that_nothing_was_measured() {
        assertThat(TextReport.summary(Examples.empty())).isEqualTo("FAIL: nothing was measured");
    }

    @Test
    void swallows_no_warning_and_no_problem() {
        List<Finding> findings = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Finding finding = Examples.finding(
                    Examples.key("b" + i, "time"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Unchanged(Examples.effect(1, 1, 0.01)));
            findings.add(Examples.withWarnings(finding, "warning-" + i + "."));
            problems.add(new Problem("file" + i, "problem-" + i + "."));
        }
        String text = TextReport.of(Examples.report(findings, List.of(), problems), TextStyle.DEFAULT);
        for (int i = 0; i < 100; i++) {
            assertThat(text).contains("warning-" + i + ".", "file" + i + ": problem-" + i + ".");
        }
    }

    @Test
    void lists_everything_when_verbose() {
        Report report = Examples.large(1000);
        String text = TextReport.of(report, TextStyle.DEFAULT.withVerbose(true).withWidth(200));
        for (Finding finding : report.findings()) {
            assertThat(text).contains(finding.key().benchmark().label().substring("org.example.suite.Group".length()));
        }
        assertThat(text).doesNotContain(" more\n", " more;");
    }

    @Test
    void stays_readable_for_a_thousand_findings() {
        String text = TextReport.of(Examples.large(1000), TextStyle.DEFAULT);
        assertThat(text.lines().count()).isLessThan(250);
        assertThat(text).contains("more; list them with --verbose");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 49, 59, 72, 80, 100, 119, 120, 140, 159, 160, 250})
    void never_writes_a_line_that_is_wider_than_the_terminal(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            TextStyle style = new TextStyle(width, false, unicode, false, false);
            for (Report report : List.of(Examples.everything(), Examples.hostile(), Examples.large(50))) {
                assertFits(TextReport.of(report, style), style);
                assertFits(TextReport.of(report, style.withVerbose(true)), style);
                report.findings()
                        .forEach(finding -> assertFits(Explanation.of(finding, report.branch(finding), style), style));
            }
            assertFits(HistoryText.list(List.of(Examples.analyzed("a.b漢字".repeat(40), 30)), style), style);
            assertFits(HistoryText.points(Examples.analyzed("a.b", 30), style), style);
        }
    }

    private static void assertFits(String text, TextStyle style) {
        assertThat(text).endsWith("\n");
        text.lines().forEach(line -> {
            assertThat(line).matches(one -> Harmless.fits(one, style));
            assertThat(line).isEqualTo(line.stripTrailing());
            assertThat(TerminalText.escape(line)).isEqualTo(line);
            if (!style.unicode()) {
                assertThat(line).matches("[ -~]*");
            }
        });
    }

    @Test
    void says_the_same_with_and_without_colours() {
        for (Report report : List.of(Examples.everything(), Examples.hostile(), Examples.empty())) {
            for (int width : new int[] {80, 140}) {
                TextStyle plain = TextStyle.DEFAULT.withWidth(width);
                String coloured = TextReport.of(report, plain.withColour(true));
                assertThat(coloured).contains("\u001b[");
                assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(TextReport.of(report, plain));
            }
        }
    }

    @Test
    void tells_environments_and_branches_apart_only_if_there_are_several() {
        Finding here = Examples.healthy().findings().get(0);
        Finding there = Examples.finding(
                new dev.plumbline.core.model.SeriesKey(here.key().benchmark(), "time", "elsewhere", "topic"),
                Examples.MILLISECONDS,
                Better.LOWER,
                here.verdict());
        TextStyle style = TextStyle.DEFAULT.withVerbose(true).withWidth(160);
        assertThat(TextReport.of(Examples.report(List.of(here, there), List.of(), List.of()), style))
                .contains("elsewhere", "topic", Examples.ENVIRONMENT + "  main");
        assertThat(TextReport.of(Examples.report(List.of(here), List.of(), List.of()), style))
                .doesNotContain("  " + Examples.ENVIRONMENT + "  main");
    }
}
