package dev.plumbline.core.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdsTest {
    private static final SeriesKey SORT = key("org.example.Sort", "time");
    private static final Unit NS = Unit.of("ns/op");

    @Test
    void the_last_rule_that_says_something_of_a_property_wins_each_property_by_itself() {
        Thresholds thresholds = thresholds(
                rule("first", "*", OptionalDouble.of(0.03), OptionalInt.of(8)),
                rule("second", "*sort", OptionalDouble.of(0.04), OptionalInt.empty()),
                rule("other", "*Search", OptionalDouble.of(0.5), OptionalInt.of(50)));

        Thresholds.Resolution sort = thresholds.resolve(SORT, NS);

        assertThat(sort.policy().margin()).isEqualTo(0.04);
        assertThat(sort.policy().minimumRuns()).isEqualTo(8);
        assertThat(sort.policy()).isEqualTo(thresholds.of(SORT, NS));
        Thresholds.Decision margin = sort.decisions().get(0);
        assertThat(margin.value()).isEqualTo("4 %");
        assertThat(margin.winner().orElseThrow().rule().name()).isEqualTo("second");
        assertThat(margin.beaten()).extracting(Thresholds.RuleValue::value).containsExactly("3 %");
        assertThat(sort.decisions().get(1).winner()).isEmpty();
        assertThat(sort.decisions().get(1).value()).isEqualTo("minor 2 %, major 5 %, critical 10 %");
        assertThat(sort.decisions().get(2).value()).isEqualTo("none");
        assertThat(sort.decisions().get(3).winner().orElseThrow().rule().name()).isEqualTo("first");
    }

    @Test
    void a_floor_holds_for_series_in_its_own_kind_of_unit_and_is_told_in_theirs() {
        Thresholds thresholds =
                thresholds(floors("floors", Floor.parse("2 us"), Floor.parse("1 KiB"), Floor.parse("7")));

        assertThat(thresholds.of(SORT, NS).floor()).isEqualTo(2000);
        assertThat(thresholds.of(key("a", "alloc"), Unit.of("B/op")).floor()).isEqualTo(1024);
        assertThat(thresholds.of(key("a", "misses"), Unit.of("misses")).floor()).isEqualTo(7);
        assertThat(thresholds.of(key("a", "rate"), Unit.of("ops/s")).floor()).isZero();
        assertThat(thresholds.resolve(SORT, NS).decisions().get(2).value()).isEqualTo("2 us");
    }

    @Test
    void memory_in_use_has_a_wider_margin_and_allocation_counts_do_not() {
        Thresholds thresholds = thresholds(Thresholds.ofMemory());

        assertThat(thresholds.of(key("a", "max_rss"), Unit.of("KiB")).margin()).isEqualTo(0.10);
        assertThat(thresholds
                        .of(key("a", "gc.alloc.rate.norm"), Unit.of("B/op"))
                        .margin())
                .isEqualTo(0.02);
        assertThat(thresholds.of(SORT, NS).margin()).isEqualTo(0.02);
    }

    @Test
    void what_an_operation_without_allocation_gets_of_its_harness_is_below_the_floor() {
        Thresholds thresholds = new Thresholds(Policy.DEFAULT, Thresholds.defaults());

        assertThat(thresholds
                        .of(key("a", "gc.alloc.rate.norm"), Unit.of("B/op"))
                        .floor())
                .isEqualTo(1);
        assertThat(thresholds.of(key("a", "allocated"), Unit.of("B/op")).floor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "time, ns/op, LATENCY",
        "peak.latency, ms, LATENCY",
        "throughput, ops/s, THROUGHPUT",
        "gc.alloc.rate, MB/sec, THROUGHPUT",
        "memory, KiB, MEMORY",
        "peakHeap, MB, MEMORY",
        "peakHeapAllocated, MB, COUNTER",
        "gc.alloc.rate.norm, B/op, COUNTER",
        "size, B, COUNTER",
        "progress, B, COUNTER",
        "val_loss, '', LOSS",
        "top1 accuracy, %, LOSS",
        "glossary, '', COUNTER",
        "instructions, instructions, COUNTER"
    })
    void tells_the_kind_of_a_metric(String metric, String unit, MetricKind kind) {
        assertThat(MetricKind.of(metric, Unit.of(unit))).isEqualTo(kind);
    }

    @Test
    void a_certain_change_below_the_floor_is_unchanged_and_the_ladder_says_why() {
        Trial trial = Trials.COUNTER.trial(new double[] {100, 100, 100, 100, 100, 100}, 106);

        Finding without = Trials.judge(trial);
        Finding with = new Judge(floor(10)).judge(List.of(trial)).get(0);

        assertThat(without.verdict().kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(with.verdict().kind()).isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(Trials.only(with, Evidence.LargeFloor.class))
                .isEqualTo(new Evidence.LargeFloor(10, Unit.of("allocations"), 100, 0.02, 0.1));
        assertThat(new Judge(floor(6)).judge(List.of(trial)).get(0).verdict().kind())
                .isEqualTo(Verdict.Kind.REGRESSED);
    }

    @Test
    void a_change_out_of_zero_is_held_against_the_floor() {
        Trial trial = Trials.COUNTER.trial(new double[] {0, 0, 0, 0, 0, 0}, 3);

        assertThat(new Judge(floor(5)).judge(List.of(trial)).get(0).verdict().kind())
                .isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(new Judge(floor(3)).judge(List.of(trial)).get(0).verdict().kind())
                .isEqualTo(Verdict.Kind.REGRESSED);
    }

    @Test
    void each_series_of_a_suite_is_judged_with_its_own_margin() {
        Trials other = Trials.COUNTER.called("b");
        List<Trial> suite = List.of(
                Trials.COUNTER.trial(new double[] {100, 100, 100, 100, 100, 100}, 106),
                other.trial(new double[] {100, 100, 100, 100, 100, 100}, 106));
        Thresholds thresholds = thresholds(rule("wide", "b", OptionalDouble.of(0.2), OptionalInt.empty()));

        assertThat(new Judge(thresholds).judge(suite))
                .extracting(finding -> finding.verdict().kind())
                .containsExactly(Verdict.Kind.REGRESSED, Verdict.Kind.UNCHANGED);
    }

    @ParameterizedTest
    @CsvSource({"ns", "-3 ns", "1e5 ns", "'3 n s'"})
    void what_is_no_floor_is_told(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Floor.parse(text)).withMessageContaining("50 ns, 4 KiB");
    }

    private static Policy floor(double floor) {
        Policy policy = Policy.DEFAULT;
        return new Policy(
                policy.margin(),
                policy.severities(),
                policy.confidence(),
                policy.suiteErrorRate(),
                policy.minimumRuns(),
                floor);
    }

    private static SeriesKey key(String benchmark, String metric) {
        return new SeriesKey(Benchmark.of(benchmark), metric, "lab", "main");
    }

    private static Thresholds thresholds(ThresholdRule... rules) {
        return new Thresholds(Policy.DEFAULT, List.of(rules));
    }

    private static ThresholdRule rule(String name, String benchmark, OptionalDouble margin, OptionalInt runs) {
        ThresholdRule.Scope scope = new ThresholdRule.Scope(
                Optional.of(new NamePattern(benchmark)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ThresholdRule(name, scope, margin, Optional.empty(), List.of(), runs);
    }

    private static ThresholdRule floors(String name, Floor... floors) {
        return new ThresholdRule(
                name,
                ThresholdRule.Scope.ALL,
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(floors),
                OptionalInt.empty());
    }
}
