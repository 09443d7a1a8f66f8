package dev.plumbline.ingest.gradleprofiler;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the JSON that gradle-profiler writes beside its HTML: every measured build of every scenario.
 *
 * <p>Warm-up builds are passed over. Besides tool and tasks, the arguments of Gradle and its JVM are parameters.
 */
public final class GradleProfilerJsonReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("scenarios", "[]", "iterations")
                || head.has("scenarios", "[]", "definition", "buildTool")
                || head.has("environment", "profilerVersion");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("gradle-profiler", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "date" -> facts.measuredAt(json.text(), importContext.zone());
                        case "title" -> facts.context("title", json.text());
                        case "environment" ->
                            json.object(field -> {
                                switch (field) {
                                    case "profilerVersion" -> facts.tool("gradle-profiler", json.text());
                                    case "operatingSystem" -> facts.software("info.os", json.text());
                                    default -> json.skip();
                                }
                            });
                        default -> json.skip();
                    }
                });
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("scenarios")) {
                        json.list(() -> scenario(json, header.get(), recorder));
                    }
                });
            }
        }
    }

    private static void scenario(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        Map<String, String> definition = new HashMap<>();
        TreeMap<String, String> parameters = new TreeMap<>();
        Map<String, String> units = new HashMap<>();
        Builds builds = new Builds(header, recorder);
        json.object(key -> {
            switch (key) {
                case "definition" ->
                    json.object(field -> {
                        switch (field) {
                            case "args", "jvmArgs" -> list(json, field, parameters);
                            default -> {
                                if (json.isScalar()) {
                                    definition.put(field, json.text());
                                }
                            }
                        }
                    });
                case "samples" ->
                    json.list(() -> {
                        Map<String, String> sample = new HashMap<>();
                        json.object(field -> {
                            if (json.isScalar()) {
                                sample.put(field, json.text());
                            }
                        });
                        units.put(sample.getOrDefault("name", ""), sample.getOrDefault("unit", ""));
                    });
                case "iterations" -> json.list(() -> iteration(json, builds));
                default -> json.skip();
            }
        });
        put(parameters, "tool", definition.getOrDefault("buildTool", ""));
        put(parameters, "tasks", definition.getOrDefault("tasks", ""));
        String title = definition.getOrDefault("title", definition.getOrDefault("name", ""));
        recorder.benchmark(where, title, parameters).ifPresent(benchmark -> builds.handOn(where, benchmark, units));
    }

    private static void list(Json json, String name, TreeMap<String, String> parameters) throws IOException {
        List<String> words = new ArrayList<>();
        json.list(() -> words.add(json.text()));
        put(parameters, name, String.join(" ", words));
    }

    private static void put(TreeMap<String, String> parameters, String name, String value) {
        if (!value.isBlank()) {
            parameters.put(name, value);
        }
    }

    private static void iteration(Json json, Builds builds) throws IOException {
        String[] phase = {""};
        NamedNumbers values = new NamedNumbers();
        json.object(key -> {
            switch (key) {
                case "phase" -> phase[0] = json.text();
                case "values" -> json.object(name -> values.state(name, json.number()));
                default -> json.skip();
            }
        });
        if (phase[0].equals("MEASURE")) {
            values.forEach(builds::add);
        }
    }
}
