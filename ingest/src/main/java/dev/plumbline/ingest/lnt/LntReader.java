package dev.plumbline.ingest.lnt;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads LNT's reports, of version 1 ({@code Machine}, {@code Run}, {@code Tests}) and 2 ({@code format_version}, {@code
 * machine}, {@code run}, {@code tests}).
 *
 * <p>In version 1 the last part of a test's name is the metric, when LNT knows it as one.
 */
public final class LntReader implements ResultReader {
    private static final Set<String> METRICS = Set.of(
            "compile",
            "exec",
            "code_size",
            "mem",
            "mem_bytes",
            "score",
            "link",
            "user",
            "sys",
            "wall",
            "size",
            "hash_size");
    private static final Set<String> NO_METRICS = Set.of("hash", "status", "compile.status", "exec.status", "profile");

    public static boolean recognises(Head head) {
        return head.has("Machine") && (head.has("Tests") || head.has("Run"))
                || head.has("machine") && head.has("run") && head.has("tests");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("LNT", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "Machine", "machine" -> machine(json, facts);
                        case "Run", "run" -> run(json, facts, importContext);
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
                    switch (key) {
                        case "Tests" -> json.list(() -> first(json, header.get(), recorder));
                        case "tests" -> json.list(() -> second(json, header.get(), recorder));
                        default -> json.skip();
                    }
                });
            }
        }
    }

    private static void machine(Json json, RunFacts facts) throws IOException {
        json.object(key -> {
            switch (key) {
                case "Name", "name" -> facts.machine("name", json.text());
                case "Info" -> json.object(name -> facts.machine("info." + name, json.text()));
                default -> facts.machine("info." + key, json.text());
            }
        });
    }

    private static void run(Json json, RunFacts facts, ImportContext importContext) throws IOException {
        json.object(key -> {
            switch (key) {
                case "Start Time", "start_time" -> facts.measuredAt(json.text(), importContext.zone());
                case "Info" -> json.object(name -> order(name, json, facts));
                default -> order(key, json, facts);
            }
        });
    }

    private static void order(String name, Json json, RunFacts facts) {
        String value = json.text();
        switch (name) {
            case "run_order", "llvm_project_revision", "git_sha", "revision" -> facts.commit(value);
            default -> facts.context(name, value);
        }
    }

    private static void first(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        String[] name = {""};
        RawValues values = new RawValues();
        boolean[] text = {false};
        json.object(key -> {
            switch (key) {
                case "Name" -> name[0] = json.text();
                case "Data" ->
                    json.list(() -> {
                        text[0] |= json.isText() && Double.isNaN(json.number());
                        values.add(json.number());
                    });
                default -> json.skip();
            }
        });
        int dot = name[0].lastIndexOf('.');
        String last = name[0].substring(dot + 1);
        if (NO_METRICS.contains(last) || text[0] && values.count() == 0) {
            return; // a checksum or a result code
        }
        boolean known = dot > 0 && METRICS.contains(last);
        record(where, header, known ? name[0].substring(0, dot) : name[0], known ? last : "value", values, recorder);
    }

    private static void second(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        String[] name = {""};
        Map<String, RawValues> metrics = new LinkedHashMap<>();
        json.object(key -> {
            if (key.equals("name")) {
                name[0] = json.text();
            } else if (!NO_METRICS.contains(key)) {
                RawValues values = new RawValues();
                if (json.isList()) {
                    json.list(() -> values.add(json.number()));
                } else if (json.isNumber()) {
                    values.add(json.number());
                }
                if (values.count() + values.leftOut() > 0) {
                    metrics.put(Texts.wellFormed(key), values);
                }
            }
        });
        metrics.forEach(
                (metric, values) -> record(where, header, name[0], metric.replace("_time", ""), values, recorder));
    }

    private static void record(
            String where, RunHeader header, String name, String metric, RawValues values, Recorder recorder) {
        Unit unit = Unit.of(
                switch (metric) {
                    case "compile", "exec", "execution", "link", "user", "sys", "wall" -> "s";
                    case "code_size", "mem_bytes", "size" -> "B";
                    default -> "";
                });
        Better better =
                recorder.better(where, metric, unit, Directions.ofUnit(unit).or(() -> Directions.ofName(metric)));
        recorder.benchmark(where, name, Map.of()).ifPresent(benchmark -> {
            if (!recorder.values(where, header, benchmark, metric, unit, better, Sample.Center.MEDIAN, values)
                    && values.leftOut() == 0) {
                recorder.problem(where, "benchmark " + Excerpt.quoted(name) + ": has no value; it is skipped");
            }
        });
    }
}
