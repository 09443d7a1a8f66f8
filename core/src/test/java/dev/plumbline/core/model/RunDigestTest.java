package dev.plumbline.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Sample.Center;
import dev.plumbline.core.model.Sample.Histogram;
import dev.plumbline.core.model.Sample.Summary;
import dev.plumbline.core.model.Sample.Values;
import dev.plumbline.core.stats.distribution.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunDigestTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Metric TIME = new Metric("time", Unit.of("ns/op"), Better.LOWER);
    private static final RunHeader HEADER = new RunHeader(
            Revision.of("abc", "main"),
            Environment.of(Map.of("cpu", "x", "info.host", "h")),
            Optional.of(NOON),
            NOON,
            new TreeMap<>());

    private static Measurement measurement(String name, Sample sample) {
        return new Measurement(Benchmark.of(name), TIME, sample);
    }

    private static String id(RunHeader header, Measurement... measurements) {
        return new Run(header, List.of(measurements)).id();
    }

    private static String id(Measurement measurement) {
        return id(HEADER, measurement);
    }

    private static String id(Sample sample) {
        return id(measurement("a", sample));
    }

    @Test
    void the_order_of_measurements_does_not_matter() {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            measurements.add(measurement("b" + i % 7, Values.of(Center.MEAN, i, i + 1)));
        }
        String id = new Run(HEADER, measurements).id();
        Random random = new Random(1);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(measurements, random);
            assertThat(new Run(HEADER, measurements).id()).isEqualTo(id);
        }
        assertThat(id).matches("[0-9a-f]{32}");
    }

    @Test
    void how_often_a_measurement_is_there_matters() {
        Measurement one = measurement("a", Summary.of(1));
        assertThat(id(HEADER, one, one)).isNotEqualTo(id(HEADER, one));
        assertThat(id(HEADER, one)).isNotEqualTo(id(HEADER));
    }

    @Test
    void any_change_of_a_measurement_changes_the_id() {
        Sample sample = Values.of(Center.MEAN, 1, 2);
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("as it is", id(sample));
        ids.put("benchmark", id(measurement("b", sample)));
        ids.put("parameter", id(new Measurement(Benchmark.of("a", Map.of("n", "1")), TIME, sample)));
        ids.put("parameter value", id(new Measurement(Benchmark.of("a", Map.of("n", "2")), TIME, sample)));
        ids.put("two parameters", id(new Measurement(Benchmark.of("a", Map.of("n", "1", "m", "2")), TIME, sample)));
        ids.put(
                "two parameters that look like one",
                id(new Measurement(Benchmark.of("a", Map.of("m", "2, n=1")), TIME, sample)));
        Benchmark a = Benchmark.of("a");
        ids.put("metric", id(new Measurement(a, new Metric("t", TIME.unit(), Better.LOWER), sample)));
        ids.put("unit", id(new Measurement(a, new Metric("time", Unit.of("us/op"), Better.LOWER), sample)));
        ids.put("direction", id(new Measurement(a, new Metric("time", TIME.unit(), Better.HIGHER), sample)));
        ids.put("value", id(Values.of(Center.MEAN, 1, 3)));
        ids.put("smallest step", id(Values.of(Center.MEAN, 1, Math.nextUp(2.0))));
        ids.put("order inside a group", id(Values.of(Center.MEAN, 2, 1)));
        ids.put("center", id(Values.of(Center.MEDIAN, 1, 2)));
        ids.put("groups", id(Values.of(Center.MEAN, List.of(new double[] {1}, new double[] {2}))));
        ids.put("zero", id(Values.of(Center.MEAN, 0.0)));
        ids.put("negative zero", id(Values.of(Center.MEAN, -0.0)));
        ids.put("histogram", id(histogram(1, 1)));
        ids.put("count", id(histogram(1, 2)));
        ids.put("bin", id(histogram(2, 1)));
        assertThat(ids.values()).doesNotHaveDuplicates();
    }

    private static Sample histogram(double value, long count) {
        return Histogram.of(List.of(new Histogram.Bins(new double[] {value}, new long[] {count})));
    }

    @Test
    void any_change_of_a_summary_changes_the_id() {
        TreeMap<Double, Double> none = new TreeMap<>();
        TreeMap<Double, Double> median = new TreeMap<>(Map.of(0.5, 1.0));
        OptionalDouble nothing = OptionalDouble.empty();
        Optional<Interval> interval = Optional.of(new Interval(0, 2, 0.95));
        assertThat(List.of(
                        id(Summary.of(1)),
                        id(Summary.of(2)),
                        id(new Summary(1, 1, nothing, Optional.empty(), none)),
                        id(new Summary(1, 0, OptionalDouble.of(0), Optional.empty(), none)),
                        id(new Summary(1, 0, OptionalDouble.of(1), Optional.empty(), none)),
                        id(new Summary(1, 0, nothing, interval, none)),
                        id(new Summary(1, 0, nothing, Optional.of(new Interval(0, 2, 0.9)), none)),
                        id(new Summary(1, 0, nothing, Optional.of(new Interval(0, 3, 0.95)), none)),
                        id(new Summary(1, 0, nothing, Optional.empty(), median)),
                        id(new Summary(1, 0, nothing, Optional.empty(), new TreeMap<>(Map.of(0.5, 2.0)))),
                        id(new Summary(1, 0, nothing, Optional.empty(), new TreeMap<>(Map.of(0.6, 1.0))))))
                .doesNotHaveDuplicates();
    }

    @Test
    void revision_environment_and_time_of_measuring_are_part_of_the_id() {
        Measurement one = measurement("a", Summary.of(1));
        RunHeader untimed =
                new RunHeader(HEADER.revision(), HEADER.environment(), Optional.empty(), NOON, new TreeMap<>());
        assertThat(List.of(
                        id(HEADER, one),
                        id(HEADER.withRevision(Revision.of("abd", "main")), one),
                        id(HEADER.withRevision(Revision.of("abc", "other")), one),
                        id(HEADER.withRevision(Revision.of("", "main")), one),
                        id(HEADER.withEnvironment(Environment.of(Map.of("cpu", "y"))), one),
                        id(HEADER.withEnvironment(HEADER.environment().named("lab")), one),
                        id(HEADER.withMeasuredAt(NOON.plusNanos(1)), one),
                        id(untimed, one)))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_says_nothing_of_the_numbers_is_not_part_of_the_id() {
        Measurement one = measurement("a", Summary.of(1));
        RunHeader later = new RunHeader(
                new Revision("abc", "main", Optional.of(NOON), OptionalLong.of(7)),
                Environment.of(Map.of("cpu", "x", "info.host", "another")),
                Optional.of(NOON),
                NOON.plusSeconds(99),
                new TreeMap<>(Map.of("tool", "jmh")));

        assertThat(id(later, one)).isEqualTo(id(HEADER, one));
    }

    @Test
    void the_time_of_adding_does_not_stand_in_for_an_unknown_time_of_measuring() {
        Measurement one = measurement("a", Summary.of(1));
        RunHeader today =
                new RunHeader(HEADER.revision(), HEADER.environment(), Optional.empty(), NOON, new TreeMap<>());
        RunHeader tomorrow = new RunHeader(
                HEADER.revision(), HEADER.environment(), Optional.empty(), NOON.plusSeconds(86400), new TreeMap<>());

        assertThat(id(today, one)).isEqualTo(id(tomorrow, one));
        assertThat(today.time()).isEqualTo(NOON);
        assertThat(tomorrow.withMeasuredAt(NOON).time()).isEqualTo(NOON);
    }

    @Test
    void the_content_id_speaks_of_the_measurements_alone() {
        RunDigest one = new RunDigest();
        RunDigest other = new RunDigest();
        assertThat(one.contentId()).isEqualTo(other.contentId());
        one.add(new MeasurementDigests().of(measurement("a", Summary.of(1))));
        assertThat(one.contentId()).isNotEqualTo(other.contentId());
        other.add(new MeasurementDigests().of(measurement("a", Summary.of(1))));
        assertThat(one.contentId()).isEqualTo(other.contentId());
    }
}
