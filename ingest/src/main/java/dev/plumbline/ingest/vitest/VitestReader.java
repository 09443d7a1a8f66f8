package dev.plumbline.ingest.vitest;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.summary.JavaScriptTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the output of {@code vitest bench --outputJson}: the time of one call in milliseconds, and the calls in a
 * second.
 */
public final class VitestReader implements ResultReader {
    public static boolean recognises(Head head) {
        return head.has("files", "[]", "groups", "[]", "benchmarks")
                || head.has("files", "[]", "groups", "[]", "fullName");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Vitest", "").in(importContext);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("files")) {
                        json.list(() -> json.object(part -> {
                            if (part.equals("groups")) {
                                json.list(() -> group(json, header, recorder));
                            }
                        }));
                    }
                });
            }
        }
    }

    /** A benchmark that was read before the name of its group. */
    private record Waiting(String name, JavaScriptTask task) {}

    /** Reads a group: its name is before or behind its benchmarks. */
    private static void group(Json json, RunHeader header, Recorder recorder) throws IOException {
        String[] group = {""};
        List<Waiting> waiting = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "fullName" -> group[0] = json.text();
                case "benchmarks" ->
                    json.list(() -> {
                        Waiting one = benchmark(json);
                        if (group[0].isEmpty()) {
                            waiting.add(one);
                        } else {
                            record(one, group[0], header, recorder);
                        }
                    });
                default -> json.skip();
            }
        });
        waiting.forEach(one -> record(one, group[0], header, recorder));
    }

    private static Waiting benchmark(Json json) throws IOException {
        JavaScriptTask task = new JavaScriptTask(json.where());
        String[] name = {""};
        json.object(key -> {
            if (key.equals("name")) {
                name[0] = json.text();
            } else {
                task.field(key, json);
            }
        });
        return new Waiting(name[0], task);
    }

    private static void record(Waiting one, String group, RunHeader header, Recorder recorder) {
        String whole = group.isBlank() ? one.name : group + " > " + one.name;
        one.task.record(whole, Optional.of("hz"), Better.HIGHER, header, recorder);
    }
}
