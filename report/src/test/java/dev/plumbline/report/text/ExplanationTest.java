package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Situation;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Quotation;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One finding in plain words, in every situation. */
class ExplanationTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(400);

    private static String of(Finding finding) {
        return Explanation.of(finding, finding.key().branch(), WIDE);
    }

    @ParameterizedTest
    @EnumSource
    void every_finding_has_its_name_its_conclusion_its_place_and_its_id(Situation situation) {
        for (Finding finding : situation.report().findings()) {
            List<String> lines = of(finding).lines().toList();

            assertThat(lines.get(0))
                    .isEqualTo(finding.key().benchmark().label() + " · "
                            + finding.key().metric());
            assertThat(lines.get(1))
                    .startsWith(
                            switch (Group.of(finding)) {
                                case REGRESSED -> "Regressed: it ";
                                case SUSPECT -> "Possible regression: ";
                                case IMPROVED -> "Improved: it ";
                                case UNCHANGED -> "Unchanged: ";
                                case INCONCLUSIVE -> "Inconclusive: ";
                                case NOT_COMPARABLE -> "Not comparable: ";
                                case KNOWN -> "";
                                case MISSING -> throw new AssertionError("a finding is not missing");
                            });
            assertThat(lines)
                    .contains("id        " + finding.id())
                    .anyMatch(line -> line.startsWith(
                            "where     environment " + finding.key().environment()));
            finding.verdict().effect().ifPresent(effect -> assertThat(lines)
                    .anyMatch(line -> line.startsWith("change    "
                            + MeasuredChange.of(finding).orElseThrow().change())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_interval_named_beside_the_p_value_is_one_that_is_shown(Situation situation) {
        for (Finding finding : situation.report().findings()) {
            boolean isShown = MeasuredChange.of(finding)
                    .filter(levels -> !levels.interval().isEmpty())
                    .isPresent();

            assertThat(of(finding).contains("; the interval is of this benchmark alone"))
                    .as(of(finding))
                    .isEqualTo(finding.pValue().isPresent() && isShown);
        }
    }

    @Test
    void a_change_without_an_interval_has_no_direction_to_be_clear_about() {
        Finding first = Examples.finding(
                Examples.key("Sort", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("only 1 earlier run"),
                        false,
                        OptionalInt.of(4),
                        Optional.of(new Effect(100, 138.8, 0.388, Interval.unbounded(0.95)))));

        assertThat(of(first))
                .contains("change    +38.8 %, too uncertain for an interval\n")
                .doesNotContain("the interval above");
    }

    @ParameterizedTest
    @EnumSource
    void every_check_is_a_step_of_the_ladder_in_its_order(Situation situation) {
        for (Finding finding : situation.report().findings()) {
            String text = of(finding);
            int at = 0;
            int number = 1;
            for (EvidenceWords reported : EvidenceWords.trace(finding)) {
                int next = text.indexOf(number + ". ", at);
                assertThat(next).as("%s in %s", number, text).isGreaterThan(at);
                assertThat(text.substring(next)).contains(reported.name() + ": ");
                at = next;
                number++;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_gate_has_against_it_is_told_where_it_is_known(Situation situation) {
        Report report = situation.report();
        for (Finding finding : report.findings()) {
            report.gate().trace().stream()
                    .filter(reason -> reason.series().equals(finding.key().id()))
                    .findFirst()
                    .ifPresent(reason -> assertThat(Explanation.of(
                                    finding,
                                    "main",
                                    Optional.empty(),
                                    Optional.of(reason),
                                    Optional.empty(),
                                    CommitAuthors.UNKNOWN,
                                    WIDE))
                            .contains("gate      " + GateWords.effect(reason)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_fits_every_width_and_says_the_same_without_colours(Situation situation) {
        for (Finding finding : situation.report().findings()) {
            for (TextStyle style : Harmless.STYLES) {
                String text = Explanation.of(finding, "main", style);
                Harmless.assertFits(text, style);
                assertThat(Explanation.of(finding, "main", style.withColour(true))
                                .replaceAll("\u001b\\[[0-9;]*m", ""))
                        .isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, true",
        "A_SMALL_REGRESSION, true",
        "HOLD, false",
        "ACCEPTED, false",
        "ALREADY_OPEN_ON_MAIN, false",
        "IMPROVEMENT, false",
    })
    void only_an_open_regression_says_how_to_accept_it(Situation situation, boolean isShown) {
        Finding finding = situation.report().findings().get(0);

        assertThat(of(finding).contains("plumb accept " + finding.id() + " --reason WHY"))
                .isEqualTo(isShown);
        assertThat(of(finding).contains("plumb triage acknowledge " + finding.id()))
                .isEqualTo(isShown);
    }

    @Test
    void a_commit_has_its_author_and_a_branch_what_it_is_held_against() {
        Finding finding = Situation.FAIL.report().findings().get(0);
        String text = Explanation.of(
                finding,
                "feature",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new CommitAuthors(Map.of(finding.since(), "Ada <ada@example.org>")),
                WIDE);

        assertThat(text)
                .contains("since     commit cccccccccc by Ada\n", "branch feature, against main\n")
                .doesNotContain("example.org");
    }

    @Test
    void numbers_of_the_evidence_are_for_who_asks_for_all() {
        Finding finding = Situation.NOISY.report().findings().get(0);

        assertThat(Explanation.of(finding, "main", WIDE.withVerbose(true))
                        .lines()
                        .count())
                .isGreaterThan(of(finding).lines().count());
    }

    @Test
    void a_list_has_the_command_of_each_and_counts_those_beyond_thirty() {
        Report many = Examples.large(40);
        List<Missing> missing = List.of(Missing.benchmark(Examples.key("Gone.away", "time")));
        String text = Explanation.list(many.findings(), missing, WIDE);

        assertThat(text.lines().filter(line -> line.contains("plumb explain "))).hasSize(31);
        assertThat(text)
                .contains("plumb explain " + missing.get(0).key().id())
                .endsWith("… and 10 more; list them with --verbose\n");
        assertThat(Explanation.list(many.findings(), missing, WIDE.withVerbose(true))
                        .lines()
                        .filter(line -> line.contains("plumb explain ")))
                .hasSize(41);
    }

    @Test
    void what_is_missing_says_what_to_do_whichever_it_is() {
        Missing gone = Missing.benchmark(Examples.key("Gone.away", "time"));
        Missing renamed = new Missing(
                Examples.key("Sort.µ", "time"),
                true,
                Optional.of(new Missing.Renamed(Benchmark.of("Sort.new one"), "Sort.µ", "Sort.new one")));

        assertThat(MissingExplanation.of(gone, Optional.empty(), CommitAuthors.UNKNOWN, WIDE))
                .startsWith("Gone.away\nMissing: earlier runs measured it, this run did not\n")
                .endsWith("If it was removed on purpose: plumb accept " + gone.id() + " --reason WHY\n");
        assertThat(MissingExplanation.of(renamed, Optional.empty(), CommitAuthors.UNKNOWN, WIDE))
                .contains("; it looks renamed to Sort.new one\n")
                .endsWith("If it was renamed: plumb series rename 'Sort.µ' 'Sort.new one'\n");
        assertThat(MissingExplanation.of(renamed, Optional.empty(), CommitAuthors.UNKNOWN, WIDE.withUnicode(false)))
                .endsWith("If it was renamed: plumb series rename $'Sort.\\xc2\\xb5' 'Sort.new one'\n");
        assertThat(MissingExplanation.of(
                        Missing.metric(Examples.key("Sort.quick", "p99")),
                        Optional.empty(),
                        CommitAuthors.UNKNOWN,
                        WIDE))
                .startsWith("Sort.quick · p99\n");
    }
}
