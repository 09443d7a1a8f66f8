package dev.plumbline.ingest.gradleprofiler;

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

/** The measured builds of one scenario, value by value; their pseudomedian represents them. */
final class Builds {
    private final RunHeader header;
    private final Recorder recorder;
    private final Map<String, RawValues> samples = new LinkedHashMap<>();

    Builds(RunHeader header, Recorder recorder) {
        this.header = header;
        this.recorder = recorder;
    }

    void add(String sample, double value) {
        if (samples.size() < 10_000 || samples.containsKey(sample)) {
            samples.computeIfAbsent(sample, name -> new RawValues()).add(value);
        }
    }

    /** @param units by sample; milliseconds where none is stated, as in older versions */
    void handOn(String where, Benchmark benchmark, Map<String, String> units) {
        samples.forEach((sample, values) -> {
            String reported = units.getOrDefault(sample, "");
            Optional<Unit> unit = recorder.unit(where, reported.isBlank() ? "ms" : reported);
            if (unit.isPresent()) {
                String metric = sample.equals("total execution time") || sample.equals("execution") ? "time" : sample;
                Better better = recorder.better(
                        where, sample, unit.get(), Directions.ofUnit(unit.get()).or(() -> Directions.ofName(sample)));
                if (!recorder.values(
                                where,
                                header,
                                benchmark,
                                metric,
                                unit.get(),
                                better,
                                Sample.Center.PSEUDOMEDIAN,
                                values)
                        && values.leftOut() == 0) {
                    recorder.problem(where, benchmark, metric, "has no value; this metric is skipped");
                }
            }
        });
    }
}
