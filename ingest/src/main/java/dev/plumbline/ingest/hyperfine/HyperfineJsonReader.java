package dev.plumbline.ingest.hyperfine;

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
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what {@code --export-json} writes: every run of every command. */
public final class HyperfineJsonReader implements ResultReader {
    private static final Unit SECONDS = Unit.of("s");
    private static final Unit BYTES = Unit.of("B");

    /** All of a file in which no command was measured; no other known tool writes just this. */
    private static final Pattern NOTHING = Pattern.compile("\\s*\\{\\s*\"results\"\\s*:\\s*\\[\\s*]\\s*}\\s*");

    public static boolean recognises(Head head) {
        return (head.has("results", "[]", "command")
                        && (head.has("results", "[]", "times") || head.has("results", "[]", "mean")))
                || NOTHING.matcher(head.text()).matches();
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("hyperfine", "").in(importContext);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("results")) {
                        String where = json.where();
                        int[] commands = {0};
                        json.list(() -> {
                            commands[0]++;
                            command(json, header, recorder);
                        });
                        if (commands[0] == 0) {
                            recorder.problem(where, "no benchmark ran; hyperfine measured no command");
                        }
                    }
                });
            }
        }
    }

    private static void command(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        String[] command = {""};
        TreeMap<String, String> parameters = new TreeMap<>();
        NamedNumbers stats = new NamedNumbers();
        RawValues times = new RawValues();
        RawValues memory = new RawValues();
        int[] failed = {0, 0};
        json.object(key -> {
            switch (key) {
                case "command" -> command[0] = json.text();
                case "parameters" -> json.object(name -> parameters.put(Texts.wellFormed(name), json.written()));
                case "times" -> json.list(() -> times.add(json.number()));
                case "memory_usage_byte" -> json.list(() -> memory.add(json.number()));
                case "exit_codes" ->
                    json.list(() -> {
                        failed[1]++;
                        if (json.number() != 0) { // null: ended by a signal
                            failed[0]++;
                        }
                    });
                default -> {
                    if (json.isScalar()) {
                        stats.state(key, json.number());
                    }
                }
            }
        });
        Optional<Benchmark> made = recorder.benchmark(where, command[0], parameters);
        if (made.isEmpty()) {
            return;
        }
        Benchmark benchmark = made.get();
        if (failed[0] > 0) {
            recorder.problem(
                    where,
                    benchmark,
                    "time",
                    failed[0] + " of " + failed[1]
                            + " runs of the command failed (exit code other than 0); its times are kept");
        }
        int count = times.count();
        if (!recorder.values(where, header, benchmark, "time", SECONDS, Better.LOWER, Sample.Center.MEDIAN, times)) {
            summary(where, header, benchmark, stats, recorder);
        }
        for (String part : new String[] {"user", "system"}) {
            double mean = stats.get(part);
            if (Double.isFinite(mean)) {
                Sample sample =
                        new Sample.Summary(mean, count, OptionalDouble.empty(), Optional.empty(), new TreeMap<>());
                recorder.directed(where, header, benchmark, part, SECONDS, Better.LOWER, sample);
            } else if (stats.has(part)) {
                recorder.problem(where, benchmark, part, "is no finite number; this metric is skipped");
            }
        }
        recorder.values(where, header, benchmark, "memory", BYTES, Better.LOWER, Sample.Center.MEDIAN, memory);
    }

    private static void summary(
            String where, RunHeader header, Benchmark benchmark, NamedNumbers stats, Recorder recorder) {
        double mean = stats.get("mean");
        if (!Double.isFinite(mean)) {
            recorder.problem(
                    where,
                    benchmark,
                    "time",
                    stats.has("mean")
                            ? "has no times, and a mean that is no number; it is skipped"
                            : "has neither times nor a mean; it is skipped");
            return;
        }
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        Map.of("min", 0.0, "median", 0.5, "max", 1.0).forEach((name, share) -> {
            double value = stats.get(name);
            if (Double.isFinite(value)) {
                quantiles.put(share, value);
            }
        });
        double deviation = stats.get("stddev");
        recorder.directed(
                where,
                header,
                benchmark,
                "time",
                SECONDS,
                Better.LOWER,
                new Sample.Summary(
                        mean,
                        0,
                        deviation >= 0 && Double.isFinite(deviation)
                                ? OptionalDouble.of(deviation)
                                : OptionalDouble.empty(),
                        Optional.empty(),
                        quantiles));
    }
}
