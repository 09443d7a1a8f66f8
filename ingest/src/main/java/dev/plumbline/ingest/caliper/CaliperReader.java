package dev.plumbline.ingest.caliper;

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
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the JSON that Caliper keeps of its results: a list of trials.
 *
 * <p>A value is what a measurement took for one repetition, its magnitude divided by its weight; values are summarised
 * by their median. A trial has a JVM of its own: the trials of one benchmark are the groups of one sample.
 */
public final class CaliperReader implements ResultReader {
    private static final int MOST_WAITING = 1 << 18;

    public static boolean recognises(Head head) {
        return head.has("[]", "instrumentSpec") && head.has("[]", "scenario")
                || head.has("[]", "scenario", "benchmarkSpec");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Trials trials = new Trials(recorder);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> trial(json, importContext, trials, recorder));
                } else {
                    trial(json, importContext, trials, recorder);
                }
            }
        }
        trials.handOn();
    }

    private static void trial(Json json, ImportContext importContext, Trials trials, Recorder recorder)
            throws IOException {
        String where = json.where();
        RunFacts facts = new RunFacts().tool("Caliper", "");
        Map<String, String> texts = new HashMap<>();
        TreeMap<String, String> parameters = new TreeMap<>();
        Map<String, RawValues> values = new LinkedHashMap<>();
        Map<String, String> units = new HashMap<>();
        json.object(key -> {
            switch (key) {
                case "run" ->
                    json.object(field -> {
                        switch (field) {
                            case "startTime" -> facts.measuredAt(json.text(), importContext.zone());
                            case "label" -> facts.context("label", json.text());
                            default -> json.skip();
                        }
                    });
                case "instrumentSpec" ->
                    json.object(field -> {
                        if (field.equals("className")) {
                            facts.context("instrument", json.text());
                        }
                    });
                case "scenario" -> json.object(part -> scenario(json, part, facts, texts, parameters));
                case "measurements" -> json.list(() -> measurement(json, values, units));
                default -> json.skip();
            }
        });
        String type = texts.getOrDefault("className", "");
        String method = texts.getOrDefault("methodName", "");
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        header.ifPresent(run -> recorder.benchmark(where, type.isEmpty() ? method : type + "." + method, parameters)
                .ifPresent(benchmark -> trials.add(where, run, benchmark, values, units)));
    }

    private static void scenario(
            Json json, String part, RunFacts facts, Map<String, String> texts, TreeMap<String, String> parameters)
            throws IOException {
        switch (part) {
            case "host" ->
                json.object(field -> {
                    if (field.equals("properties")) {
                        json.object(name -> host(name, json.text(), facts));
                    }
                });
            case "vmSpec" ->
                json.object(field -> {
                    if (field.equals("properties")) {
                        json.object(name -> machine(name, json.text(), texts));
                    }
                });
            case "benchmarkSpec" ->
                json.object(field -> {
                    switch (field) {
                        case "className", "methodName" -> texts.put(field, json.text());
                        case "parameters" -> json.object(name -> parameters.put(name, json.written()));
                        default -> json.skip();
                    }
                });
            default -> json.skip();
        }
        String jvm = texts.getOrDefault("java.vm.name", "") + " " + texts.getOrDefault("java.vm.version", "");
        facts.software("jvm", jvm.strip());
    }

    private static void host(String name, String value, RunFacts facts) {
        switch (name) {
            case "host.availableProcessors" -> facts.machine("cores", value);
            case "host.cpu.names" -> facts.machine("cpu", value);
            case "os.arch" -> facts.machine("arch", value);
            case "os.name" -> facts.machine("os", value);
            case "os.version", "host.memory.physical", "host.name" -> facts.machine("info." + name, value);
            default -> {} // sizes that follow from these
        }
    }

    private static void machine(String name, String value, Map<String, String> texts) {
        if (name.equals("java.vm.name") || name.equals("java.vm.version")) {
            texts.put(name, value);
        }
    }

    private static void measurement(Json json, Map<String, RawValues> values, Map<String, String> units)
            throws IOException {
        double[] numbers = {Double.NaN, 1};
        String[] texts = {"", ""};
        json.object(key -> {
            switch (key) {
                case "value" ->
                    json.object(field -> {
                        switch (field) {
                            case "magnitude" -> numbers[0] = json.number();
                            case "unit" -> texts[1] = json.text();
                            default -> json.skip();
                        }
                    });
                case "weight" -> numbers[1] = json.number();
                case "description" -> texts[0] = json.text();
                default -> json.skip();
            }
        });
        if (values.size() < 1000 || values.containsKey(texts[0])) {
            values.computeIfAbsent(texts[0], made -> new RawValues()).add(numbers[0] / numbers[1]);
            units.putIfAbsent(texts[0], texts[1]);
        }
    }

    /** Values that wait for further trials of the same benchmark. */
    private static final class Trials {
        /** The key of a sample. */
        private record Key(RunHeader header, Benchmark benchmark, String description, String unit) {}

        private final Recorder recorder;
        private final Map<Key, RawValues> waiting = new LinkedHashMap<>();
        private final Map<Key, String> places = new HashMap<>();
        private int count;

        Trials(Recorder recorder) {
            this.recorder = recorder;
        }

        void add(
                String where,
                RunHeader header,
                Benchmark benchmark,
                Map<String, RawValues> values,
                Map<String, String> units) {
            values.forEach((description, raw) -> {
                Key key = new Key(header, benchmark, description, units.getOrDefault(description, ""));
                places.putIfAbsent(key, where);
                count += raw.count();
                raw.appendTo(waiting.computeIfAbsent(key, made -> new RawValues()));
            });
            if (count > MOST_WAITING) {
                handOn();
            }
        }

        void handOn() {
            waiting.forEach((key, values) -> {
                String where = places.getOrDefault(key, "");
                Optional<Unit> unit = recorder.unit(where, key.unit);
                if (unit.isPresent()) {
                    String metric =
                            key.description.equals("runtime") || key.description.isBlank() ? "time" : key.description;
                    Better better = recorder.better(
                            where,
                            metric,
                            unit.get(),
                            Directions.ofUnit(unit.get()).or(() -> Directions.ofName(metric)));
                    if (!recorder.values(
                                    where,
                                    key.header,
                                    key.benchmark,
                                    metric,
                                    unit.get(),
                                    better,
                                    Sample.Center.MEDIAN,
                                    values)
                            && values.leftOut() == 0) {
                        recorder.problem(where, key.benchmark, metric, "has no value; this metric is skipped");
                    }
                }
            });
            waiting.clear();
            places.clear();
            count = 0;
        }
    }
}
