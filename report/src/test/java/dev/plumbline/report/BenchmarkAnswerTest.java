package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.evidence.Quotation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BenchmarkAnswerTest {
    private static final Verdict WORSE = new Verdict.Regressed(Examples.effect(1, 1.3, 0.01));
    private static final Verdict BETTER = new Verdict.Improved(Examples.effect(1, 0.7, 0.01));
    private static final Verdict SAME = new Verdict.Unchanged(Examples.effect(1, 1.001, 0.01));
    private static final Verdict OPEN = new Verdict.Inconclusive(
            Quotation.of("too noisy"), false, OptionalInt.empty(), Optional.of(Examples.effect(1, 1.1, 0.2)));

    @Test
    void a_benchmark_with_a_regressed_and_an_improved_metric_is_a_regression_and_nothing_else() {
        List<BenchmarkAnswer> answers = of(List.of(finding("a", "time", BETTER), finding("a", "p99", WORSE)));

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).group()).isEqualTo(Group.REGRESSED);
        assertThat(metrics(answers.get(0).findings())).containsExactly("p99", "time");
    }

    @Test
    void a_metric_that_does_not_count_makes_no_regression_of_its_benchmark() {
        BenchmarkAnswer answer = of(List.of(finding("a", "aside", WORSE), finding("a", "time", SAME)))
                .get(0);

        assertThat(answer.group()).isEqualTo(Group.UNCHANGED);
        assertThat(answer.head().key().metric()).isEqualTo("time");
        assertThat(metrics(answer.aside())).containsExactly("aside");
        assertThat(answer.isWorseAside()).isTrue();
    }

    @Test
    void where_nothing_else_was_judged_what_does_not_count_does() {
        BenchmarkAnswer answer = of(List.of(finding("a", "aside", WORSE))).get(0);

        assertThat(answer.group()).isEqualTo(Group.REGRESSED);
        assertThat(answer.isWorseAside()).isFalse();
        assertThat(answer.aside()).isEmpty();
    }

    @Test
    void what_is_open_in_one_metric_is_not_unchanged() {
        assertThat(of(List.of(finding("a", "time", SAME), finding("a", "p99", OPEN)))
                        .get(0)
                        .group())
                .isEqualTo(Group.INCONCLUSIVE);
    }

    @Test
    void of_several_improvements_the_main_metric_stands_for_the_benchmark() {
        Verdict larger = new Verdict.Improved(Examples.effect(1, 0.1, 0.01));

        assertThat(metrics(of(List.of(finding("a", "gc.alloc", larger), finding("a", "time", BETTER)))
                        .get(0)
                        .findings()))
                .containsExactly("time", "gc.alloc");
    }

    @Test
    void a_benchmark_that_is_gone_is_one_answer_however_many_metrics_it_had() {
        List<BenchmarkAnswer> answers = BenchmarkAnswer.of(
                List.of(),
                List.of(Examples.key("a", "gc.alloc"), Examples.key("a", "time"), Examples.key("b", "time")),
                BenchmarkAnswerTest::counts);

        assertThat(answers).hasSize(2).allMatch(BenchmarkAnswer::isGone);
        assertThat(answers.get(0).group()).isEqualTo(Group.MISSING);
        assertThat(answers.get(0).missing()).containsExactly(Examples.key("a", "time"), Examples.key("a", "gc.alloc"));
    }

    @Test
    void a_lost_metric_counts_unless_another_is_worse_or_it_is_aside() {
        SeriesKey lost = Examples.key("a", "p99");

        assertThat(group(SAME, lost)).isEqualTo(Group.MISSING);
        assertThat(group(BETTER, lost)).isEqualTo(Group.MISSING);
        assertThat(group(WORSE, lost)).isEqualTo(Group.REGRESSED);
        assertThat(group(SAME, Examples.key("a", "aside"))).isEqualTo(Group.UNCHANGED);
    }

    @Test
    void the_same_name_elsewhere_is_another_benchmark() {
        SeriesKey key = Examples.key("a", "time");
        SeriesKey elsewhere = new SeriesKey(key.benchmark(), "time", "another machine", key.branch());

        List<BenchmarkAnswer> answers = of(
                List.of(finding("a", "time", WORSE), Examples.finding(elsewhere, Unit.of("ms"), Better.LOWER, SAME)));

        assertThat(answers).extracting(BenchmarkAnswer::group).containsExactly(Group.REGRESSED, Group.UNCHANGED);
    }

    @Test
    void a_metric_that_the_base_does_not_have_is_told_with_those_that_it_has() {
        SeriesKey key = Examples.key("a", "p99");
        SeriesKey onlyHere = new SeriesKey(key.benchmark(), "p99", key.environment(), "feature");

        assertThat(of(List.of(
                        finding("a", "time", SAME), Examples.finding(onlyHere, Unit.of("ms"), Better.LOWER, OPEN))))
                .hasSize(1);
    }

    @Test
    void the_most_urgent_benchmark_comes_first() {
        List<BenchmarkAnswer> answers = BenchmarkAnswer.of(
                List.of(
                        finding("same", "time", SAME),
                        finding("open", "time", OPEN),
                        finding("better", "time", BETTER),
                        finding("worse", "time", WORSE)),
                List.of(Examples.key("gone", "time")),
                BenchmarkAnswerTest::counts);

        assertThat(answers)
                .extracting(answer -> answer.place().benchmark().name())
                .containsExactly("worse", "gone", "better", "open", "same");
    }

    @Test
    void counts_of_a_report_are_of_benchmarks() {
        Report report = Examples.severalMetrics();

        assertThat(Headline.counts(report))
                .isEqualTo("1 regression in this change · 1 missing · 1 missing a metric · 2 unchanged · 1 inconclusive"
                        + " · secondary metrics of 1 benchmark regressed");
        assertThat(report.benchmarkCounts())
                .containsEntry("REGRESSED", 1)
                .containsEntry("MISSING", 2)
                .containsEntry("UNCHANGED", 2)
                .containsEntry("INCONCLUSIVE", 1)
                .containsEntry("IMPROVED", 0);
        assertThat(report.counts()).containsEntry(Verdict.Kind.REGRESSED, 3);
    }

    @Test
    void a_title_counts_benchmarks_and_apart_from_them_those_that_are_there_with_some_metrics() {
        Finding worse = finding("a", "p99", WORSE);
        Finding open = finding("a", "time", OPEN);
        Finding other = finding("b", "time", OPEN);
        Finding third = finding("c", "time", OPEN);
        List<BenchmarkAnswer> answers = of(List.of(worse, open, other, third));

        assertThat(title(answers, other, third)).isEqualTo("2");
        assertThat(title(answers, open)).isEqualTo("metrics of 1 benchmark");
        assertThat(title(answers, open, other)).isEqualTo("1 benchmark, and some metrics of 1 more");
        assertThat(title(answers, open, other, third)).isEqualTo("2 benchmarks, and some metrics of 1 more");
    }

    private static String title(List<BenchmarkAnswer> answers, Finding... open) {
        return Words.benchmarks(Map.of("too noisy", List.of(open)), answers);
    }

    private static boolean counts(SeriesKey key) {
        return !key.metric().equals("aside");
    }

    private static List<BenchmarkAnswer> of(List<Finding> findings) {
        return BenchmarkAnswer.of(findings, List.of(), BenchmarkAnswerTest::counts);
    }

    private static Group group(Verdict time, SeriesKey lost) {
        return BenchmarkAnswer.of(List.of(finding("a", "time", time)), List.of(lost), BenchmarkAnswerTest::counts)
                .get(0)
                .group();
    }

    private static List<String> metrics(List<Finding> findings) {
        return findings.stream().map(finding -> finding.key().metric()).toList();
    }

    private static Finding finding(String benchmark, String metric, Verdict verdict) {
        return Examples.finding(Examples.key(benchmark, metric), Unit.of("ms"), Better.LOWER, verdict);
    }
}
