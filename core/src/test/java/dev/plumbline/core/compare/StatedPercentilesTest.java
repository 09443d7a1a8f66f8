package dev.plumbline.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatedPercentilesTest {
    private static Pair pair(String benchmark, String metric, Sample base, Sample candidate) {
        Metric time = new Metric(metric, Unit.of("ms"), Better.LOWER);
        return new Pair(
                new SeriesKey(Benchmark.of(benchmark), metric, "lab", "main"),
                time,
                List.of(base),
                time.unit(),
                List.of(candidate));
    }

    private static Sample executions(long seed, int each) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sample.Values.of(
                Sample.Center.MEDIAN,
                IntStream.range(0, 4)
                        .mapToObj(process -> random.doubles(each, 1, 2).toArray())
                        .toList());
    }

    private static List<String> compared(int executions) {
        List<Pair> suite = new ArrayList<>();
        suite.add(pair("get", "time", executions(1, executions), executions(2, executions)));
        for (String metric : List.of("p0.50", "p0.90", "Cache.get:p0.99", "p99", "p99.5", "p1.00", "memory")) {
            suite.add(pair("get", metric, Sample.Summary.of(1.5), Sample.Summary.of(1.6)));
        }
        suite.add(pair("put", "p0.99", Sample.Summary.of(1.5), Sample.Summary.of(1.6)));
        return StatedPercentiles.compared(suite, new TailComparison(Policy.DEFAULT).compare(suite)).stream()
                .map(key -> key.benchmark().name() + " " + key.metric())
                .sorted()
                .toList();
    }

    @Test
    void what_the_executions_of_the_same_benchmark_tell_is_compared_with_them() {
        assertThat(compared(2_000)).containsExactly("get Cache.get:p0.99", "get p0.90", "get p99");
    }

    @Test
    void what_too_few_executions_tell_stays_as_the_tool_states_it() {
        assertThat(compared(100)).containsExactly("get p0.90");
    }

    @Test
    void names_of_percentiles_are_told_from_others() {
        assertThat(StatedPercentiles.label("p0.999")).contains("p99.9");
        assertThat(StatedPercentiles.label("Cache.get:p0.50")).contains("p50");
        assertThat(StatedPercentiles.label("p1.00")).contains("p100");
        assertThat(StatedPercentiles.label("p99.9")).contains("p99.9");
        assertThat(StatedPercentiles.label("p1")).contains("p1");
        assertThat(StatedPercentiles.label("pauses")).isEmpty();
        assertThat(StatedPercentiles.label("time")).isEmpty();
    }
}
