package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CollectedTest {
    private final Collected collected = new Collected();

    @Test
    void the_histogram_of_each_execution_is_one_more_group() {
        Sample.Histogram.Bins first = new Sample.Histogram.Bins(new double[] {1, 2}, new long[] {3, 1});
        Sample.Histogram.Bins second = new Sample.Histogram.Bins(new double[] {2}, new long[] {5});

        add("time", Sample.Histogram.of(List.of(first)));
        add("time", Sample.Histogram.of(List.of(second)));

        assertThat(samples()).containsExactly(Sample.Histogram.of(List.of(first, second)));
    }

    @Test
    void a_bare_number_of_each_execution_is_a_group_of_one_value() {
        add("p0.99", Sample.Summary.of(4));
        assertThat(samples()).containsExactly(Sample.Summary.of(4));

        add("p0.99", Sample.Summary.of(6));
        add("p0.99", Sample.Summary.of(8));
        assertThat(samples())
                .containsExactly(Sample.Values.of(
                        Sample.Center.MEAN, List.of(new double[] {4}, new double[] {6}, new double[] {8})));
    }

    @Test
    void a_summary_that_states_more_than_a_number_stays_a_sample_of_its_own() {
        Sample stated = new Sample.Summary(4, 10, OptionalDouble.of(1), Optional.empty(), Collections.emptySortedMap());

        add("time", stated);
        add("time", Sample.Summary.of(6));

        assertThat(samples()).containsExactly(stated, Sample.Summary.of(6));
    }

    private void add(String metric, Sample sample) {
        RunHeader header = new RunHeader(
                Revision.unknown(), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());
        collected.accept(
                header, new Measurement(Benchmark.of("sort"), new Metric(metric, Unit.of("ms"), Better.LOWER), sample));
    }

    private List<Sample> samples() {
        return collected.runs().get(0).measurements().stream()
                .map(Measurement::sample)
                .toList();
    }
}
