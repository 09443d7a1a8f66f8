package dev.plumbline.core.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkCountsTest {
    @ParameterizedTest
    @CsvSource({
        "instructions, events, WORK, true",
        "instructions, simulated, WORK, true",
        "heap-allocated, B, WORK, true",
        // what other tools count may be that of the kernel too
        "instructions, '', COUNTER, false",
        "instructions:u, '', COUNTER, false",
        "allocated, B, COUNTER, false",
        // where code lies differs between builds: repeated exactly, and with the margin of other counters
        "modelled-cycles, simulated cycles, COUNTER, true",
        "last-level-misses, misses, COUNTER, false",
        "time, s, LATENCY, false"
    })
    void are_known_by_the_unit_that_only_plumbline_writes(String name, String unit, MetricKind kind, boolean counted) {
        assertThat(MetricKind.of(name, Unit.of(unit))).isEqualTo(kind);
        assertThat(WorkCounts.isOne(new Metric(name, Unit.of(unit), Better.LOWER)))
                .isEqualTo(counted);
    }

    @Test
    void agree_up_to_a_thousandth() {
        assertThat(WorkCounts.agree(new double[] {1_000_000, 999_000})).isTrue();
        assertThat(WorkCounts.agree(new double[] {1_000_000, 998_999})).isFalse();
        assertThat(WorkCounts.agree(new double[] {5})).isTrue();
        assertThat(WorkCounts.agree(new double[] {0, 0})).isTrue();
        assertThat(WorkCounts.agree(new double[] {0, 1})).isFalse();
        assertThat(WorkCounts.agree(new double[] {})).isFalse();
        assertThat(WorkCounts.agree(new double[] {-1, -1})).isFalse();
    }

    @Test
    void have_small_margins_and_need_few_runs_unless_a_rule_says_otherwise() {
        SeriesKey key = new SeriesKey(Benchmark.of("a"), "instructions", "lab", "main");
        Thresholds thresholds = new Thresholds(Policy.DEFAULT, Thresholds.defaults());

        Policy policy = thresholds.of(key, WorkCounts.EVENTS);

        assertThat(policy.margin()).isEqualTo(0.005);
        assertThat(policy.severities()).isEqualTo(new Severities(0.005, 0.02, 0.05));
        assertThat(policy.minimumRuns()).isEqualTo(3);
        assertThat(thresholds.of(key, Unit.of(""))).isEqualTo(Policy.DEFAULT);
    }
}
