package dev.plumbline.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.core.threshold.WorkCounts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of executed work, by single executions, by pairs and against histories. */
class CountedWorkTest {
    private static final Policies POLICIES = new Thresholds(Policy.DEFAULT, Thresholds.defaults());
    private static final Metric INSTRUCTIONS = new Metric("instructions", WorkCounts.EVENTS, Better.LOWER);

    private static Finding compared(Metric metric, double[] base, double[] candidate) {
        Pair pair = new Pair(key(metric), metric, List.of(sample(base)), metric.unit(), List.of(sample(candidate)));
        return new Comparison(POLICIES).compare(List.of(pair)).get(0);
    }

    private static Sample sample(double... executions) {
        return Sample.Values.of(
                Sample.Center.MEDIAN,
                Arrays.stream(executions)
                        .mapToObj(count -> new double[] {count})
                        .toList());
    }

    private static SeriesKey key(Metric metric) {
        return new SeriesKey(Benchmark.of("a"), metric.name(), "lab", "main");
    }

    private static PairedTrial trial(double[] base, double[] candidate) {
        return new PairedTrial(key(INSTRUCTIONS), INSTRUCTIONS, base, candidate, false);
    }

    private static PairedComparison pairs(int suite) {
        return new PairedComparison(POLICIES, suite, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "1010000, REGRESSED, MINOR",
        "1005000, REGRESSED, MINOR",
        "1025000, REGRESSED, MAJOR",
        "1060000, REGRESSED, CRITICAL",
        "990000, IMPROVED, NONE",
        "1000000, UNCHANGED, NONE",
        "1003900, UNCHANGED, NONE",
        "996100, UNCHANGED, NONE",
        // a tenth of a per cent of noise may be what lifts it above the margin, or keeps it below
        "1004500, INCONCLUSIVE, NONE"
    })
    void one_execution_on_each_side_is_enough(double candidate, Kind kind, Severity severity) {
        Finding finding = compared(INSTRUCTIONS, new double[] {1_000_000}, new double[] {candidate});

        assertThat(finding.verdict().kind()).isEqualTo(kind);
        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.pValue().isEmpty()).isEqualTo(kind != Kind.INCONCLUSIVE);
        if (kind != Kind.INCONCLUSIVE) {
            Effect effect = finding.verdict().effect().orElseThrow();
            assertThat(effect.interval().low()).isCloseTo(candidate / 1_000_000 - 1.001, within(1e-12));
            assertThat(effect.interval().high()).isCloseTo(candidate / 1_000_000 - 0.999, within(1e-12));
            assertThat(Trials.decisive(finding, ProcessEvidence.Counted.class).noise())
                    .isEqualTo(0.001);
        }
    }

    @Test
    void what_does_not_repeat_or_other_tools_counted_is_judged_like_all_else() {
        double[] same = {1_000_000, 1_000_000, 1_000_000};
        double[] wild = {1_010_000, 900_000, 1_100_000};
        Metric foreign = new Metric("instructions", Unit.of(""), Better.LOWER);

        assertThat(compared(INSTRUCTIONS, same, wild).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(compared(INSTRUCTIONS, wild, same).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(compared(foreign, new double[] {1_000_000}, new double[] {1_030_000})
                        .verdict()
                        .kind())
                .isEqualTo(Kind.INCONCLUSIVE);
        assertThat(compared(INSTRUCTIONS, new double[] {0}, new double[] {0}).evidence(ProcessEvidence.Counted.class))
                .isEmpty();
    }

    @Test
    void two_pairs_that_repeat_decide_in_a_suite_of_any_size() {
        double[] base = {1_000_000, 1_000_010};

        assertThat(pairs(1000).next(trial(base, new double[] {1_010_000, 1_010_004})))
                .isEqualTo(PairedComparison.Next.REGRESSED);
        assertThat(pairs(1000).next(trial(base, new double[] {990_000, 990_004})))
                .isEqualTo(PairedComparison.Next.IMPROVED);
        assertThat(pairs(1000).next(trial(base, new double[] {1_000_004, 1_001_000})))
                .isEqualTo(PairedComparison.Next.UNCHANGED);
        assertThat(pairs(1000).next(trial(base, new double[] {1_010_000, 1_012_000})))
                .isEqualTo(PairedComparison.Next.MORE);
        assertThat(pairs(1).next(trial(new double[] {1_000_000}, new double[] {1_010_000})))
                .isEqualTo(PairedComparison.Next.MORE);
    }

    @Test
    void the_finding_of_pairs_says_that_counts_decided() {
        Finding slower = pairs(3).findings(List.of(trial(new double[] {1e6, 1e6}, new double[] {1.01e6, 1.01e6})))
                .get(0);
        Finding same = pairs(3).findings(List.of(trial(new double[] {1e6, 1e6}, new double[] {1e6, 1e6})))
                .get(0);

        assertThat(slower.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(slower.pValue()).isEmpty();
        assertThat(slower.verdict().effect().orElseThrow().interval().low()).isCloseTo(0.009, within(1e-9));
        assertThat(Trials.decisive(slower, PairEvidence.Counted.class).margin()).isEqualTo(0.005);
        assertThat(same.verdict().kind()).isEqualTo(Kind.UNCHANGED);
        assertThat(same.evidence(PairEvidence.Equivalence.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 8, 20})
    void a_per_cent_more_than_a_short_history_of_counts_is_found_in_one_run(int runs) {
        Trials counts = new Trials("a", WorkCounts.EVENTS, Better.LOWER);
        for (int seed = 0; seed < 20; seed++) {
            double[] history = Trials.noisy(70_000 + seed, runs, 1e7, 1e-4);

            assertThat(judged(counts, history, 1.01e7).verdict().kind()).isEqualTo(Kind.REGRESSED);
            assertThat(judged(counts, history, 1e7).verdict().kind()).isNotEqualTo(Kind.REGRESSED);
        }
    }

    @Test
    void three_runs_that_repeat_exactly_are_history_enough() {
        Trials counts = new Trials("a", WorkCounts.EVENTS, Better.LOWER);
        double[] history = {1e6, 1e6, 1e6};

        assertThat(judged(counts, history, 1.01e6).verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(judged(counts, history, 1e6).verdict().kind()).isEqualTo(Kind.UNCHANGED);
    }

    private static Finding judged(Trials counts, double[] history, double candidate) {
        return new Judge(POLICIES)
                .judge(List.of(counts.trial(history, candidate)))
                .get(0);
    }
}
