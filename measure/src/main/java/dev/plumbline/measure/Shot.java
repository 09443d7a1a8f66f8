package dev.plumbline.measure;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of one more measurement of a subject. */
final class Shot {
    /** One metric of one benchmark. */
    record Key(Benchmark benchmark, Metric metric) {}

    private final Map<Key, Double> values = new LinkedHashMap<>();
    private final Set<Key> leading = new HashSet<>();
    private final Set<Benchmark> seen = new HashSet<>();

    private Shot() {}

    /** Measures a subject once, hands everything on, and notes the location of each metric. */
    static Shot of(Subject subject, RunSink sink) throws IOException, InterruptedException {
        Shot shot = new Shot();
        subject.measure(new RunSink() {
            @Override
            public void accept(RunHeader header, Measurement measurement) {
                shot.take(measurement);
                sink.accept(header, measurement);
            }

            @Override
            public void problem(Problem problem) {
                sink.problem(problem);
            }
        });
        return shot;
    }

    /** The values of an earlier execution. */
    static Shot of(List<Run> runs) {
        Shot shot = new Shot();
        runs.forEach(run -> run.measurements().forEach(shot::take));
        return shot;
    }

    private void take(Measurement measurement) {
        Key key = new Key(measurement.benchmark(), measurement.metric());
        if (values.putIfAbsent(key, measurement.sample().location()) == null && seen.add(measurement.benchmark())) {
            leading.add(key);
        }
    }

    /** The location of each metric, in the order in which they came. */
    Map<Key, Double> values() {
        return values;
    }

    /** Whether this is its benchmark's first metric, the one that decides how long to measure. */
    boolean leads(Key key) {
        return leading.contains(key);
    }
}
