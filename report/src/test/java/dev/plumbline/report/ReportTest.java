package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.json.StoredReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void sorts_findings_worst_first() {
        assertThat(Examples.everything().findings().stream()
                        .map(finding -> finding.key().benchmark().name().substring("dev.example.tally.".length()) + " "
                                + Words.verdict(finding)))
                .containsExactly(
                        "WordCount.count critical",
                        "WordCount.count critical",
                        "Sort.merge major",
                        "Sort.quick minor",
                        "Cache.hit suspect",
                        "Parse.csv improved",
                        "Cache.miss inconclusive",
                        "New.bench0 too new",
                        "New.bench1 too new",
                        "New.bench2 too new",
                        "Moved.there no match",
                        "Stable.run0 unchanged",
                        "Stable.run1 unchanged",
                        "Stable.run2 unchanged",
                        "Stable.run3 unchanged");
    }

    @Test
    void sorts_the_same_whatever_the_order_given() {
        Report report = Examples.large(300);
        List<Finding> shuffled = new ArrayList<>(report.findings());
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            Report other = Examples.report(shuffled, List.of(), List.of());
            assertThat(other.findings()).isEqualTo(report.findings());
        }
    }

    @Test
    void tells_of_regressions_that_did_not_begin_with_the_revision_that_was_judged() {
        assertThat(Words.earlier(Examples.everything())).isEmpty();
        assertThat(Words.earlier(Examples.hostile())).containsExactly("16 regressions began earlier, at cccccccccc");
    }

    @Test
    void counts_every_verdict() {
        assertThat(Examples.everything().counts())
                .isEqualTo(Map.of(
                        Verdict.Kind.REGRESSED, 4,
                        Verdict.Kind.INCONCLUSIVE, 5,
                        Verdict.Kind.NOT_COMPARABLE, 1,
                        Verdict.Kind.IMPROVED, 1,
                        Verdict.Kind.UNCHANGED, 4));
        assertThat(Examples.empty().counts()).hasSize(5).containsEntry(Verdict.Kind.REGRESSED, 0);
    }

    @Test
    void another_unit_or_direction_that_holds_the_gate_names_the_way_on() {
        Finding turned = Examples.finding(
                Examples.key("a", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.NotComparable(new Evidence.OtherDirection(Better.HIGHER, Better.LOWER)));

        for (Report report : List.of(
                Examples.report(List.of(turned), List.of(), List.of()),
                Examples.report(List.of(turned, Examples.healthy().findings().get(0)), List.of(), List.of()))) {
            assertThat(CiSummary.nextSteps(report))
                    .anyMatch(step -> step.startsWith(
                                    "If intended: rename the metric or the benchmark, which begins a new series")
                            && step.endsWith(
                                    "If not: correct the direction in the results, or remove earlier runs that are"
                                            + " wrong: plumb prune --run COMMIT."))
                    .noneMatch(step -> step.startsWith("See the reasons"));
        }
    }

    @Test
    void the_headline_names_what_is_too_good_to_be_true_where_that_stops_the_gate() {
        assertThat(Headline.counts(improved(50))).isEqualTo("no regression · 1 improved");
        assertThat(Headline.counts(improved(2))).isEqualTo("1 too good to be true");
    }

    private static Report improved(double level) {
        return Examples.report(
                List.of(Examples.finding(
                        Examples.key("a", "time"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Improved(Examples.effect(100, level, 0.01)))),
                List.of(),
                List.of());
    }

    @Test
    void what_a_person_has_said_something_of_is_counted_by_what_was_said_and_stands_behind_what_is_open() {
        List<Finding> findings = Examples.everyVerdict().stream()
                .map(finding -> finding.isSuspect() || finding.verdict().kind() == Verdict.Kind.REGRESSED
                        ? finding.with(accepted())
                        : finding)
                .toList();
        Report report = Examples.report(findings, List.of(), List.of());

        assertThat(Headline.counts(report)).startsWith("no new regression · ").contains("accepted");
        assertThat(report.in(Report.Group.REGRESSED)).isEmpty();
        assertThat(report.in(Report.Group.SUSPECT)).isEmpty();
        assertThat(CiSummary.nextSteps(report)).noneMatch(step -> step.startsWith("Start with"));
        assertThat(TextReport.of(report, TextStyle.DEFAULT))
                .contains("accepted by ann on 2026-01-31 (a79970412): agreed")
                .doesNotContain("✗");
        assertThat(MarkdownReport.of(report)).contains("accepted by ann").doesNotContain("🔴");
    }

    @Test
    void a_fix_that_was_promised_does_not_read_as_one_that_arrived() {
        Annotation promise = Annotation.of(
                Annotation.Kind.FIXED,
                new Annotation.Origin("ic2020496", "Ada", Instant.parse("2026-01-31T12:00:00Z"), "made lazy"),
                Optional.empty(),
                "575cc706f1aa");
        List<Finding> regressed = Examples.everyVerdict().stream()
                .filter(finding -> finding.verdict().kind() == Verdict.Kind.REGRESSED)
                .toList();
        Finding known = regressed.get(0).with(promise);
        Finding another = regressed.get(2).with(promise);
        Report one = Examples.report(List.of(known), List.of(), List.of());

        assertThat(Headline.counts(one)).isEqualTo("no new regression · 1 fix promised");
        assertThat(Headline.counts(Examples.report(List.of(known, another), List.of(), List.of())))
                .isEqualTo("no new regression · 2 fixes promised");
        assertThat(TextReport.of(one, TextStyle.DEFAULT))
                .contains("· fix promised ")
                .contains("fix promised with 575cc706f1 by Ada on 2026-01-31 (ic2020496): made lazy")
                .doesNotContain("fixed");
        assertThat(MarkdownReport.of(one)).contains("fix promised").doesNotContain("fixed");
        assertThat(JsonReport.of(one)).contains("\"state\": \"FIXED\"");
    }

    @Test
    void what_the_base_branch_had_before_is_told_behind_what_is_new_in_one_line_a_commit() throws IOException {
        AlreadyOpen open = new AlreadyOpen("main\u001b[31m<b>|`x`", "3f2a1c9d00aa", Optional.of("i1f2e3d4c"));
        List<Finding> findings = Examples.everyVerdict().stream()
                .map(finding -> finding.isSuspect() || finding.verdict().kind() == Verdict.Kind.REGRESSED
                        ? finding.with(open)
                        : finding)
                .toList();
        long known = findings.stream()
                .filter(Finding::isKnown)
                .map(finding -> finding.key().benchmark())
                .distinct()
                .count();
        Report report = Examples.report(findings, List.of(), List.of());

        assertThat(Headline.counts(report))
                .startsWith("no new regression · ")
                .contains(known + " already open on main");
        String text = TextReport.of(report, new TextStyle(400, false, true, false, false));
        assertThat(text)
                .containsOnlyOnce("since 3f2a1c9d00 (i1f2e3d4c), not caused by this branch: plumb incidents i1f2e3d4c")
                .doesNotContain("\u001b", "✗", "· already open");
        assertThat(MarkdownReport.of(report))
                .contains("already open on main", "plumb incidents i1f2e3d4c")
                .doesNotContain("\u001b", "<b>|", "🔴");
        String json = JsonReport.of(report);
        assertThat(json).contains("\"commit\": \"3f2a1c9d00aa\"", "\"incident\": \"i1f2e3d4c\"");
        Report again = StoredReport.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(again.findings())
                .filteredOn(Finding::isKnown)
                .hasSize((int) findings.stream().filter(Finding::isKnown).count())
                .allMatch(finding -> finding.alreadyOpen().equals(Optional.of(open)));
        assertThat(CiSummary.nextSteps(report)).noneMatch(step -> step.startsWith("Start with"));
    }

    private static Annotation accepted() {
        return Annotation.of(
                Annotation.Kind.ACCEPTED,
                new Annotation.Origin("a79970412", "ann", Instant.parse("2026-01-31T12:00:00Z"), "agreed"),
                Optional.empty(),
                "");
    }
}
