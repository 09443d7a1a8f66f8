package dev.plumbline.core.compare;

import static dev.plumbline.core.judge.trial.Trials.decisive;
import static dev.plumbline.core.judge.trial.Trials.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Histogram;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.sample.Arms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the findings of tails tell, of percentiles that are given as numbers. */
class TailComparisonNumbersTest {
    private static final Metric TIME = new Metric("time", Unit.of("ms"), Better.LOWER);
    private static final double[] BEFORE = {50, 50.5, 51};
    private static final double[] AFTER = {75, 76, 77, 76};

    private static Pair pair(List<Sample> base, List<Sample> candidate) {
        return new Pair(new SeriesKey(Benchmark.of("a"), "time", "lab", "main"), TIME, base, TIME.unit(), candidate);
    }

    /** Runs of which a tool states a percentile each, and how many executions they had. */
    private static List<Sample> stated(long count, double share, double... percentiles) {
        List<Sample> samples = new ArrayList<>();
        for (double percentile : percentiles) {
            samples.add(new Summary(
                    1, count, OptionalDouble.empty(), Optional.empty(), new TreeMap<>(Map.of(share, percentile))));
        }
        return samples;
    }

    private static Pair of99th(double[] before, double... after) {
        return pair(stated(90_000, 0.99, before), stated(90_000, 0.99, after));
    }

    private static Finding compared(Policy policy, Pair pair) {
        List<Finding> findings =
                new TailComparison(policy).compare(List.of(pair)).get(0);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Finding compared(Pair pair) {
        return compared(Policy.DEFAULT, pair);
    }

    private static ModeratedT.Result tested(double[] before, double... after) {
        return ModeratedT.withDefaults()
                .withLevel(1 - Policy.DEFAULT.confidence())
                .withMargin(0.02)
                .test(List.of(Arms.ofForks(before.clone(), after.clone())))
                .get(0);
    }

    private static TailEvidence.Difference difference(Finding finding) {
        return only(finding, TailEvidence.Difference.class);
    }

    @Test
    void its_numbers_are_those_of_the_test_of_its_processes() {
        Finding finding = compared(of99th(BEFORE, AFTER));

        ModeratedT.Result tested = tested(BEFORE, AFTER);
        Effect effect = finding.verdict().effect().orElseThrow();
        assertThat(finding.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(effect.before()).isEqualTo(50.5, within(1e-12));
        assertThat(effect.after()).isEqualTo(76, within(1e-12));
        assertThat(effect.relativeChange()).isEqualTo(tested.relativeChange());
        assertThat(effect.interval().low()).isEqualTo(tested.ratioInterval().low() - 1);
        assertThat(effect.interval().high()).isEqualTo(tested.ratioInterval().high() - 1);
        assertThat(finding.candidate()).hasValue(effect.after());
        assertThat(finding.detectableChange()).hasValue(tested.detectableChange99());
        assertThat(finding.pValue()).hasValue(tested.pValueGreater());
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.warnings()).isEmpty();
        assertThat(finding.since()).isEmpty();
    }

    @Test
    void each_percentile_scatters_in_its_own_way() {
        double[][] sides = {{50, 50.1, 49.9}, {50, 50.2, 49.9}, {80, 90, 70}, {81, 92, 73}};
        List<List<Sample>> samples = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            List<Sample> runs = new ArrayList<>();
            for (int run = 0; run < 3; run++) {
                runs.add(new Summary(
                        1,
                        90_000,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        new TreeMap<>(Map.of(0.9, sides[side][run], 0.99, sides[2 + side][run]))));
            }
            samples.add(runs);
        }

        List<Finding> findings = new TailComparison(Policy.DEFAULT)
                .compare(List.of(pair(samples.get(0), samples.get(1))))
                .get(0);

        assertThat(findings).extracting(finding -> finding.key().metric()).containsExactly("time p90", "time p99");
        assertThat(findings.get(0).detectableChange())
                .hasValue(tested(sides[0], sides[1]).detectableChange99());
        assertThat(findings.get(1).detectableChange())
                .hasValue(tested(sides[2], sides[3]).detectableChange99());
        assertThat(difference(findings.get(0)).suiteSize()).isEqualTo(2);
    }

