package dev.plumbline.measure;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What one more measurement of a subject brought. */
final class Shot {
    /** One metric of one benchmark. */
    record Key(Benchmark benchmark, Metric metric) {}

    private final Map<Key, Double> values = new LinkedHashMap<>();
    private final Set<Key> leading = new HashSet<>();

    private Shot() {}

    /** Measures a subject once, hands everything on, and notes the number that stands for each metric. */
    static Shot of(Subject subject, RunSink sink) throws IOException, InterruptedException {
        Shot shot = new Shot();
        Set<Benchmark> seen = new HashSet<>();
        subject.measure(new RunSink() {
            @Override
            public void accept(RunHeader header, Measurement measurement) {
                Key key = new Key(measurement.benchmark(), measurement.metric());
                if (shot.values.putIfAbsent(key, measurement.sample().location()) == null
                        && seen.add(measurement.benchmark())) {
                    shot.leading.add(key);
                }
                sink.accept(header, measurement);
            }

            @Override
            public void problem(Problem problem) {
                sink.problem(problem);
            }
        });
        return shot;
    }

    /** The number that stands for each metric, in the order in which they came. */
    Map<Key, Double> values() {
        return values;
    }

    /** Whether this is its benchmark's first metric, the one that decides how long to measure. */
    boolean leads(Key key) {
        return leading.contains(key);
    }
}
