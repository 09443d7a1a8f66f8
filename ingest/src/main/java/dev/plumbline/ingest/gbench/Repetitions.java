package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The entries of one benchmark, collected until the next one begins. */
final class Repetitions {
    private final RunHeader header;
    private final Recorder recorder;
    private String name = "";
    private String where = "";
    private String timeUnit = "";
    private final Map<String, RawValues> raw = new LinkedHashMap<>();
    private final Map<String, NamedNumbers> aggregates = new LinkedHashMap<>();

    Repetitions(RunHeader header, Recorder recorder) {
        this.header = header;
        this.recorder = recorder;
    }

    void add(String place, Entry entry) {
        if (!entry.name().equals(name)
                || !entry.unit().equals(timeUnit) && entry.aggregate().isEmpty()) {
            handOn();
            name = entry.name();
            where = place;
            timeUnit = entry.unit();
        }
        if (entry.name().isBlank()) {
            recorder.problem(place, "a benchmark without \"name\"; it is skipped");
            return;
        }
        if (!entry.failure().isEmpty()) {
            recorder.problem(place, "benchmark " + Excerpt.quoted(entry.name()) + " " + entry.failure());
            return;
        }
        entry.unreadable()
                .forEach((metric, shown) -> recorder.problem(
                        place,
                        "benchmark " + Excerpt.quoted(entry.name()) + ", metric " + Excerpt.quoted(metric) + ": "
                                + shown + " is no number; it is left out"));
        entry.numbers().forEach((metric, value) -> {
            if (entry.aggregate().isEmpty()) {
                raw.computeIfAbsent(metric, key -> new RawValues()).add(value);
            } else if (Entry.AGGREGATES.contains(entry.aggregate()) && Double.isFinite(value)) {
                aggregates.computeIfAbsent(metric, key -> new NamedNumbers()).state(entry.aggregate(), value);
            }
        });
    }

    void handOn() {
        if (!name.isBlank() && !(raw.isEmpty() && aggregates.isEmpty())) {
            recorder.benchmark(where, name, new TreeMap<>()).ifPresent(this::handOn);
        }
        raw.clear();
        aggregates.clear();
    }

    private void handOn(Benchmark benchmark) {
        raw.forEach((metric, values) -> {
            Optional<Unit> unit = recorder.unit(where, unit(metric));
            unit.ifPresent(known -> recorder.values(
                    where,
                    header,
                    benchmark,
                    metric,
                    known,
                    better(metric, known),
                    Sample.Center.PSEUDOMEDIAN,
                    values));
        });
        if (raw.isEmpty()) {
            aggregates.forEach((metric, stated) -> aggregate(benchmark, metric, stated));
        }
    }

    private void aggregate(Benchmark benchmark, String metric, NamedNumbers stated) {
        double location = stated.get("mean", "median");
        Optional<Unit> unit = recorder.unit(where, unit(metric));
        if (Double.isNaN(location) || unit.isEmpty()) {
            return; // a coefficient of variation or a complexity alone is no measurement
        }
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        Map.of("min", 0.0, "median", 0.5, "max", 1.0).forEach((quantile, share) -> {
            if (stated.has(quantile)) {
                quantiles.put(share, stated.get(quantile));
            }
        });
        double deviation = stated.get("stddev");
        recorder.directed(
                where,
                header,
                benchmark,
                metric,
                unit.get(),
                better(metric, unit.get()),
                new Sample.Summary(
                        location,
                        0,
                        deviation >= 0 ? OptionalDouble.of(deviation) : OptionalDouble.empty(),
                        Optional.empty(),
                        quantiles));
    }

    private String unit(String metric) {
        return switch (metric) {
            case "real_time", "cpu_time", "manual_time" -> timeUnit;
            case "bytes_per_second" -> "B/s";
            case "items_per_second" -> "items/s";
            case "max_bytes_used", "total_allocated_bytes", "net_heap_growth" -> "B";
            default -> "";
        };
    }

    private Better better(String metric, Unit unit) {
        return recorder.better(where, metric, unit, Directions.ofUnit(unit).or(() -> Directions.ofName(metric)));
    }
}
