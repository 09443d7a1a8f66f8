package dev.plumbline.ingest.pyperf;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
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
 * Reads what pyperf's {@code -o} writes.
 *
 * <p>Each of its runs is a process and a group here. Warm-ups, and runs that only found out how many loops to take,
 * have no values and are passed over.
 */
public final class PyperfReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("benchmarks", "[]", "runs");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Map<String, String> common = new HashMap<>();
        String[] first = {""};
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "metadata" -> json.object(name -> common.put(name, json.text()));
                        case "benchmarks" ->
                            json.list(() -> json.object(part -> {
                                if (part.equals("runs") && first[0].isEmpty()) {
                                    json.list(() -> json.object(name -> firstDate(json, name, first)));
                                }
                            }));
                        default -> json.skip();
                    }
                });
            }
        }
        RunFacts facts = facts(common).measuredAt(first[0], importContext.zone());
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("benchmarks")) {
                        json.list(() -> benchmark(json, header.get(), common, recorder));
                    }
                });
            }
        }
    }

    private static void firstDate(Json json, String name, String[] first) throws IOException {
        if (name.equals("metadata") && first[0].isEmpty()) {
            json.object(key -> {
                if (key.equals("date")) {
                    first[0] = json.text();
                }
            });
        }
    }

    private static RunFacts facts(Map<String, String> common) {
        String version = common.getOrDefault("pyperf_version", common.getOrDefault("perf_version", ""));
        String python =
                common.getOrDefault("python_implementation", "") + " " + common.getOrDefault("python_version", "");
        return new RunFacts()
                .tool("pyperf", version)
                .machine("cpu", common.getOrDefault("cpu_model_name", ""))
                .machine("cores", common.getOrDefault("cpu_count", ""))
                .machine("python", python.strip())
                .machine("info.host", common.getOrDefault("hostname", ""))
                .machine("info.platform", common.getOrDefault("platform", ""))
                .machine("info.cpu.config", common.getOrDefault("cpu_config", ""))
                .machine("info.python.compiler", common.getOrDefault("python_compiler", ""));
    }

    private static void benchmark(Json json, RunHeader header, Map<String, String> common, Recorder recorder)
            throws IOException {
        String where = json.where();
        Map<String, String> reported = new HashMap<>(common);
        RawValues values = new RawValues();
        json.object(key -> {
            switch (key) {
                case "metadata" -> json.object(name -> reported.put(name, json.text()));
                case "runs" ->
                    json.list(() -> {
                        json.object(name -> {
                            if (name.equals("values")) {
                                json.list(() -> values.add(json.number()));
                            }
                        });
                        values.endGroup();
                    });
                default -> json.skip();
            }
        });
        Unit unit =
                switch (reported.getOrDefault("unit", "second")) {
                    case "second" -> Unit.of("s");
                    case "byte" -> Unit.of("B");
                    default -> Unit.of("");
                };
        String metric = unit.isDuration() ? "time" : unit.base().equals("B") ? "memory" : "value";
        recorder.benchmark(where, reported.getOrDefault("name", ""), new TreeMap<>())
                .ifPresent(benchmark -> {
                    if (!recorder.values(
                                    where,
                                    header,
                                    benchmark,
                                    metric,
                                    unit,
                                    Better.LOWER,
                                    Sample.Center.PSEUDOMEDIAN,
                                    values)
                            && values.leftOut() == 0) {
                        recorder.problem(
                                where, benchmark, metric, "has no values but those of calibration; it is skipped");
                    }
                });
    }
}