    @Test
    void of_many_tails_a_rise_is_adjusted_among_the_rises_and_a_fall_among_the_falls() {
        double[] fell = {48.5, 49, 49.4};
        double[] rose = {51.3, 51.5, 52.4};
        List<List<Finding>> all = new TailComparison(Policy.DEFAULT)
                .compare(List.of(of99th(BEFORE, rose), of99th(BEFORE, fell), of99th(BEFORE, rose)));

        // each of two equal rises is the largest of the two that are small: p * 3 / 2; a fall alone p * 3
        assertThat(all.get(0).get(0).pValue()).isEqualTo(all.get(2).get(0).pValue());
        double rise = difference(all.get(0).get(0)).pValue() / 2;
        double fall = difference(all.get(1).get(0)).pValue() / 2;
        assertThat(difference(all.get(0).get(0)).adjusted()).isEqualTo(1.5 * rise, within(1e-9));
        assertThat(difference(all.get(1).get(0)).adjusted()).isEqualTo(3 * fall, within(1e-9));
        assertThat(difference(all.get(1).get(0)).suiteSize()).isEqualTo(3);
        assertThat(difference(all.get(1).get(0)).limit()).isEqualTo(0.05);
    }

    @Test
    void the_first_rung_tells_what_was_compared() {
        Finding counted = compared(of99th(BEFORE, AFTER));
        Finding uncounted = compared(pair(stated(0, 0.99, BEFORE), stated(0, 0.99, AFTER)));

        assertThat(counted.trace().get(0))
                .isEqualTo(Rung.passed(new TailEvidence.Processes(0.99, 3, 4, OptionalLong.of(90_000))));
        assertThat(only(uncounted, TailEvidence.Processes.class).fewestExecutions())
                .isEmpty();
    }

    @Test
    void the_rung_on_the_difference_decides_only_where_it_is_a_change() {
        Finding changed = compared(of99th(BEFORE, AFTER));
        Finding none = compared(of99th(BEFORE, BEFORE));

        assertThat(decisive(changed)).isEqualTo(difference(changed));
        assertThat(difference(changed).isCertain()).isTrue();
        assertThat(difference(changed).change()).isEqualTo(0.5049, within(0.0001));
        assertThat(none.isDecidedBy(TailEvidence.Difference.class)).isFalse();
        assertThat(difference(none).isCertain()).isFalse();
        assertThat(difference(none).change()).isZero();
    }

    @Test
    void a_floor_larger_than_the_margin_is_told_and_counts() {
        Policy floored = new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 30);

        Finding finding = compared(floored, of99th(BEFORE, AFTER));

