package dev.plumbline.ingest.rebench;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values of ReBench's runs, invocation by invocation; their pseudomedian represents them. */
final class Runs {
    private static final int MOST_WAITING = 1 << 18;

    private final Recorder recorder;
    private final Map<Key, Optional<Values>> waiting = new LinkedHashMap<>();
    private int count;

    /** The key of a sample: the same keys of another execution are another sample. */
    private record Key(RunHeader header, Map<String, String> names, String criterion, String unit) {}

    private static final class Values {
        private final String where;
        private final Benchmark benchmark;
        private final RawValues raw = new RawValues();
        private String invocation = "";

        Values(String where, Benchmark benchmark) {
            this.where = where;
            this.benchmark = benchmark;
        }
    }

    Runs(Recorder recorder) {
        this.recorder = recorder;
    }

    /** @param names of the run: {@code benchmark}, {@code executor}, {@code suite} and what else distinguishes runs */
    void add(
            String where,
            RunHeader header,
            Map<String, String> names,
            String criterion,
            String unit,
            String invocation,
            double value) {
        Optional<Values> values = waiting.computeIfAbsent(
                new Key(header, Map.copyOf(names), criterion, unit),
                key -> benchmark(where, names).map(benchmark -> new Values(where, benchmark)));
        values.ifPresent(known -> {
            if (!known.invocation.equals(invocation)) {
                known.raw.endGroup();
                known.invocation = invocation;
            }
            known.raw.add(value);
        });
        if (++count > MOST_WAITING) {
            handOn();
        }
    }

    private Optional<Benchmark> benchmark(String where, Map<String, String> names) {
        TreeMap<String, String> parameters = new TreeMap<>(names);
        String name = Optional.ofNullable(parameters.remove("benchmark")).orElse("");
        parameters.values().removeIf(String::isBlank);
        return recorder.benchmark(where, name, parameters);
    }

    void handOn() {
        waiting.forEach((key, values) -> values.ifPresent(known -> {
            Optional<Unit> unit = recorder.unit(known.where, key.unit);
            if (unit.isPresent()) {
                String metric = key.criterion.equals("total") && unit.get().isDuration() ? "time" : key.criterion;
                Better better = recorder.better(
                        known.where,
                        key.criterion,
                        unit.get(),
                        Directions.ofUnit(unit.get()).or(() -> Directions.ofName(key.criterion)));
                if (!recorder.values(
                                known.where,
                                key.header,
                                known.benchmark,
                                metric,
                                unit.get(),
                                better,
                                Sample.Center.PSEUDOMEDIAN,
                                known.raw)
                        && known.raw.leftOut() == 0) {
                    recorder.problem(known.where, known.benchmark, metric, "has no value; this metric is skipped");
                }
            }
        }));
        waiting.clear();
        count = 0;
    }
}
