package dev.plumbline.ingest.rebench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the JSON that ReBench sends to ReBenchDB: the same measurements as in its data file, with the names of the
 * criteria in a list of their own, for which the file is read twice.
 */
public final class ReBenchDbReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("data", "[]", "runId") && (head.has("criteria") || head.has("startTime"))
                || head.has("criteria", "[]", "c") && head.has("criteria", "[]", "u") && head.has("data");
    }

    /** A criterion's name and unit. */
    private record Criterion(String name, String unit) {}

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        ReBenchExecution execution = new ReBenchExecution();
        Map<Long, Criterion> criteria = new HashMap<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "env" -> execution.environment(json);
                        case "source" -> execution.source(json);
                        case "startTime" -> execution.start(json.text(), importContext);
                        case "projectName" -> execution.facts().context("project", json.text());
                        case "experimentName" -> execution.facts().context("experiment", json.text());
                        case "criteria" -> json.list(() -> criterion(json, criteria));
                        default -> json.skip();
                    }
                });
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), execution.facts(), importContext);
        if (header.isEmpty()) {
            return;
        }
        Runs runs = new Runs(recorder);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("data")) {
                        json.list(() -> run(json, header.get(), criteria, runs, recorder));
                    }
                });
            }
        }
        runs.handOn();
    }

    private static void criterion(Json json, Map<Long, Criterion> criteria) throws IOException {
        long[] index = {-1};
        String[] reported = {"", ""};
        json.object(key -> {
            switch (key) {
                case "i" -> index[0] = json.integer(-1);
                case "c" -> reported[0] = json.text();
                case "u" -> reported[1] = json.text();
                default -> json.skip();
            }
        });
        if (criteria.size() < 100_000) {
            criteria.put(index[0], new Criterion(reported[0], reported[1]));
        }
    }

    /** A value as in the file, before its run's names are known. */
    private record Value(String where, String invocation, long criterion, double value) {}

    private static void run(Json json, RunHeader header, Map<Long, Criterion> criteria, Runs runs, Recorder recorder)
            throws IOException {
        String where = json.where();
        TreeMap<String, String> names = new TreeMap<>();
        List<Value> values = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "runId" -> names(json, names);
                case "d" -> json.list(() -> points(json, values));
                default -> json.skip();
            }
        });
        for (Value value : values) {
            Criterion criterion = criteria.get(value.criterion);
            if (criterion == null || criterion.name.isBlank()) {
                recorder.problem(value.where, "criterion " + value.criterion + " is not in the list; it is skipped");
            } else {
                runs.add(where, header, names, criterion.name, criterion.unit, value.invocation, value.value);
            }
        }
    }

    private static void names(Json json, TreeMap<String, String> names) throws IOException {
        json.object(key -> {
            switch (key) {
                case "varValue", "inputSize", "extraArgs", "cores", "machine" -> names.put(key, json.text());
                case "benchmark" ->
                    json.object(part -> {
                        switch (part) {
                            case "name" -> names.put("benchmark", json.text());
                            case "suite" ->
                                json.object(field -> {
                                    switch (field) {
                                        case "name" -> names.put("suite", json.text());
                                        case "executor" ->
                                            json.object(last -> {
                                                if (last.equals("name")) {
                                                    names.put("executor", json.text());
                                                }
                                            });
                                        default -> json.skip();
                                    }
                                });
                            default -> json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
    }

    /**
     * The values of one invocation: a list for every criterion with a value for every iteration, or, as older versions
     * have it, an object for every value.
     */
    private static void points(Json json, List<Value> values) throws IOException {
        String[] invocation = {""};
        List<Value> here = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "in" -> invocation[0] = json.text();
                case "m" -> {
                    long[] index = {0};
                    json.list(() -> {
                        if (json.isObject()) {
                            here.add(single(json));
                        } else if (json.isList()) {
                            json.list(() -> {
                                if (!json.isNull()) {
                                    here.add(new Value(json.where(), "", index[0], json.number()));
                                }
                            });
                        }
                        index[0]++;
                    });
                }
                default -> json.skip();
            }
        });
        here.forEach(value -> values.add(new Value(value.where, invocation[0], value.criterion, value.value)));
    }

    private static Value single(Json json) throws IOException {
        String where = json.where();
        long[] criterion = {-1};
        double[] value = {Double.NaN};
        json.object(key -> {
            switch (key) {
                case "c" -> criterion[0] = json.integer(-1);
                case "v" -> value[0] = json.number();
                default -> json.skip();
            }
        });
        return new Value(where, "", criterion[0], value[0]);
    }
}
