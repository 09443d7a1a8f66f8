package dev.plumbline.ingest.scalameter;

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
import dev.plumbline.ingest.input.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what ScalaMeter's {@code JSONSerializationPersistor} keeps: the history of one curve, a run for each of its
 * results.
 *
 * <p>The scopes are the benchmark, the axes its parameters, and the curve too when a person named it. All values of a
 * point are kept; where ScalaMeter's own number is neither their median nor their mean (it may be their minimum), it is
 * the metric {@code …reported} beside them. Numbers and texts are written by picklers, in Base64.
 */
public final class ScalaMeterReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("results")
                && (head.has("results", "[]", "[]", "measurements")
                        || head.has(
                                "results",
                                "[]",
                                "[]",
                                "properties",
                                "dsl.scope|org.scalameter.picklers.StringListPickler$"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("results")) {
                        json.list(() -> result(json, importContext, recorder));
                    }
                });
            }
        }
    }

    /** A point of a curve. */
    private static final class Point {
        private final String where;
        private final TreeMap<String, String> parameters = new TreeMap<>();
        private final List<String> complete = new ArrayList<>();
        private String pickler = "";
        private String value = "";
        private String unit = "";
        private boolean failed;

        Point(String where) {
            this.where = where;
        }
    }

    /** {@code [time, {"properties": …}, {"measurements": […], "context": …}]}. */
    private static void result(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        RunFacts facts = new RunFacts().tool("ScalaMeter", "");
        Map<String, String> texts = new HashMap<>();
        List<Point> points = new ArrayList<>();
        json.list(() -> {
            if (json.isObject()) {
                json.object(key -> {
                    switch (key) {
                        case "properties" -> json.object(name -> property(name, json.text(), texts));
                        case "measurements" -> json.list(() -> points.add(point(json)));
                        default -> json.skip();
                    }
                });
            } else if (json.isNumber()) {
                facts.measuredAt(Times.ofEpoch(json.number()));
            }
        });
        facts(texts, facts);
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        if (header.isPresent()) {
            for (Point point : points) {
                handOn(point, header.get(), texts, recorder);
            }
        }
    }

    private static void property(String key, String base64, Map<String, String> texts) {
        int bar = key.indexOf('|');
        if (bar < 0 || texts.size() > 1000) {
            return;
        }
        String name = key.substring(0, bar);
        if (name.equals("dsl.scope")) {
            List<String> scopes = new ArrayList<>(Pickled.list(base64));
            Collections.reverse(scopes);
            texts.put(name, String.join(".", scopes));
        } else if (!name.equals("classpath")) {
            texts.put(name, Pickled.text(key.substring(bar + 1), base64));
        }
    }

    private static void facts(Map<String, String> texts, RunFacts facts) {
        String jvm = texts.getOrDefault("machine.jvm.name", "") + " " + texts.getOrDefault("machine.jvm.version", "");
        facts.machine("jvm", jvm.strip());
        facts.machine("jvm.flags", texts.getOrDefault("exec.jvmflags", ""));
        facts.machine("os", texts.getOrDefault("machine.osName", ""));
        facts.machine("arch", texts.getOrDefault("machine.osArch", ""));
        facts.machine("cores", texts.getOrDefault("machine.cores", ""));
        facts.machine("info.host", texts.getOrDefault("machine.hostname", ""));
    }

    private static Point point(Json json) throws IOException {
        Point point = new Point(json.where());
        json.object(key -> {
            switch (key) {
                case "@pickler" -> point.pickler = json.text();
                case "value" -> point.value = json.text();
                case "units" -> point.unit = json.text();
                case "params" ->
                    json.object(part -> {
                        if (part.equals("axisData")) {
                            json.object(name -> axis(name, json.text(), point));
                        }
                    });
                case "data" ->
                    json.object(part -> {
                        switch (part) {
                            case "complete" -> json.list(() -> point.complete.add(json.text()));
                            case "success" -> point.failed = json.text().equals("false");
                            default -> json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
        return point;
    }

    private static void axis(String key, String base64, Point point) {
        int bar = key.indexOf('|');
        if (bar > 0) {
            point.parameters.put(key.substring(0, bar), Pickled.text(key.substring(bar + 1), base64));
        }
    }

    private static void handOn(Point point, RunHeader header, Map<String, String> texts, Recorder recorder) {
        String curve = texts.getOrDefault("dsl.curve", "");
        if (!curve.isBlank() && !curve.matches("Test-[0-9]+")) {
            point.parameters.put("curve", curve);
        }
        Optional<Unit> unit = recorder.unit(point.where, point.unit);
        Optional<Benchmark> benchmark =
                recorder.benchmark(point.where, texts.getOrDefault("dsl.scope", ""), point.parameters);
        if (unit.isEmpty() || benchmark.isEmpty()) {
            return;
        }
        if (point.failed) {
            recorder.problem(
                    point.where, benchmark.get(), "time", "failed its own regression test; its values are kept");
        }
        RawValues values = new RawValues();
        point.complete.forEach(base64 -> values.add(Pickled.number(point.pickler, base64)));
        double reported = Pickled.number(point.pickler, point.value);
        String metric = Directions.metricName(unit.get());
        Better better = recorder.better(point.where, metric, unit.get(), Directions.ofUnit(unit.get()));
        Optional<Sample.Values> median = values.sample(Sample.Center.MEDIAN);
        boolean isMean = values.sample(Sample.Center.MEAN)
                .map(sample -> sample.location() == reported)
                .orElse(false);
        boolean isMedian = median.map(sample -> sample.location() == reported).orElse(false);
        recorder.values(
                point.where,
                header,
                benchmark.get(),
                metric,
                unit.get(),
                better,
                isMean && !isMedian ? Sample.Center.MEAN : Sample.Center.MEDIAN,
                values);
        if (Double.isFinite(reported) && !isMean && !isMedian) {
            recorder.directed(
                    point.where,
                    header,
                    benchmark.get(),
                    metric + ".reported",
                    unit.get(),
                    better,
                    Sample.Summary.of(reported));
        } else if (!Double.isFinite(reported) && values.count() == 0) {
            recorder.problem(point.where, benchmark.get(), metric, "has no number that can be read; it is skipped");
        }
    }
}
