package dev.plumbline.ingest.benchmarkdotnet;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON reports of BenchmarkDotNet, full and brief.
 *
 * <p>The results of each launch are a group when the report has every measurement; else the values behind its
 * statistics; else the statistics.
 */
public final class BenchmarkDotNetReader implements ResultReader {
    private static final Unit NANOSECONDS = Unit.of("ns");
    private static final double CONFIDENCE = 0.999; // of the tool's interval, whatever the level's number
    private static final Pattern TITLE_TIME =
            Pattern.compile(".*-([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{2})([0-9]{2})([0-9]{2})");
    private static final Pattern JOB = Pattern.compile("[^:]*: ([^\\[(]*)(?:\\((.*?)\\))?(?: \\[.*)?");

    public static boolean recognises(Head head) {
        return head.has("HostEnvironmentInfo") && head.has("Benchmarks");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("BenchmarkDotNet", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "HostEnvironmentInfo" -> host(json, facts);
                        case "Title" -> {
                            Matcher time = TITLE_TIME.matcher(json.text());
                            if (time.matches()) {
                                String iso = time.group(1) + "-" + time.group(2) + "-" + time.group(3) + "T"
                                        + time.group(4) + ":" + time.group(5) + ":" + time.group(6);
                                facts.measuredAt(iso, importContext.zone());
                            }
                        }
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
                    if (key.equals("Benchmarks")) {
                        json.list(() -> benchmark(json, header.get(), recorder));
                    }
                });
            }
        }
    }

    private static void host(Json json, RunFacts facts) throws IOException {
        json.object(key -> {
            switch (key) {
                case "BenchmarkDotNetVersion" -> facts.tool("BenchmarkDotNet", json.text());
                case "OsVersion" -> facts.machine("os", json.text());
                case "ProcessorName" -> {
                    if (json.isObject()) { // old versions wrote a lazy value
                        json.object(part -> {
                            if (part.equals("Value")) {
                                facts.machine("cpu", json.text());
                            }
                        });
                    } else {
                        facts.machine("cpu", json.text());
                    }
                }
                case "LogicalCoreCount", "ProcessorCount" -> facts.machine("cores", json.text());
                case "RuntimeVersion", "ClrVersion" -> facts.machine("dotnet", json.text());
                case "Architecture" -> facts.machine("arch", json.text());
                case "Configuration" -> facts.context("configuration", json.text());
                default -> json.skip();
            }
        });
    }

    /** A metric besides the time. */
    private record Extra(String name, double value, String unit, boolean greaterIsBetter) {}

    private static void benchmark(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        Map<String, String> texts = new HashMap<>();
        NamedNumbers stats = new NamedNumbers();
        RawValues original = new RawValues();
        TreeMap<Long, RawValues> launches = new TreeMap<>();
        List<Extra> extras = new ArrayList<>();
        boolean[] counted = {false};
        json.object(key -> {
            switch (key) {
                case "Statistics" ->
                    json.object(name -> {
                        switch (name) {
                            case "OriginalValues" -> json.list(() -> original.add(json.number()));
                            case "ConfidenceInterval" -> json.object(part -> stats.state(part, json.number()));
                            default -> {
                                if (json.isScalar() && !stats.has(name)) {
                                    stats.state(name, json.number());
                                }
                            }
                        }
                    });
                case "Measurements" -> json.list(() -> measurement(json, launches));
                case "Memory" ->
                    json.object(name -> {
                        double bytes = name.equals("BytesAllocatedPerOperation") ? json.finite(name) : Double.NaN;
                        if (Double.isFinite(bytes)) {
                            extras.add(new Extra("allocated", bytes, "B", false));
                            counted[0] = true;
                        }
                    });
                case "Metrics" -> json.list(() -> extra(json, extras));
                default -> {
                    if (json.isScalar()) {
                        texts.put(key, json.text());
                    }
                }
            }
        });
        if (counted[0]) {
            extras.removeIf(extra -> extra.name.equals("Allocated")); // already read as memory
        }
        recorder.benchmark(where, name(texts), parameters(texts)).ifPresent(benchmark -> {
            time(where, header, benchmark, stats, original, launches, recorder);
            for (Extra extra : extras) {
                recorder.stated(
                        where,
                        header,
                        benchmark,
                        extra.name,
                        extra.unit,
                        extra.greaterIsBetter ? Better.HIGHER : Better.LOWER,
                        Sample.Summary.of(extra.value));
            }
        });
    }

    private static String name(Map<String, String> texts) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of("Namespace", "Type", "Method")) {
            String text = texts.getOrDefault(part, "");
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        return parts.isEmpty() ? texts.getOrDefault("FullName", "") : String.join(".", parts);
    }

    /** The parameters, and the job when it is not the default one; a generated name of a job is left out. */
    private static Map<String, String> parameters(Map<String, String> texts) {
        TreeMap<String, String> parameters = new TreeMap<>();
        String written = texts.getOrDefault("Parameters", "");
        if (!written.isEmpty()) {
            for (String part : written.split("&", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    parameters.put(part.substring(0, equals), part.substring(equals + 1));
                }
            }
        }
        Matcher job = JOB.matcher(texts.getOrDefault("DisplayInfo", ""));
        if (job.matches()
                && !job.group(1).strip().equals("DefaultJob")
                && !job.group(1).isBlank()) {
            String settings = job.group(2) == null ? "" : job.group(2);
            boolean generated = job.group(1).startsWith("Job-");
            parameters.putIfAbsent(
                    "job",
                    generated && !settings.isEmpty() ? settings : job.group(1).strip());
        }
        return parameters;
    }

    private static void measurement(Json json, Map<Long, RawValues> launches) throws IOException {
        Map<String, String> texts = new HashMap<>();
        double[] numbers = {Double.NaN, Double.NaN, 1};
        json.object(key -> {
            switch (key) {
                case "IterationStage" -> texts.put(key, json.text());
                case "IterationMode" -> texts.put(key, json.text());
                case "Operations" -> numbers[0] = json.number();
                case "Nanoseconds" -> numbers[1] = json.number();
                case "LaunchIndex" -> numbers[2] = json.integer(1);
                default -> json.skip();
            }
        });
        boolean result = texts.getOrDefault("IterationStage", "").equals("Result")
                || texts.getOrDefault("IterationMode", "").equals("Result");
        if (result && numbers[0] > 0) {
            launches.computeIfAbsent((long) numbers[2], launch -> new RawValues())
                    .add(numbers[1] / numbers[0]);
        }
    }

    private static void extra(Json json, List<Extra> extras) throws IOException {
        double[] value = {Double.NaN};
        Map<String, String> descriptor = new HashMap<>();
        json.object(key -> {
            switch (key) {
                case "Value" -> value[0] = json.finite(key);
                case "Descriptor" -> json.object(name -> descriptor.put(name, json.text()));
                default -> json.skip();
            }
        });
        if (Double.isFinite(value[0])) {
            extras.add(new Extra(
                    descriptor.getOrDefault("DisplayName", descriptor.getOrDefault("Id", "metric")),
                    value[0],
                    descriptor.getOrDefault("Unit", ""),
                    descriptor.getOrDefault("TheGreaterTheBetter", "").equals("true")));
        }
    }

    private static void time(
            String where,
            RunHeader header,
            Benchmark benchmark,
            NamedNumbers stats,
            RawValues original,
            Map<Long, RawValues> launches,
            Recorder recorder) {
        RawValues grouped = new RawValues();
        launches.values().forEach(launch -> launch.appendTo(grouped));
        RawValues raw = grouped.count() > 0 && grouped.count() >= original.count() ? grouped : original;
        if (recorder.values(
                where, header, benchmark, "time", NANOSECONDS, Better.LOWER, Sample.Center.PSEUDOMEDIAN, raw)) {
            return;
        }
        Optional<Sample> summary = StatedSummary.location(stats.get("Mean"))
                .count(stats.getOr("N", 0))
                .deviation(stats.get("StandardDeviation"))
                .interval(stats.get("Lower"), stats.get("Upper"), CONFIDENCE)
                .quantile(0, stats.get("Min"))
                .quantile(0.25, stats.get("Q1"))
                .quantile(0.5, stats.get("Median"))
                .quantile(0.75, stats.get("Q3"))
                .quantile(1, stats.get("Max"))
                .sample();
        if (summary.isEmpty()) {
            recorder.problem(where, benchmark, "time", "has no statistics, so it failed; it is skipped");
        }
        summary.ifPresent(
                sample -> recorder.directed(where, header, benchmark, "time", NANOSECONDS, Better.LOWER, sample));
    }
}
