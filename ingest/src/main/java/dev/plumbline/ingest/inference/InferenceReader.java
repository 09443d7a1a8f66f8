package dev.plumbline.ingest.inference;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads inference results, {@code <model>_<date>[_<time>].json}:
 * {@code {"config"?, "timestamp"?, "results": {"<implementation>": {"latency_ms": …, …}}}}.
 *
 * <p>The model is the benchmark; the implementation, and what of the configuration changes the work (batch size,
 * precision, device …), are its parameters. Each number is a metric of its own.
 */
public final class InferenceReader implements ResultReader {
    private static final int MOST_IMPLEMENTATIONS = 10_000;

    /** Settings that make the same model another piece of work. */
    private static final Set<String> WORK = Set.of(
            "batch_size",
            "sequence_length",
            "seq_len",
            "max_length",
            "input_shape",
            "image_size",
            "precision",
            "dtype",
            "quantization",
            "device",
            "backend",
            "num_threads",
            "threads",
            "num_gpus");

    public static boolean recognises(Head head) {
        return head.has("results", "*", "latency_ms")
                || head.has("results", "*", "throughput_samples_per_sec")
                || head.has("results", "*", "peak_memory_mb") && head.has("results", "*", "memory_efficiency");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("inference benchmark", "");
        Map<String, String> config = new LinkedHashMap<>();
        List<Result> results = new ArrayList<>();
        AtomicReference<Instant> own = new AtomicReference<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "config" -> config(json, "", config, 0);
                        case "timestamp" -> {
                            Optional<Instant> time = Times.parse(json.text(), importContext.zone());
                            if (time.isPresent()) {
                                own.set(time.get());
                            } else if (!json.isNull()) {
                                json.problem(json.shown() + " is not a time; using the time in the file name");
                            }
                        }
                        case "results" ->
                            json.object(implementation -> {
                                results.add(Result.of(Texts.wellFormed(implementation), json));
                                if (results.size() > MOST_IMPLEMENTATIONS) {
                                    throw new UnreadableInput(
                                            json.where(), "has more than " + MOST_IMPLEMENTATIONS + " implementations");
                                }
                            });
                        default -> facts.context(key, json.text());
                    }
                });
            }
        }
        Optional<Instant> reported = Optional.ofNullable(own.get());
        Optional<DatedName> fileName = DatedName.of(
                source.fileName(), importContext.zone(), importContext.now(), reported, source::neighbours);
        facts.measuredAt(reported.or(() -> fileName.flatMap(DatedName::time)));
        Optional<String> model = fileName.filter(DatedName::isDated)
                .map(DatedName::name)
                .or(() -> Optional.ofNullable(config.get("model")))
                .or(() -> Optional.ofNullable(config.get("model_name")));
        fileName.filter(name -> name.isDated() ? reported.isEmpty() : model.isEmpty())
                .flatMap(DatedName::doubt)
                .ifPresent(doubt -> sink.problem(new Problem(source.name(), doubt)));
        String name = model.orElseGet(() -> withoutExtension(source.fileName()));
        TreeMap<String, String> work = new TreeMap<>();
        config.forEach((key, value) -> {
            if (WORK.contains(key.toLowerCase(Locale.ROOT))) {
                work.put(key, value);
            } else {
                facts.context("config." + key, value);
            }
        });
        results.forEach(result -> result.context().forEach(facts::context));
        recorder.header(source.name(), facts, importContext)
                .ifPresent(header -> results.forEach(result -> result.record(header, name, work, recorder)));
    }

    private static String withoutExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private static void config(Json json, String prefix, Map<String, String> config, int depth) throws IOException {
        json.object(key -> {
            String name = prefix + Texts.wellFormed(key);
            if (json.isObject() && depth < 3) {
                config(json, name + ".", config, depth + 1);
            } else if (json.isList()) {
                List<String> parts = new ArrayList<>();
                json.list(() -> parts.add(json.text()));
                config.put(name, String.join("x", parts));
            } else {
                config.put(name, json.text());
            }
        });
    }

    /** The result of one implementation. */
    private record Result(
            String where,
            String implementation,
            NamedNumbers numbers,
            Map<String, String> notNumbers,
            List<Double> interval,
            Map<String, String> context) {

        static Result of(String implementation, Json json) throws IOException {
            Result result = new Result(
                    json.where(),
                    implementation,
                    new NamedNumbers(),
                    new LinkedHashMap<>(),
                    new ArrayList<>(),
                    new LinkedHashMap<>());
            json.object(key -> {
                switch (key) {
                    case "confidence_interval_95" -> json.list(() -> result.interval.add(json.number()));
                    case "statistical_significance" ->
                        result.context.put(implementation + ": statistical_significance", json.text());
                    default -> result.number(Texts.wellFormed(key), json);
                }
            });
            return result;
        }

        private void number(String key, Json json) {
            double value = json.number();
            if (Double.isFinite(value)) {
                numbers.put(key, value);
            } else if (Metric.of(key).isPresent() || json.isNumber()) {
                notNumbers.put(key, json.shown());
            } else if (json.isScalar()) {
                context.put(implementation + ": " + key, json.text());
            }
        }

        void record(RunHeader header, String model, Map<String, String> work, Recorder recorder) {
            TreeMap<String, String> parameters = new TreeMap<>(work);
            parameters.put("implementation", implementation);
            Optional<Benchmark> made = recorder.benchmark(where, model, parameters);
            if (made.isEmpty()) {
                return;
            }
            Benchmark benchmark = made.get();
            notNumbers.forEach((key, shown) -> recorder.problem(
                    where, benchmark, key, "is " + shown + ", no finite number; this metric is skipped"));
            numbers.forEach((key, value) -> {
                Metric metric = Metric.of(key).orElseGet(() -> Metric.guessed(where, key, recorder));
                Optional<Interval> bounds = key.equals("latency_ms") ? bounds(benchmark, recorder) : Optional.empty();
                Sample sample = new Sample.Summary(value, 0, OptionalDouble.empty(), bounds, new TreeMap<>());
                recorder.stated(where, header, benchmark, metric.name, metric.unit, metric.better, sample);
            });
        }

        private Optional<Interval> bounds(Benchmark benchmark, Recorder recorder) {
            if (interval.isEmpty()) {
                return Optional.empty();
            }
            if (interval.size() == 2 && interval.get(0) <= interval.get(1)) {
                return Optional.of(new Interval(interval.get(0), interval.get(1), 0.95));
            }
            recorder.problem(
                    where,
                    benchmark,
                    "latency",
                    "confidence_interval_95 is two numbers, the smaller first, not " + interval + "; it is ignored");
            return Optional.empty();
        }
    }

    /** The meaning of a key. */
    private record Metric(String name, String unit, Better better) {
        static Optional<Metric> of(String key) {
            return switch (key) {
                case "latency_ms" -> Optional.of(new Metric("latency", "ms", Better.LOWER));
                case "throughput_samples_per_sec" -> Optional.of(new Metric("throughput", "samples/s", Better.HIGHER));
                case "peak_memory_mb" -> Optional.of(new Metric("peak_memory", "MB", Better.LOWER));
                case "memory_efficiency" -> Optional.of(new Metric(key, "", Better.HIGHER));
                case "accuracy_loss" -> Optional.of(new Metric(key, "", Better.LOWER));
                default -> Optional.empty();
            };
        }

        /** A key that is not documented: a unit at its end is taken, and the direction from it or from the words. */
        static Metric guessed(String where, String key, Recorder recorder) {
            int underscore = key.lastIndexOf('_');
            String last = key.substring(underscore + 1);
            boolean reported = underscore > 0
                    && Set.of("ms", "us", "ns", "s", "sec", "mb", "gb", "kb", "mib", "gib", "bytes")
                            .contains(last);
            String unit = reported ? last : "";
            String name = reported ? key.substring(0, underscore) : key;
            Unit of = Unit.of(unit);
            return new Metric(
                    name,
                    unit,
                    recorder.better(where, name, of, Directions.ofUnit(of).or(() -> Directions.ofName(key))));
        }
    }
}
