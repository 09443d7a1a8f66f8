package dev.plumbline.ingest.perfherder;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
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
 * Reads performance artifacts of Treeherder: a JSON file, a list of them, or a log with lines {@code PERFHERDER_DATA:}.
 *
 * <p>A suite is a benchmark; a subtest is the benchmark {@code suite/subtest}. Framework, application and extra options
 * are parameters, as they are part of Perfherder's own signature. The metric {@code value} is the number that
 * Perfherder alerts on; where a subtest's replicates have another center, they are the metric {@code replicates}
 * beside it.
 */
public final class PerfherderReader implements ResultReader {
    private static final String MARK = "PERFHERDER_DATA:";

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            return head.has("framework", "name") && head.has("suites")
                    || head.has("suites", "[]", "subtests")
                    || head.has("[]", "framework", "name") && head.has("[]", "suites")
                    || head.has("performance_data", "suites");
        }
        return head.text().contains(MARK + " {") || head.text().contains(MARK + "{");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Head head = source.head();
        if (head.isObject() || head.isList()) {
            artifacts(value -> values(source, sink, value), importContext, recorder);
            return;
        }
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                int mark = lines.line().indexOf(MARK);
                if (mark >= 0) {
                    int from = mark + MARK.length();
                    long line = lines.number();
                    String text = lines.line().substring(from);
                    artifacts(value -> Json.inside(source, line, from + 1, text, sink, value), importContext, recorder);
                }
            }
        }
    }

    /** Reads every value of a text; can be done again. */
    @FunctionalInterface
    private interface Text {
        void read(Json.Value value) throws IOException;
    }

    private static void values(Source source, RunSink sink, Json.Value value) throws IOException {
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                value.read(json);
            }
        }
    }

    private static void artifacts(Text text, ImportContext importContext, Recorder recorder) throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        text.read(json -> each(json, () -> artifacts.add(Artifact.of(json, importContext))));
        int[] at = {0};
        text.read(json -> each(json, () -> {
            Artifact artifact = at[0] < artifacts.size() ? artifacts.get(at[0]) : new Artifact();
            at[0]++;
            suites(json, artifact, importContext, recorder);
        }));
    }

    private static void each(Json json, Json.Element element) throws IOException {
        if (json.isList()) {
            json.list(element);
        } else {
            element.read();
        }
    }

    /** The facts of an artifact that all its suites share. */
    private static final class Artifact {
        private final RunFacts facts = new RunFacts().tool("Perfherder", "");
        private final TreeMap<String, String> parameters = new TreeMap<>();

        static Artifact of(Json json, ImportContext importContext) throws IOException {
            Artifact artifact = new Artifact();
            json.object(key -> artifact.fact(json, key, importContext));
            return artifact;
        }

        private void fact(Json json, String key, ImportContext importContext) throws IOException {
            switch (key) {
                case "framework" ->
                    json.object(field -> {
                        if (field.equals("name")) {
                            put("framework", json.text());
                        }
                    });
                case "application" ->
                    json.object(field -> {
                        switch (field) {
                            case "name" -> put("application", json.text());
                            case "version" -> facts.context("application version", json.text());
                            default -> json.skip();
                        }
                    });
                case "os" ->
                    json.object(field -> {
                        switch (field) {
                            case "name" -> facts.machine("os", json.text());
                            case "platform_version" -> facts.machine("os.version", json.text());
                            default -> json.skip();
                        }
                    });
                case "pushTimestamp" -> facts.measuredAt(json.text(), importContext.zone());
                case "performance_data" -> json.object(field -> fact(json, field, importContext));
                default -> json.skip();
            }
        }

        private void put(String name, String value) {
            if (!value.isBlank()) {
                parameters.put(name, value);
            }
        }
    }

    private static void suites(Json json, Artifact artifact, ImportContext importContext, Recorder recorder)
            throws IOException {
        Optional<RunHeader> header = recorder.header(json.where(), artifact.facts, importContext);
        if (header.isEmpty()) {
            json.skip();
            return;
        }
        json.object(key -> {
            switch (key) {
                case "suites" -> json.list(() -> suite(json, artifact, header.get(), recorder));
                case "performance_data" ->
                    json.object(field -> {
                        if (field.equals("suites")) {
                            json.list(() -> suite(json, artifact, header.get(), recorder));
                        }
                    });
                default -> json.skip();
            }
        });
    }

    private static void suite(Json json, Artifact artifact, RunHeader header, Recorder recorder) throws IOException {
        Test suite = new Test(json.where());
        List<Test> subtests = new ArrayList<>();
        List<String> options = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "subtests" ->
                    json.list(() -> {
                        Test test = new Test(json.where());
                        json.object(field -> test.field(json, field));
                        subtests.add(test);
                    });
                case "extraOptions" -> json.list(() -> options.add(json.text()));
                default -> suite.field(json, key);
            }
        });
        TreeMap<String, String> parameters = new TreeMap<>(artifact.parameters);
        if (!options.isEmpty()) {
            parameters.put("options", String.join(" ", options.stream().sorted().toList()));
        }
        String name = suite.name();
        if (!Double.isNaN(suite.value)) {
            recorder.benchmark(suite.where, name, parameters)
                    .ifPresent(benchmark -> suite.handOn(header, benchmark, suite, recorder));
        }
        for (Test test : subtests) {
            recorder.benchmark(test.where, name + "/" + test.name(), parameters)
                    .ifPresent(benchmark -> test.handOn(header, benchmark, suite, recorder));
        }
    }

    /** A suite or a subtest. */
    private static final class Test {
        private final String where;
        private final Map<String, String> texts = new HashMap<>();
        private final RawValues replicates = new RawValues();
        private double value = Double.NaN;

        Test(String where) {
            this.where = where;
        }

        void field(Json json, String key) throws IOException {
            switch (key) {
                case "name", "unit", "lowerIsBetter" -> texts.put(key, json.text());
                case "value" -> value = json.finite(key);
                case "replicates" -> json.list(() -> replicates.add(json.number()));
                default -> json.skip();
            }
        }

        String name() {
            return texts.getOrDefault("name", "");
        }

        void handOn(RunHeader header, Benchmark benchmark, Test suite, Recorder recorder) {
            Optional<Unit> unit =
                    recorder.unit(where, texts.getOrDefault("unit", suite.texts.getOrDefault("unit", "")));
            if (unit.isEmpty()) {
                return;
            }
            Better better = better(texts)
                    .or(() -> Directions.ofUnit(unit.get()))
                    .or(() -> better(suite.texts))
                    .orElse(Better.LOWER);
            Optional<Sample.Values> raw = replicates
                    .sample(Sample.Center.MEDIAN)
                    .filter(values -> same(values.location()))
                    .or(() -> replicates.sample(Sample.Center.MEAN).filter(values -> same(values.location())));
            if (raw.isPresent() && replicates.leftOut() == 0) {
                recorder.directed(where, header, benchmark, "value", unit.get(), better, raw.get());
                return;
            }
            if (Double.isFinite(value)) {
                recorder.directed(where, header, benchmark, "value", unit.get(), better, Sample.Summary.of(value));
            } else {
                recorder.problem(where, benchmark, "value", "has no finite number; it is skipped");
            }
            recorder.values(
                    where, header, benchmark, "replicates", unit.get(), better, Sample.Center.MEDIAN, replicates);
        }

        /** Whether the tool's number is this center; tools round to some digits. */
        private boolean same(double center) {
            return Math.abs(center - value) <= 1e-9 * Math.abs(value);
        }

        private static Optional<Better> better(Map<String, String> texts) {
            return switch (texts.getOrDefault("lowerIsBetter", "")) {
                case "true" -> Optional.of(Better.LOWER);
                case "false" -> Optional.of(Better.HIGHER);
                default -> Optional.empty();
            };
        }
    }
}
