package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.QuotedCause;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.json.StoredReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateWordsTest {
    private static String words(Cause cause) {
        return GateWords.of(new GateReason(Effect.CLOSE, GateReason.Kind.UNKNOWN, "", "", cause));
    }

    private static String words(Cause.Fact fact, Cause.Lenience... lenience) {
        return words(new Cause.OfSeries(
                Examples.key("decode", "time"), fact, List.of(lenience).stream().findFirst()));
    }

    @Test
    void a_regression_is_told_with_its_size_and_severity_and_what_would_close_the_gate() {
        assertThat(words(new Cause.Regressed(0.07, Severity.MAJOR, false, Optional.empty())))
                .isEqualTo("decode time regressed by +7.0 % (major)");
        assertThat(words(new Cause.Regressed(0.07, Severity.MINOR, false, Optional.of(Severity.MAJOR))))
                .isEqualTo("decode time regressed by +7.0 % (minor); the gate fails at major");
        assertThat(words(new Cause.Regressed(0.07, Severity.MINOR, true, Optional.empty())))
                .isEqualTo("decode time regressed by +7.0 % (minor, a critical benchmark)");
        assertThat(words(new Cause.Regressed(Double.POSITIVE_INFINITY, Severity.CRITICAL, false, Optional.empty())))
                .isEqualTo("decode time regressed by any factor, from zero (critical)");
        assertThat(words(new Cause.RegressedOnce(0.3, Severity.CRITICAL)))
                .isEqualTo("decode time regressed by +30.0 % (critical) in one run; the gate fails once a second"
                        + " run shows it");
    }

    @Test
    void what_does_not_count_says_why() {
        Cause.Fact bad = new Cause.Regressed(0.07, Severity.CRITICAL, false, Optional.empty());

        assertThat(words(bad, new Cause.Advisory()))
                .isEqualTo("decode time regressed by +7.0 % (critical); its weight is advisory");
        assertThat(words(bad, new Cause.Grace(4, 5)))
                .isEqualTo("decode time regressed by +7.0 % (critical); it is new (grace: 4 of 5 runs)");
        assertThat(words(new Cause.Missing(true, Optional.empty(), 1))).isEqualTo("decode is missing from this run");
        assertThat(words(new Cause.Missing(true, Optional.empty(), 1), new Cause.Advisory()))
                .isEqualTo("decode is missing from this run; its weight is advisory");
        assertThat(words(new Cause.Missing(true, Optional.empty(), 1), new Cause.UnknownFork()))
                .isEqualTo("decode is missing from this run; this shallow clone hides whether the branch ever"
                        + " had it (use fetch-depth: 0)");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "2.5, 2.5"})
    void how_much_is_too_good_is_told_as_it_was_set(double times, String words) {
        assertThat(words(new Cause.TooGood(times)))
                .isEqualTo("decode time is more than " + words
                        + " times better than before: too good to be true; did the benchmark do its work?");
    }

    @Test
    void a_suspect_says_how_large_it_seems_and_what_settles_it() {
        assertThat(words(new Cause.Suspected(OptionalDouble.of(0.142), true, Cause.Remedy.RUN_AGAIN)))
                .isEqualTo("decode time may be 14.2 % slower; one more run decides. Rerun this commit, or give"
                        + " --confirm 'COMMAND'");
        assertThat(words(new Cause.Suspected(OptionalDouble.of(-0.142), false, Cause.Remedy.MEASURE_BOTH_AGAIN)))
                .isEqualTo("decode time may be 14.2 % worse; one more run decides. Measure both sides again, and"
                        + " compare all their results");
        assertThat(words(new Cause.Suspected(OptionalDouble.empty(), false, Cause.Remedy.MEASURE_LONGER)))
                .isEqualTo("decode time may be worse; one more run decides. Measure longer, with a larger"
                        + " --budget or --max-pairs");
    }

    @Test
    void what_is_undecided_says_why() {
        assertThat(words(new Cause.Undecided(new HistoryEvidence.TooFewRuns(2, 5))))
                .isEqualTo("decode time: only 2 earlier runs; 3 more needed before it can be judged");
    }

    @ParameterizedTest
    @CsvSource({
        "AT_MOST, 1.00009765625, 'is 1.0001 GiB, over its budget of 1 GiB (here)'",
        "AT_LEAST, 0, 'is 0 GiB, under its budget of 1 GiB (here)'",
        "AT_LEAST, 0.5, 'is 0.5 GiB, under its budget of 1 GiB (here)'",
        "AT_LEAST, 9.765625e-8, 'is 9.766e-08 GiB, under its budget of 1 GiB (here)'",
        "AT_LEAST, 0.001, 'is 0.001 GiB, under its budget of 1 GiB (here)'",
        "AT_MOST, 1.953125e15, 'is 1.953e+15 GiB, over its budget of 1 GiB (here)'",
    })
    void a_value_beyond_its_budget_is_told_with_the_budget(Budget.Side side, double value, String words) {
        Budget budget = new Budget("here", Optional.empty(), Optional.empty(), side, 1, Unit.of("GiB"));

        assertThat(words(new Cause.OverBudget(budget, value))).isEqualTo("decode time " + words);
    }

    @Test
    void what_is_true_of_a_whole_run_names_no_series() {
        assertThat(words(new Cause.NothingMeasured())).isEqualTo("nothing was measured");
        assertThat(words(new Cause.NothingComparable()))
                .isEqualTo("no measurement is on both sides in comparable units");
        assertThat(words(new Cause.NothingJudged(true)))
                .isEqualTo("the base could not be measured, and the history is too short or too noisy to judge by");
        assertThat(words(new Cause.NothingJudged(false)))
                .isEqualTo("nothing was judged: the base could not be measured and there is no history");
        RunInfo copy = Examples.run(8, "bbbbbbbbbbbb");
        assertThat(words(new Cause.CopiedAmong(List.of(copy), Examples.run(7, "aaaaaaaaaaaa"), 3)))
                .startsWith("1 of the 3 runs of this commit measured nothing: all its values are those of earlier"
                        + " runs, such as run " + RunWords.runName(Examples.run(7, "aaaaaaaaaaaa")) + " of commit"
                        + " aaaaaaaaaa")
                .endsWith("to delete it: plumb prune --run " + RunWords.runName(copy) + " --yes");
        assertThat(words(new Cause.BeforeHistory(0, 9, 5)))
                .isEqualTo("this commit is older than 9 recorded runs, and none is before it: it cannot be"
                        + " judged until 5 runs of earlier commits are recorded");
        assertThat(words(new Cause.BeforeHistory(2, 1, 5)))
                .isEqualTo("this commit is older than 1 recorded run, and only 2 are before it: it cannot be"
                        + " judged until 5 runs of earlier commits are recorded");
        assertThat(words(new Cause.NotMeasured("Sort"))).isEqualTo("Sort could not be measured");
        assertThat(words(new QuotedCause("as it stands", CauseFacts.NONE))).isEqualTo("as it stands");
    }

    @Test
    void what_decided_is_told_apart_from_what_was_let_pass() {
        GateReason closes = new GateReason(Effect.CLOSE, GateReason.Kind.NOTHING, "", "", new Cause.NothingMeasured());
        GateReason passes = new GateReason(Effect.PASS, GateReason.Kind.MISSING, "", "", new Cause.NotMeasured("a"));
        GateDecision closed = new GateDecision(GateDecision.State.CLOSED, List.of(closes, passes));
        GateDecision open = new GateDecision(GateDecision.State.OPEN, List.of(passes));

        assertThat(GateWords.reasons(Examples.with(closed))).containsExactly("nothing was measured");
        assertThat(GateWords.letPass(Examples.with(closed))).containsExactly("a could not be measured");
        assertThat(GateWords.reasons(Examples.with(open))).isEmpty();
    }

    @Test
    void what_a_benchmark_is_stopped_for_is_one_sentence() {
        List<Finding> findings = List.of(
                regressed("Sort.quick", "gc.alloc.rate.norm", 1.3),
                regressed("Sort.merge", "time", 1.2),
                regressed("Sort.quick", "time", 1.05));
        List<Missing> missing =
                List.of(Missing.benchmark(Examples.key("Gone", "time")), Missing.metric(Examples.key("Lost", "time")));
        Report report = Examples.report(findings, missing, List.of());

        assertThat(GateWords.reasons(report))
                .containsExactly(
                        "Sort.quick gc.alloc.rate.norm regressed by +30.0 % (critical), and time regressed by +5.0 %"
                                + " (major)",
                        "Sort.merge time regressed by +20.0 % (critical)",
                        "Gone is missing from this run",
                        "Lost time is missing from this run");
    }

    @Test
    void a_report_that_was_read_back_says_the_same_in_as_many_lines() throws IOException {
        Report report = Examples.report(
                List.of(regressed("Sort {n=1}", "time", 1.3), regressed("Sort {n=1}", "p0.99", 1.4)),
                List.of(Missing.benchmark(Examples.key("Gone", "a"))),
                List.of());

        Report read =
                StoredReport.read(new ByteArrayInputStream(JsonReport.of(report).getBytes(StandardCharsets.US_ASCII)));

        assertThat(GateWords.reasons(read)).isEqualTo(GateWords.reasons(report)).hasSize(2);
    }

    @Test
    void a_run_of_nothing_but_context_says_what_would_be_judged() {
        List<SeriesKey> context = List.of(
                Examples.key("Sort", "gc.count"), Examples.key("Sort", "gc.time"), Examples.key("Merge", "gc.count"));

        assertThat(words(new Cause.OnlyContext(context)))
                .isEqualTo("nothing was judged because all measured metrics are context: Merge gc.count, and 1"
                        + " more benchmark. To have a metric judged, give it the role primary under metrics: in"
                        + " plumbline.yaml");
    }

    private static Finding regressed(String benchmark, String metric, double factor) {
        return Examples.finding(
                Examples.key(benchmark, metric),
                Unit.of("ms"),
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(1, factor, 0.01)));
    }
}
