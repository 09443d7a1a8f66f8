package dev.plumbline.ingest.gungraun;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The summary of one benchmark as JSON.
 *
 * <p>Since version 4 of its schema every tool is a profile with a total; before, Callgrind had a summary of its own:
 * since version 3 with a total, and in versions 1 and 2 with one summary for every process, which are added up.
 */
final class Summary {
    private final Json json;
    private final Map<String, String> texts = new HashMap<>();
    private final NamedNumbers metrics = new NamedNumbers();

    private Summary(Json json) {
        this.json = json;
    }

    static void read(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        Summary summary = new Summary(json);
        summary.walk();
        summary.handOn(where, importContext, recorder);
    }

    private void walk() throws IOException {
        json.object(key -> {
            switch (key) {
                case "module_path", "id", "details", "kind", "version" -> texts.put(key, json.text());
                case "profiles" ->
                    json.list(() -> json.object(part -> {
                        if (part.equals("summaries")) {
                            run();
                        }
                    }));
                case "callgrind_summary" ->
                    json.object(part -> {
                        switch (part) {
                            case "callgrind_run" -> callgrindRun();
                            case "summaries" ->
                                json.list(() -> json.object(field -> {
                                    if (field.equals("events")) {
                                        events("Callgrind");
                                    }
                                }));
                            default -> json.skip();
                        }
                    });
                case "tool_summaries" -> tools();
                default -> json.skip();
            }
        });
    }

    /** {@code {"total": {"summary": {"Callgrind": {"Ir": …}}}}}: what all parts have together. */
    private void run() throws IOException {
        json.object(part -> {
            if (part.equals("total")) {
                json.object(field -> {
                    if (field.equals("summary")) {
                        json.object(this::eventsOf);
                    }
                });
            }
        });
    }

    private void callgrindRun() throws IOException {
        json.object(part -> {
            if (part.equals("total")) {
                json.object(field -> {
                    if (field.equals("summary")) {
                        events("Callgrind");
                    }
                });
            }
        });
    }

    private void tools() throws IOException {
        json.list(() -> json.object(part -> {
            if (part.equals("summaries")) {
                run();
            }
        }));
    }

    private void eventsOf(String tool) throws IOException {
        String plain = tool.equals("ErrorTool") || tool.equals("None") ? "" : tool;
        events(plain);
    }

    private void events(String tool) throws IOException {
        if (!json.isObject()) {
            return;
        }
        json.object(event -> {
            double[] value = {Double.NaN};
            json.object(field -> {
                switch (field) {
                    case "metrics", "costs" -> value[0] = now();
                    case "new" -> value[0] = json.finite(field);
                    default -> json.skip();
                }
            });
            if (!Double.isNaN(value[0]) && metrics.size() < 10_000) {
                metrics.add(Events.metric(tool, event), value[0]);
            }
        });
    }

    /** {@code {"Left": 1}} or {@code {"Both": [{"Int": 1}, {"Int": 2}]}}: what is on the left was measured now. */
    private double now() throws IOException {
        double[] value = {Double.NaN};
        json.object(side -> {
            switch (side) {
                case "Left" -> value[0] = number();
                case "Both" -> {
                    int[] at = {0};
                    json.list(() -> {
                        if (at[0]++ == 0) {
                            value[0] = number();
                        }
                    });
                }
                default -> json.skip(); // on the right is what was measured before
            }
        });
        return value[0];
    }

    private double number() throws IOException {
        if (!json.isObject()) {
            return json.finite("the count");
        }
        double[] value = {Double.NaN};
        json.object(kind -> value[0] = json.finite(kind));
        return value[0];
    }

    private void handOn(String where, ImportContext importContext, Recorder recorder) {
        if (metrics.isEmpty()) {
            return;
        }
        TreeMap<String, String> parameters = new TreeMap<>();
        put(parameters, "id", texts.getOrDefault("id", ""));
        put(parameters, "args", texts.getOrDefault("details", ""));
        RunFacts facts = new RunFacts().tool("Gungraun", "");
        facts.context("schema", texts.getOrDefault("version", ""));
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        header.ifPresent(run -> recorder.benchmark(where, texts.getOrDefault("module_path", ""), parameters)
                .ifPresent(benchmark -> metrics.forEach((metric, value) -> {
                    String event = metric.substring(metric.indexOf('.') + 1);
                    recorder.number(where, run, benchmark, metric, Events.unit(event), Events.better(event), value);
                })));
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isBlank()) {
            parameters.put(name, value);
        }
    }
}
