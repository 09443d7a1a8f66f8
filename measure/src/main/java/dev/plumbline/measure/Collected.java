package dev.plumbline.measure;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects measurements of several executions: the raw values or the histogram of each further execution become one
 * more group of their sample, and so does a single number, such as a percentile of one execution. Summaries that state
 * more than a number stay samples of their own. Results of one environment are one run, with the header of the first.
 */
public final class Collected implements RunSink {
    private record Key(Benchmark benchmark, Metric metric) {}

    private record OfRun(RunHeader header, Map<Key, List<Sample>> samples) {}

    private final Map<Environment, OfRun> runs = new LinkedHashMap<>();
    /** The problems; one that every execution repeats is listed once. */
    private final Set<Problem> problems = new LinkedHashSet<>();

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        runs.computeIfAbsent(header.environment(), environment -> new OfRun(header, new LinkedHashMap<>()))
                .samples
                .computeIfAbsent(new Key(measurement.benchmark(), measurement.metric()), key -> new ArrayList<>())
                .add(measurement.sample());
    }

    @Override
    public void problem(Problem problem) {
        problems.add(problem);
    }

    /** The anomalies in the results, in the order of their appearance. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The runs so far, one for each environment; none when nothing was measured. */
    public List<Run> runs() {
        List<Run> all = new ArrayList<>();
        for (OfRun run : runs.values()) {
            List<Measurement> measurements = new ArrayList<>();
            run.samples.forEach((key, samples) -> joined(samples)
                    .forEach(sample -> measurements.add(new Measurement(key.benchmark, key.metric, sample))));
            all.add(new Run(run.header, measurements));
        }
        return all;
    }

    private static List<Sample> joined(List<Sample> samples) {
        if (samples.size() < 2) {
            return samples;
        }
        if (samples.stream().allMatch(Sample.Histogram.class::isInstance)) {
            return List.of(Sample.Histogram.of(samples.stream()
                    .flatMap(sample -> ((Sample.Histogram) sample).groups().stream())
                    .toList()));
        }
        List<double[]> groups = new ArrayList<>();
        Sample.Center center = null;
        for (Sample sample : samples) {
            Optional<Sample.Values> values = values(sample);
            if (values.isEmpty() || (center != null && center != values.get().center())) {
                return samples;
            }
            center = values.get().center();
            for (int i = 0; i < values.get().groupCount(); i++) {
                groups.add(values.get().group(i));
            }
        }
        return List.of(Sample.Values.of(center, groups));
    }

    /** The raw values of a sample; a bare number is the only one of its execution. */
    private static Optional<Sample.Values> values(Sample sample) {
        if (sample instanceof Sample.Values values) {
            return Optional.of(values);
        }
        return sample.equals(Sample.Summary.of(sample.location()))
                ? Optional.of(Sample.Values.of(Sample.Center.MEAN, sample.location()))
                : Optional.empty();
    }
}
