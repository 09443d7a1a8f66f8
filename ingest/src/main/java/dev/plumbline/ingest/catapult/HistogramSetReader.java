package dev.plumbline.ingest.catapult;

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
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a histogram set: a list of histograms and of the diagnostics that they share.
 *
 * <p>The benchmark and its story come from the diagnostics; the histogram is the metric. Where the set kept every
 * value, the values are the sample; where it kept only some of them, the running statistics are. The unit has the
 * direction: {@code ms_smallerIsBetter}. Shared diagnostics may be anywhere, so the file is read twice.
 */
public final class HistogramSetReader implements ResultReader {
    private static final int MOST_DIAGNOSTICS = 100_000;
    private static final String SMALLER = "_smallerIsBetter";
    private static final String BIGGER = "_biggerIsBetter";

    /** The usual names of Catapult's units. */
    private static final Map<String, String> UNITS = Map.of(
            "msBestFitFormat", "ms",
            "tsMs", "ms",
            "sizeInBytes", "B",
            "bytesPerSecond", "B/s",
            "unitless", "");

    public static boolean recognises(Head head) {
        return head.isList()
                && (head.has("[]", "name")
                                && head.has("[]", "unit")
                                && (head.has("[]", "running")
                                        || head.has("[]", "sampleValues")
                                        || head.has("[]", "binBoundaries"))
                        || head.has("[]", "guid") && head.has("[]", "type") && head.has("[]", "values"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Map<String, String> shared = new HashMap<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> shared(json, shared));
            }
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> histogram(json, shared, importContext, recorder));
            }
        }
    }

    private static void shared(Json json, Map<String, String> shared) throws IOException {
        String[] id = {""};
        Diagnostic diagnostic = new Diagnostic();
        json.object(key -> {
            if (key.equals("guid")) {
                id[0] = json.text();
            } else {
                diagnostic.read(json, key);
            }
        });
        if (diagnostic.isOne() && !id[0].isEmpty() && shared.size() < MOST_DIAGNOSTICS) {
            shared.put(id[0], diagnostic.text());
        }
    }

    private static void histogram(Json json, Map<String, String> shared, ImportContext importContext, Recorder recorder)
            throws IOException {
        String where = json.where();
        Map<String, String> texts = new HashMap<>();
        Map<String, String> diagnostics = new LinkedHashMap<>();
        RawValues values = new RawValues();
        double[] running = new double[7];
        Arrays.fill(running, Double.NaN);
        json.object(key -> {
            switch (key) {
                case "name", "unit", "type" -> texts.put(key, json.text());
                case "sampleValues" -> json.list(() -> values.add(json.number()));
                case "running" -> {
                    int[] at = {0};
                    json.list(() -> {
                        if (at[0] < running.length) {
                            running[at[0]++] = json.number();
                        }
                    });
                }
                case "diagnostics" ->
                    json.object(name -> {
                        if (diagnostics.size() < 1000) {
                            diagnostics.put(name, diagnostic(json, shared));
                        }
                    });
                default -> json.skip();
            }
        });
        if (texts.containsKey("unit") && !texts.containsKey("type")) {
            handOn(where, texts, diagnostics, values, running, importContext, recorder);
        }
    }

    private static String diagnostic(Json json, Map<String, String> shared) throws IOException {
        if (!json.isObject()) {
            return shared.getOrDefault(json.text(), "");
        }
        Diagnostic own = new Diagnostic();
        json.object(key -> own.read(json, key));
        return own.text();
    }

    private static void handOn(
            String where,
            Map<String, String> texts,
            Map<String, String> diagnostics,
            RawValues values,
            double[] running,
            ImportContext importContext,
            Recorder recorder) {
        double count = running[0];
        if (values.count() == 0 && !(count > 0)) {
            return; // nothing was measured, which is usual for a histogram of a set
        }
        String benchmark = diagnostics.getOrDefault("benchmarks", "");
        TreeMap<String, String> parameters = new TreeMap<>();
        String story = diagnostics.getOrDefault("stories", "");
        if (!story.isBlank()) {
            parameters.put("story", story);
        }
        String name = texts.getOrDefault("name", "");
        Optional<RunHeader> header = recorder.header(where, facts(diagnostics, importContext), importContext);
        String unitText = texts.getOrDefault("unit", "");
        Optional<Better> stated = unitText.endsWith(SMALLER) || unitText.endsWith("-")
                ? Optional.of(Better.LOWER)
                : unitText.endsWith(BIGGER) || unitText.endsWith("+") ? Optional.of(Better.HIGHER) : Optional.empty();
        String plain = unitText.replaceFirst("(?:" + SMALLER + "|" + BIGGER + "|[-+])$", "");
        Optional<Unit> unit = recorder.unit(where, UNITS.getOrDefault(plain, plain));
        if (header.isEmpty() || unit.isEmpty()) {
            return;
        }
        Better better = recorder.better(
                where,
                name,
                unit.get(),
                stated.or(() -> Directions.ofUnit(unit.get())).or(() -> Directions.ofName(name)));
        boolean all = !(count > values.count());
        recorder.benchmark(where, benchmark.isBlank() ? name : benchmark, parameters)
                .ifPresent(made -> {
                    String metric = benchmark.isBlank() ? Directions.metricName(unit.get()) : name;
                    if (all) {
                        recorder.values(
                                where, header.get(), made, metric, unit.get(), better, Sample.Center.MEAN, values);
                    } else {
                        StatedSummary.location(running[3])
                                .count(count)
                                .deviation(Math.sqrt(running[6]))
                                .quantile(0, running[4])
                                .quantile(1, running[1])
                                .sample()
                                .ifPresentOrElse(
                                        sample -> recorder.directed(
                                                where, header.get(), made, metric, unit.get(), better, sample),
                                        () -> recorder.problem(
                                                where, made, metric, "the mean is no finite number; it is skipped"));
                    }
                });
    }

    private static RunFacts facts(Map<String, String> diagnostics, ImportContext importContext) {
        RunFacts facts = new RunFacts().tool("Catapult", "");
        diagnostics.forEach((name, value) -> {
            switch (name) {
                case "benchmarks", "stories", "benchmarkDescriptions", "owners", "storysetRepeats", "traceStart" -> {}
                case "benchmarkStart" -> facts.measuredAt(value, importContext.zone());
                case "architectures" -> facts.machine("arch", value);
                case "osNames" -> facts.machine("os", value);
                case "osVersions" -> facts.machine("os.version", value);
                case "osDetailedVersions" -> facts.machine("info.os", value);
                case "gpus" -> facts.machine("gpu", value);
                case "memoryAmounts" -> facts.machine("memory", value);
                case "bots" -> facts.machine("bot", value);
                case "botId", "deviceIds" -> facts.machine("info." + name, value);
                case "chromiumCommitPositions" -> position(facts, value);
                case "chromiumRevisions" -> facts.commit(value);
                default -> facts.context(name, value);
            }
        });
        return facts;
    }

    private static void position(RunFacts facts, String value) {
        double number = Texts.number(value);
        if (number >= 0 && number <= 1e15 && number == Math.rint(number)) {
            facts.position((long) number);
        }
        facts.context("chromiumCommitPositions", value);
    }

    /** The values of a set, or the beginning of a range of dates, as one text. */
    private static final class Diagnostic {
        private static final int LONGEST = 2000;

        private final StringBuilder values = new StringBuilder();
        private String type = "";
        private String from = "";

        void read(Json json, String key) throws IOException {
            switch (key) {
                case "type" -> type = json.text();
                case "min" -> from = json.text();
                case "values" -> {
                    if (json.isList()) {
                        json.list(() -> add(json.text()));
                    } else {
                        add(json.text());
                    }
                }
                default -> json.skip();
            }
        }

        private void add(String value) {
            if (!value.isBlank() && values.length() + value.length() < LONGEST) {
                values.append(values.length() == 0 ? "" : ", ").append(value);
            }
        }

        boolean isOne() {
            return !type.isEmpty();
        }

        String text() {
            return values.length() > 0 ? values.toString() : from;
        }
    }
}