        // 25.5 ms more
        assertThat(finding.verdict().kind()).isNotEqualTo(Kind.REGRESSED);
        assertThat(only(finding, Evidence.LargeFloor.class).floor()).isEqualTo(30);
        assertThat(compared(new Policy(0.02, Severities.DEFAULT, 0.95, 0.05, 5, 25), of99th(BEFORE, AFTER))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REGRESSED);
    }

    /** A thousand executions: 900 low, 95 on a step of the recorder, 5 above. */
    private static Sample steps(double low, double step, double high) {
        return Histogram.of(
                Collections.nCopies(4, new Histogram.Bins(new double[] {low, step, high}, new long[] {900, 95, 5})));
    }

    @Test
    void what_one_step_of_the_recorder_hides_is_not_called_the_same() {
        List<Sample> coarse = List.of(steps(100, 104, 108));
        List<Sample> fine = List.of(steps(100, 101, 108));

        Finding hidden = new TailComparison(Policy.DEFAULT)
                .compare(List.of(pair(coarse, coarse)))
                .get(0)
                .get(2);
        Finding same = new TailComparison(Policy.DEFAULT)
                .compare(List.of(pair(fine, fine)))
                .get(0)
                .get(2);

        assertThat(hidden.key().metric()).isEqualTo("time p99");
        // 4 of 104 ms
        assertThat(decisive(hidden))
                .isEqualTo(new TailEvidence.Unresolved(4 / 104.0, 0.02))
                .isEqualTo(((Verdict.Inconclusive) hidden.verdict()).reason());
        assertThat(hidden.isSuspect()).isFalse();
        assertThat(same.verdict().kind()).isEqualTo(Kind.UNCHANGED);
    }

    @Test
    void what_lies_inside_the_margin_is_told_with_its_interval() {
        double[] before = {50, 50.1, 49.9};
        double[] after = {50.1, 50.2, 50};

        Finding finding = compared(of99th(before, after));

        ModeratedT.Result tested = tested(before, after);
        assertThat(finding.verdict().kind()).isEqualTo(Kind.UNCHANGED);
        ProcessEvidence.Equivalence equivalence = decisive(finding, ProcessEvidence.Equivalence.class);
        assertThat(equivalence.interval().low())
                .isEqualTo(tested.equivalenceRatioInterval().low() - 1);
        assertThat(equivalence.interval().high())
                .isEqualTo(tested.equivalenceRatioInterval().high() - 1);
        assertThat(equivalence.margin()).isEqualTo(0.02);
    }

    @Test
    void where_noise_hides_the_margin_it_is_told_how_many_processes_would_not() {
        double[] before = {50, 51, 52, 53};
        double[] after = {50.5, 51.5, 52.5, 53.5};

        Finding finding = compared(of99th(before, after));

        int needed = tested(before, after).forksNeeded().orElseThrow();
        assertThat(needed).isGreaterThan(5);
        ProcessEvidence.Hidden hidden = decisive(finding, ProcessEvidence.Hidden.class);
        assertThat(hidden.certain()).isFalse();
        assertThat(hidden.margin()).isEqualTo(0.02);
        assertThat(hidden.needed()).hasValue(needed);
        assertThat(((Verdict.Inconclusive) finding.verdict()).reason()).isEqualTo(hidden);
        assertThat(((Verdict.Inconclusive) finding.verdict()).runsNeeded()).hasValue(needed - 4);
        assertThat(finding.isSuspect()).isFalse();
        assertThat(finding.verdict().effect().orElseThrow().before()).isEqualTo(51.5);
    }

    @Test
    void a_rise_out_of_zero_has_no_size() {
        Finding finding = compared(of99th(new double[] {0, 0, 0}, 5, 5.1, 4.9));

        assertThat(finding.verdict().kind()).isEqualTo(Kind.REGRESSED);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void doubts_of_the_scatter_are_told() {
        double[] still = {50, 50.001, 49.999, 50, 50.001, 49.999, 50, 50.001};

        assertThat(compared(of99th(still, 40, 60, 45, 55, 50, 62, 41, 49)).warnings())
                .containsExactly(new Warning.Flagged(Flag.NOISE_CHANGED));
        assertThat(compared(of99th(BEFORE, 50, 51)).warnings()).containsExactly(new Warning.Flagged(Flag.FEW_FORKS));
        assertThat(compared(pair(stated(0, 0.99, BEFORE), stated(0, 0.99, AFTER)))
                        .warnings())
                .containsExactly(new Warning.StatedPercentiles());
    }

    @ParameterizedTest
    @CsvSource({"5000, true", "4999, false", "0, true"})
    void the_last_percentile_as_a_tool_states_it_needs_as_many_executions_as_any_other(long count, boolean asked) {
        List<Finding> findings = new TailComparison(Policy.DEFAULT)
                .compare(List.of(pair(stated(6000, 0.999, BEFORE), stated(count, 0.999, AFTER))))
                .get(0);

        assertThat(findings).hasSize(asked ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"20, true", "19, false"})
    void raw_executions_and_counted_ones_have_a_median_each_where_they_are_no_handful(int executions, boolean asked) {
        double[] raw = new double[executions];
        Arrays.setAll(raw, i -> 100 + i);
        List<Sample> values = List.of(Values.of(Center.MEDIAN, Collections.nCopies(3, raw)));

        List<Finding> findings = new TailComparison(Policy.DEFAULT)
                .compare(List.of(pair(values, List.of(steps(100, 104, 108)))))
                .get(0);

        assertThat(findings)
                .extracting(finding -> finding.key().metric())
                .isEqualTo(asked ? List.of("time p50", "time p90", "time p99") : List.of());
    }
}
