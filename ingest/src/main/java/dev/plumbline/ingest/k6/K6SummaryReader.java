package dev.plumbline.ingest.k6;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the summary at the end of a k6 test in its three layouts: what {@code --summary-export} writes, what {@code
 * handleSummary} is given, and the one of {@code --new-machine-readable-summary}.
 *
 * <p>The script, or else the file's name, is the benchmark, with the most virtual users as parameter {@code vus}; every
 * metric of k6 is one of its metrics, and the tags of a part such as {@code http_req_duration{expected_response:true}}
 * are parameters.
 */
public final class K6SummaryReader implements ResultReader {
    private static final int MOST_METRICS = 100_000;

    public static boolean recognises(Head head) {
        return head.has("metrics", "*", "p(95)")
                || head.has("metrics", "*", "values")
                || head.has("root_group", "groups")
                || head.has("metrics", "http_reqs")
                || head.has("metrics", "iterations")
                || head.has("metadata", "k6Version")
                || head.has("metadata", "k6_version");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                new Summary(source, json).read(importContext, recorder);
            }
        }
    }

    private static final class Summary {
        private final Source source;
        private final Json json;
        private final String where;
        private final List<K6Metric> metrics = new ArrayList<>();
        private final Map<String, String> facts = new TreeMap<>();
        private double seconds = Double.NaN;

        Summary(Source source, Json json) {
            this.source = source;
            this.json = json;
            this.where = json.where();
        }

        void read(ImportContext importContext, Recorder recorder) throws IOException {
            json.object(key -> {
                switch (key) {
                    case "metrics" -> json.object(this::metric);
                    case "results" -> json.object(part -> results(part));
                    case "state" ->
                        json.object(part -> {
                            if (part.equals("testRunDurationMs")) {
                                seconds = json.finite(part) / 1000;
                            }
                        });
                    case "config" ->
                        json.object(part -> {
                            if (part.equals("duration")) {
                                seconds = json.finite(part);
                            } else {
                                facts.put(part, json.text());
                            }
                        });
                    case "metadata" -> json.object(part -> facts.put(part, json.text()));
                    default -> json.skip();
                }
            });
            record(importContext, recorder);
        }

        private void results(String part) throws IOException {
            if (part.equals("metrics")) {
                json.list(this::listedMetric);
            } else if (part.equals("checks")) {
                json.object(check -> {
                    if (check.equals("metrics")) {
                        json.list(this::listedMetric);
                    }
                });
            }
        }

        private void listedMetric() throws IOException {
            K6Metric metric = new K6Metric(json.where());
            json.object(key -> {
                if (key.equals("name")) {
                    metric.named(json.text());
                } else {
                    metric.field(key, json);
                }
            });
            add(metric);
        }

        private void metric(String name) throws IOException {
            K6Metric metric = new K6Metric(json.where());
            metric.named(name);
            json.object(key -> metric.field(key, json));
            add(metric);
        }

        private void add(K6Metric metric) throws IOException {
            metrics.add(metric);
            if (metrics.size() > MOST_METRICS) {
                throw new UnreadableInput(json.where(), "has more than " + MOST_METRICS + " metrics");
            }
        }

        private void record(ImportContext importContext, Recorder recorder) {
            String version = facts.getOrDefault("k6Version", facts.getOrDefault("k6_version", ""));
            String generated = facts.getOrDefault("generatedAt", facts.getOrDefault("generated_at", ""));
            RunFacts run = new RunFacts()
                    .tool("k6", version)
                    .context("execution", facts.getOrDefault("execution", ""))
                    .measuredAt(generated, importContext.zone());
            Optional<RunHeader> header = recorder.header(where, run, importContext);
            Map<String, String> load = new TreeMap<>();
            for (K6Metric metric : metrics) {
                if (metric.name().equals("vus_max")) {
                    metric.gauge().ifPresent(users -> load.put("vus", users));
                }
            }
            String script = facts.getOrDefault("script", "");
            String name = script.isBlank() ? source.stem() : script.substring(script.lastIndexOf('/') + 1);
            for (K6Metric metric : metrics) {
                if (metric.name().equals("vus_max") || metric.name().equals("vus")) {
                    continue;
                }
                Map<String, String> parameters = new TreeMap<>(metric.tags());
                parameters.putAll(load);
                Optional<Benchmark> benchmark = recorder.benchmark(metric.where(), name, parameters);
                if (header.isPresent() && benchmark.isPresent()) {
                    metric.record(header.get(), benchmark.get(), seconds, recorder);
                }
            }
        }
    }
}
