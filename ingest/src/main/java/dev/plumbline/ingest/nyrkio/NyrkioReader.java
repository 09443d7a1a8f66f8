package dev.plumbline.ingest.nyrkio;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.LoadTest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads results as Nyrkiö takes and gives them: a list of points, each with its commit, branch and metrics.
 *
 * <p>The name of a test is part of the address and not of the content, so the file name is used unless the service
 * added it. The points do not describe their machine, so that they get no environment.
 */
public final class NyrkioReader implements ResultReader {
    private static final int MOST_METRICS = 100_000;

    public static boolean recognises(Head head) {
        boolean list = head.has("[]", "metrics", "[]", "name") && head.has("[]", "timestamp");
        return list || head.has("metrics", "[]", "name") && head.has("metrics", "[]", "value") && head.has("timestamp");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> new Point(json, source.stem()).read(importContext, recorder));
                } else {
                    new Point(json, source.stem()).read(importContext, recorder);
                }
            }
        }
    }

    private record Value(String where, String name, double value, String unit, String direction) {}

    private static final class Point {
        private final Json json;
        private final String where;
        private final List<Value> values = new ArrayList<>();
        private final Map<String, String> attributes = new TreeMap<>();
        private String test;
        private String timestamp = "";

        Point(Json json, String test) {
            this.json = json;
            this.where = json.where();
            this.test = test;
        }

        void read(ImportContext importContext, Recorder recorder) throws IOException {
            json.object(key -> {
                switch (key) {
                    case "timestamp" -> timestamp = json.text();
                    case "metrics" -> json.list(this::metric);
                    case "attributes" -> json.object(this::attribute);
                    case "_id" ->
                        json.object(part -> {
                            if (part.equals("test_name") && !json.text().isBlank()) {
                                test = json.text();
                            }
                        });
                    default -> json.skip();
                }
            });
            header(importContext, recorder)
                    .ifPresent(header -> values.forEach(value -> record(value, header, recorder)));
        }

        private void metric() throws IOException {
            String place = json.where();
            Map<String, String> texts = new TreeMap<>();
            double[] value = {Double.NaN};
            json.object(key -> {
                if (key.equals("value")) {
                    value[0] = json.number();
                } else {
                    texts.put(key, json.text());
                }
            });
            values.add(new Value(
                    place,
                    texts.getOrDefault("name", ""),
                    value[0],
                    texts.getOrDefault("unit", ""),
                    texts.getOrDefault("direction", "")));
            if (values.size() > MOST_METRICS) {
                throw new UnreadableInput(place, "is one of more than " + MOST_METRICS + " metrics of one point");
            }
        }

        /** Reads an attribute: a text, or the first of a list of texts. */
        private void attribute(String name) throws IOException {
            if (json.isList()) {
                json.list(() -> {
                    if (attributes.size() < MOST_METRICS) {
                        attributes.putIfAbsent(name, json.text());
                    }
                });
            } else if (attributes.size() < MOST_METRICS) {
                attributes.put(name, json.text());
            }
        }

        private Optional<RunHeader> header(ImportContext importContext, Recorder recorder) {
            Optional<Instant> time = Times.parse(timestamp, importContext.zone());
            RunFacts facts = new RunFacts()
                    .tool("Nyrkiö", "")
                    .elsewhere()
                    .commit(attributes.getOrDefault("git_commit", timestamp))
                    .branch(attributes.getOrDefault("branch", ""))
                    .commitTime(Times.parse(attributes.getOrDefault("commit_date", ""), importContext.zone())
                            .or(() -> time))
                    .measuredAt(time);
            attributes.forEach((name, value) -> {
                if (!name.equals("git_commit") && !name.equals("branch") && !name.equals("commit_date")) {
                    facts.context(name, value);
                }
            });
            return recorder.header(where, facts, importContext);
        }

        private void record(Value value, RunHeader header, Recorder recorder) {
            if (!Double.isFinite(value.value())) {
                recorder.problem(
                        value.where(),
                        "metric " + Excerpt.quoted(value.name()) + " of " + Excerpt.quoted(test)
                                + " has no finite number; it is skipped");
                return;
            }
            Optional<Unit> unit = recorder.unit(value.where(), value.unit());
            if (unit.isEmpty()) {
                return;
            }
            Better better = recorder.better(
                    value.where(),
                    value.name(),
                    unit.get(),
                    Directions.stated(value.direction())
                            .or(() -> Directions.ofUnit(unit.get()))
                            .or(() -> Directions.ofName(value.name())),
                    "set it with \"direction\"");
            recorder.benchmark(value.where(), test, Map.of())
                    .ifPresent(benchmark -> new LoadTest(recorder, value.where(), header, benchmark)
                            .value(value.name(), value.unit(), better, value.value()));
        }
    }
}
