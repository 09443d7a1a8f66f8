package dev.plumbline.ingest.torch;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads records of PyTorch's benchmark database, as vLLM and others write them beside their own results: a list of
 * objects, or one in a line, each with {@code benchmark}, {@code model} and {@code metric}.
 *
 * <p>Model, mode, type and backend are parameters; every value of a record is kept, their pseudomedian standing for
 * them.
 */
public final class PyTorchRecordsReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("[]", "metric", "benchmark_values") || head.has("metric", "benchmark_values");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> entry(json, importContext, recorder));
                } else {
                    entry(json, importContext, recorder);
                }
            }
        }
    }

    private static void entry(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        RunFacts facts = new RunFacts().tool("PyTorch benchmark database", "");
        TreeMap<String, String> parameters = new TreeMap<>();
        Map<String, String> texts = new HashMap<>();
        RawValues values = new RawValues();
        json.object(key -> {
            switch (key) {
                case "benchmark" ->
                    json.object(field -> {
                        switch (field) {
                            case "name" -> texts.put("benchmark", json.text());
                            case "mode", "dtype" -> put(parameters, field, json.text());
                            case "extra_info" ->
                                json.object(name -> {
                                    switch (name) {
                                        case "device", "arch" -> facts.machine(name, json.text());
                                        default -> facts.context(name, json.text());
                                    }
                                });
                            default -> json.skip();
                        }
                    });
                case "model" ->
                    json.object(field -> {
                        switch (field) {
                            case "name" -> put(parameters, "model", json.text());
                            case "backend" -> put(parameters, "backend", json.text());
                            default -> json.skip();
                        }
                    });
                case "metric" ->
                    json.object(field -> {
                        switch (field) {
                            case "name" -> texts.put("metric", json.text());
                            case "unit" -> texts.put("unit", json.text());
                            case "benchmark_values" -> json.list(() -> values.add(json.number()));
                            default -> json.skip();
                        }
                    });
                case "head_sha" -> facts.commit(json.text());
                case "head_branch" -> facts.branch(json.text());
                case "timestamp" -> facts.measuredAt(json.text(), importContext.zone());
                default -> json.skip();
            }
        });
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        Optional<Unit> unit = recorder.unit(where, texts.getOrDefault("unit", ""));
        if (header.isEmpty() || unit.isEmpty()) {
            return;
        }
        String metric = texts.getOrDefault("metric", "");
        Better better = recorder.better(
                where, metric, unit.get(), Directions.ofUnit(unit.get()).or(() -> Directions.ofName(metric)));
        recorder.benchmark(where, texts.getOrDefault("benchmark", ""), parameters)
                .ifPresent(benchmark -> {
                    if (!recorder.values(
                                    where,
                                    header.get(),
                                    benchmark,
                                    metric,
                                    unit.get(),
                                    better,
                                    Sample.Center.PSEUDOMEDIAN,
                                    values)
                            && values.leftOut() == 0) {
                        recorder.problem(where, benchmark, metric, "has no value; this metric is skipped");
                    }
                });
    }

    private static void put(TreeMap<String, String> parameters, String name, String value) {
        if (!value.isBlank()) {
            parameters.put(name, value);
        }
    }
}
