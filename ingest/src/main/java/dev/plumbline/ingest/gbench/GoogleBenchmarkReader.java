package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Shown;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what {@code --benchmark_format=json} and {@code --benchmark_out} write.
 *
 * <p>The repetitions of one benchmark are the values of one sample; they ran in one process and are one group. What the
 * tool works out of them (mean, median, standard deviation) is used only when the repetitions are not in the file.
 */
public final class GoogleBenchmarkReader implements ResultReader {
    /** Numbers that describe how it was measured rather than what came out. */
    private static final Set<String> NO_METRICS = Set.of(
            "family_index",
            "per_family_instance_index",
            "repetitions",
            "repetition_index",
            "threads",
            "iterations",
            "cpu_coefficient",
            "real_coefficient",
            "rms",
            "error_occurred",
            "skipped");

    private static final Set<String> AGGREGATES = Set.of("mean", "median", "stddev", "cv", "min", "max");

    public static boolean recognises(Head head) {
        return head.has("benchmarks", "[]", "real_time")
                || head.has("benchmarks", "[]", "run_type")
                || head.has("context", "library_build_type")
                || head.has("context", "mhz_per_cpu") && head.has("benchmarks");
    }

    @Override
    public void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("Google Benchmark", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("context")) {
                        context(json, facts, surroundings);
                    }
                });
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, surroundings);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            Repetitions repetitions = new Repetitions(header.get(), recorder);
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("benchmarks")) {
                        json.list(() -> repetitions.add(json.where(), Entry.of(json)));
                    }
                });
            }
            repetitions.handOn();
        }
    }

    private static void context(Json json, RunFacts facts, Surroundings surroundings) throws IOException {
        json.object(key -> {
            switch (key) {
                case "date" -> facts.measuredAt(Times.parse(json.text(), surroundings.zone()));
                case "host_name" -> facts.machine("info.host", json.text());
                case "num_cpus" -> facts.machine("cores", json.text());
                case "mhz_per_cpu" -> facts.machine("info.mhz", json.text());
                case "cpu_scaling_enabled" -> facts.machine("info.cpu.scaling", json.text());
                case "aslr_enabled" -> facts.machine("info.aslr", json.text());
                case "library_version" -> facts.tool("Google Benchmark", json.text());
                case "caches" -> facts.machine("caches", caches(json));
                case "load_avg" -> {
                    List<String> loads = new ArrayList<>();
                    json.list(() -> loads.add(json.text()));
                    facts.machine("info.load", String.join(" ", loads));
                }
                default -> facts.context(key, json.text());
            }
        });
    }

    /** The sizes of the caches: the one thing told here that differs from processor to processor. */
    private static String caches(Json json) throws IOException {
        List<String> caches = new ArrayList<>();
        json.list(() -> {
            Map<String, String> cache = new HashMap<>();
            json.object(key -> cache.put(key, json.text()));
            caches.add("L" + cache.getOrDefault("level", "?") + " " + cache.getOrDefault("type", "?") + " "
                    + cache.getOrDefault("size", "?") + " B shared by " + cache.getOrDefault("num_sharing", "?"));
        });
        return String.join(", ", caches);
    }

    /** One element of the list of benchmarks. */
    private record Entry(String name, String aggregate, String unit, String failure, Map<String, Double> numbers) {

        static Entry of(Json json) throws IOException {
            Map<String, String> texts = new HashMap<>();
            Map<String, Double> numbers = new LinkedHashMap<>();
            json.object(key -> {
                if (!json.isScalar()) {
                    return;
                }
                String text = json.text();
                double number = json.number();
                texts.put(key, text);
                if (json.isNumber() || !Double.isNaN(number) || text.equals("NaN")) {
                    numbers.put(key, number);
                }
            });
            String name = texts.getOrDefault("run_name", texts.getOrDefault("name", ""));
            String aggregate = texts.getOrDefault("aggregate_name", "");
            if (!texts.containsKey("run_name")) {
                int underscore = name.lastIndexOf('_');
                String suffix = name.substring(underscore + 1);
                if (underscore > 0 && (AGGREGATES.contains(suffix) || suffix.equals("BigO") || suffix.equals("RMS"))) {
                    aggregate = suffix;
                    name = name.substring(0, underscore);
                }
            }
            boolean failed = texts.getOrDefault("error_occurred", "").equals("true");
            boolean skipped = texts.getOrDefault("skipped", "").equals("true");
            String failure = failed
                    ? "failed: " + Shown.quoted(texts.getOrDefault("error_message", ""))
                    : skipped ? "was skipped: " + Shown.quoted(texts.getOrDefault("skip_message", "")) : "";
            numbers.keySet().removeIf(key -> NO_METRICS.contains(key) || isText(key));
            return new Entry(name, aggregate, texts.getOrDefault("time_unit", "ns"), failure, numbers);
        }

        private static boolean isText(String key) {
            return key.equals("name") || key.equals("run_name") || key.equals("label") || key.endsWith("_message");
        }
    }

    /** The entries of one benchmark, collected until the next one begins. */
    private static final class Repetitions {
        private final RunHeader header;
        private final Recorder recorder;
        private String name = "";
        private String where = "";
        private String timeUnit = "";
        private final Map<String, RawValues> raw = new LinkedHashMap<>();
        private final Map<String, Map<String, Double>> aggregates = new LinkedHashMap<>();

        Repetitions(RunHeader header, Recorder recorder) {
            this.header = header;
            this.recorder = recorder;
        }

        void add(String place, Entry entry) {
            if (!entry.name.equals(name) || !entry.unit.equals(timeUnit) && entry.aggregate.isEmpty()) {
                handOn();
                name = entry.name;
                where = place;
                timeUnit = entry.unit;
            }
            if (entry.name.isBlank()) {
                recorder.problem(place, "a benchmark without \"name\"; it is skipped");
                return;
            }
            if (!entry.failure.isEmpty()) {
                recorder.problem(place, "benchmark " + Shown.quoted(entry.name) + " " + entry.failure);
                return;
            }
            entry.numbers.forEach((metric, value) -> {
                if (entry.aggregate.isEmpty()) {
                    raw.computeIfAbsent(metric, key -> new RawValues()).add(value);
                } else if (AGGREGATES.contains(entry.aggregate) && Double.isFinite(value)) {
                    aggregates.computeIfAbsent(metric, key -> new HashMap<>()).put(entry.aggregate, value);
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
                if (unit.isPresent()
                        && !recorder.values(
                                where,
                                header,
                                benchmark,
                                metric,
                                unit.get(),
                                better(metric, unit.get()),
                                Sample.Center.MEAN,
                                values)) {
                    recorder.problem(where, benchmark, metric, "is no finite number; this metric is skipped");
                }
            });
            if (raw.isEmpty()) {
                aggregates.forEach((metric, stated) -> aggregate(benchmark, metric, stated));
            }
        }

        private void aggregate(Benchmark benchmark, String metric, Map<String, Double> stated) {
            double location = stated.getOrDefault("mean", stated.getOrDefault("median", Double.NaN));
            Optional<Unit> unit = recorder.unit(where, unit(metric));
            if (Double.isNaN(location) || unit.isEmpty()) {
                return; // a coefficient of variation or a complexity alone is no measurement
            }
            TreeMap<Double, Double> quantiles = new TreeMap<>();
            Map.of("min", 0.0, "median", 0.5, "max", 1.0).forEach((quantile, share) -> {
                if (stated.containsKey(quantile)) {
                    quantiles.put(share, stated.getOrDefault(quantile, location));
                }
            });
            double deviation = stated.getOrDefault("stddev", Double.NaN);
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

        private static Better better(String metric, Unit unit) {
            return Directions.ofUnit(unit).or(() -> Directions.ofName(metric)).orElse(Better.LOWER);
        }
    }
}
