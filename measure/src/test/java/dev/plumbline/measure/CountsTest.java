package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.measure.subject.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** How often something is measured whose counts repeat. */
class CountsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Subject counting(DoubleSupplier count) {
        return new Subject() {
            @Override
            public String name() {
                return "b";
            }

            @Override
            public void measure(RunSink sink) {
                sink.accept(
                        FakeSubject.HEADER,
                        new Measurement(
                                Benchmark.of("b"),
                                new Metric("instructions", WorkCounts.EVENTS, Better.LOWER),
                                Sample.Values.of(Sample.Center.MEDIAN, List.of(new double[] {count.getAsDouble()}))));
            }
        };
    }

    private static DoubleSupplier about(double level, double noise, long seed) {
        Random random = new Random(seed);
        return () -> level * (1 + noise * random.nextGaussian());
    }

    @Test
    void two_executions_are_enough_where_they_agree_and_time_decides_where_they_do_not() {
        assertThat(executions(about(1e6, 1e-5, 1))).isEqualTo(2);
        assertThat(executions(about(1e6, 0.02, 2))).isBetween(8, 200);
    }

    private static int executions(DoubleSupplier count) {
        Precision precision = new Precision(0.01, 0.95, 2, 1_000);
        Rounds.Outcome outcome = new Rounds(new Rounds.Settings(precision, 0, HOUR, 1), (a, b, c) -> {})
                .measure(List.of(counting(count)), new Collected())
                .get(0);
        assertThat(outcome.end()).isEqualTo(Rounds.End.PRECISE);
        return outcome.executions();
    }

    @Test
    void two_pairs_show_that_nothing_changed_and_a_third_confirms_a_regression() {
        PairedRounds.Outcome same = pairs(about(1e6, 1e-5, 3), about(1e6, 1e-5, 4));
        PairedRounds.Outcome slower = pairs(about(1e6, 1e-5, 5), about(1.01e6, 1e-5, 6));
        PairedRounds.Outcome wild = pairs(about(1e6, 0.02, 7), about(1e6, 0.02, 8));

        assertThat(same.pairs()).containsExactly(2);
        assertThat(slower.pairs()).containsExactly(3);
        assertThat(slower.comparison().findings(slower.trials()).get(0).verdict())
                .isInstanceOf(Verdict.Regressed.class);
        assertThat(wild.pairs().get(0)).isGreaterThan(10);
    }

    private static PairedRounds.Outcome pairs(DoubleSupplier base, DoubleSupplier candidate) {
        BenchmarkPair contest = new BenchmarkPair("b", counting(base), counting(candidate), Optional.empty(), false);
        return new PairedRounds(
                        new PairedRounds.Settings(
                                new Thresholds(Policy.DEFAULT, Thresholds.defaults()), 4, 50, 3, HOUR, 1, "e", "main"),
                        (a, b, c) -> {})
                .measure(List.of(contest), RunSinks.NOWHERE, RunSinks.NOWHERE);
    }

    @Test
    void the_commit_is_found_with_one_count_of_each_and_equal_ends_with_two() throws Exception {
        BisectRounds.Outcome found = bisected(1.01e6, WorkCounts.MARGIN);
        BisectRounds.Outcome none = bisected(1e6, WorkCounts.MARGIN);

        assertThat(found.end()).isEqualTo(BisectRounds.End.FOUND);
        assertThat(found.look().orElseThrow().culprits()).containsExactly(9);
        assertThat(found.endRuns()).isEqualTo(4);
        assertThat(found.seen().stream().mapToInt(seen -> seen.runs().size()).sum())
                .isLessThanOrEqualTo(4 + 5);
        assertThat(none.end()).isEqualTo(BisectRounds.End.NO_DIFFERENCE);
        assertThat(none.endRuns()).isEqualTo(4);
    }

    @Test
    void ends_whose_counts_differ_by_less_than_the_margin_that_the_user_set_are_equal() throws Exception {
        assertThat(bisected(1.01e6, 0.02).end()).isEqualTo(BisectRounds.End.NO_DIFFERENCE);
        assertThat(bisected(1.004e6, 0.003).end()).isEqualTo(BisectRounds.End.FOUND);
    }

    private static BisectRounds.Outcome bisected(double bad, double margin) throws Exception {
        return new BisectRounds(
                        new BisectRounds.Settings(0.99, 0.05, 20, 500, HOUR), reading -> margin, (a, b, c) -> {})
                .measure(
                        16,
                        position -> new Gauge(
                                counting(about(position >= 9 ? bad : 1e6, 1e-6, position)),
                                new BenchmarkName("b"),
                                Optional.empty()));
    }
}
