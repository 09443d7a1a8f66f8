package dev.plumbline.ingest.pytest;

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
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what {@code --benchmark-json} and {@code --benchmark-save} write.
 *
 * <p>The rounds are kept when the file has them all ({@code --benchmark-save-data}), else the statistics as they are
 * stated. The machine and the commit may come after the benchmarks, so the file is read twice.
 */
public final class PytestJsonReader implements ResultReader {
    private static final Unit SECONDS = Unit.of("s");
    private static final String TIME = "time";

    /** The length above which a list or object is replaced in the identity by the id that pytest gives it. */
    private static final int LONGEST_PARAMETER = 80;

    private static final String TOO_LONG = "…";

    public static boolean recognises(Head head) {
        return head.has("benchmarks", "[]", "stats")
                || head.has("machine_info") && head.has("benchmarks")
                || head.has("machine_info", "python_version");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts();
        try (Json json = Json.open(source, sink)) {
            facts(json, facts, importContext);
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("benchmarks")) {
                        json.list(() -> benchmark(json, header.get(), recorder));
                    }
                });
            }
        }
    }

    private static void facts(Json json, RunFacts facts, ImportContext importContext) throws IOException {
        TreeSet<String> groups = new TreeSet<>();
        facts.tool("pytest-benchmark", "");
        while (json.next()) {
            json.object(key -> {
                switch (key) {
                    case "machine_info" -> machine(json, facts);
                    case "commit_info" -> commit(json, facts, importContext);
                    case "datetime" -> facts.measuredAt(json.text(), importContext.zone());
                    case "version" -> facts.tool("pytest-benchmark", json.text());
                    case "benchmarks" ->
                        json.list(() -> json.object(entry -> {
                            if (entry.equals("group") && groups.size() < 100) {
                                groups.add(json.text());
                            }
                        }));
                    default -> json.skip();
                }
            });
        }
        facts.context("groups", String.join(", ", groups).strip());
    }

    private static void machine(Json json, RunFacts facts) throws IOException {
        Map<String, String> reported = new HashMap<>();
        json.object(key -> {
            if (key.equals("cpu") && json.isObject()) {
                json.object(name -> reported.put("cpu." + name, json.text()));
            } else {
                reported.put(key, json.text());
            }
        });
        String python =
                reported.getOrDefault("python_implementation", "") + " " + reported.getOrDefault("python_version", "");
        reported.remove("processor", reported.getOrDefault("machine", "")); // "x86_64" is no processor
        facts.machine("cpu", first(reported, "cpu.brand_raw", "cpu.brand", "cpu", "processor"))
                .machine("cores", reported.getOrDefault("cpu.count", ""))
                .machine("arch", reported.getOrDefault("machine", ""))
                .machine("os", reported.getOrDefault("system", ""))
                .machine("python", python.strip())
                .machine("info.host", reported.getOrDefault("node", ""))
                .machine("info.kernel", reported.getOrDefault("release", ""))
                .machine("info.python.compiler", reported.getOrDefault("python_compiler", ""))
                .machine("info.mhz", first(reported, "cpu.hz_advertised_friendly", "cpu.hz_actual_friendly"));
    }

    private static String first(Map<String, String> reported, String... names) {
        for (String name : names) {
            String value = reported.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }

    private static void commit(Json json, RunFacts facts, ImportContext importContext) throws IOException {
        json.object(key -> {
            switch (key) {
                case "id" -> {
                    String id = json.text();
                    if (!id.equals("unversioned") && !id.equals("unknown")) {
                        facts.commit(id);
                    }
                }
                case "branch" -> {
                    String branch = json.text();
                    if (!branch.startsWith("(") && !branch.equals("unknown")) { // "(detached head)", "(unknown)"
                        facts.branch(branch);
                    }
                }
                case "time" -> facts.commitTime(json.text(), importContext.zone());
                case "project" -> facts.context("project", json.text());
                case "dirty" -> {
                    facts.context(RunHeader.COMMIT + "dirty", json.text());
                    if (json.text().equals("true")) {
                        facts.dirty();
                    }
                }
                default -> json.skip();
            }
        });
    }

    private static void benchmark(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        Map<String, String> texts = new HashMap<>();
        TreeMap<String, String> parameters = new TreeMap<>();
        NamedNumbers stats = new NamedNumbers();
        NamedNumbers extra = new NamedNumbers();
        RawValues rounds = new RawValues();
        json.object(key -> {
            switch (key) {
                case "params" -> json.object(name -> parameters.put(Texts.wellFormed(name), parameter(json)));
                case "extra_info" -> {
                    if (json.isObject()) {
                        numbers(json, "", extra);
                    }
                }
                case "stats" ->
                    json.object(name -> {
                        if (name.equals("data")) {
                            json.list(() -> rounds.add(json.number()));
                        } else if (json.isScalar()) {
                            stats.state(name, json.number());
                        }
                    });
                default -> {
                    if (json.isScalar()) {
                        texts.put(key, json.text());
                    }
                }
            }
        });
        String name = texts.getOrDefault("fullname", texts.getOrDefault("name", ""));
        String param = texts.getOrDefault("param", "");
        if (!param.isEmpty() && name.endsWith("[" + param + "]")) {
            name = name.substring(0, name.length() - param.length() - 2);
            if (parameters.isEmpty() || parameters.containsValue(TOO_LONG)) {
                parameters.put("param", param);
            }
        }
        recorder.benchmark(where, name, parameters).ifPresent(benchmark -> {
            record(where, header, benchmark, stats, rounds, recorder);
            extra.forEach((metric, value) -> Directions.ofName(metric)
                    .ifPresent(better -> recorder.number(
                            where,
                            header,
                            benchmark,
                            metric.equals(TIME) ? "extra_info." + TIME : metric,
                            "",
                            better,
                            value)));
        });
    }

    /** A parameter as it is written, short lists and objects too: they distinguish benchmarks. */
    private static String parameter(Json json) throws IOException {
        if (json.isScalar()) {
            return json.text();
        }
        String text = json.isNull() ? json.shown() : json.written();
        return text.length() > LONGEST_PARAMETER ? TOO_LONG : text;
    }

    /** The numbers of {@code extra_info}, those of an object under {@code NAME.KEY}. */
    private static void numbers(Json json, String prefix, NamedNumbers into) throws IOException {
        json.object(key -> {
            String name = prefix + Texts.wellFormed(key);
            if (json.isNumber()) {
                into.state(name, json.number());
            } else if (json.isObject()) {
                numbers(json, name + ".", into);
            }
        });
    }

    private static void record(
            String where,
            RunHeader header,
            Benchmark benchmark,
            NamedNumbers stats,
            RawValues rounds,
            Recorder recorder) {
        double stated = stats.getOr("rounds", rounds.count());
        if (rounds.count() > 0 && rounds.count() + rounds.leftOut() >= stated) {
            recorder.values(where, header, benchmark, TIME, SECONDS, Better.LOWER, Sample.Center.MEDIAN, rounds);
            return;
        }
        if (rounds.leftOut() > 0) {
            recorder.problem(
                    where,
                    benchmark,
                    TIME,
                    rounds.leftOut() + " of its rounds are not finite numbers; using the statistics instead");
        }
        double mean = stats.get("mean");
        if (!Double.isFinite(mean)) {
            recorder.problem(
                    where, benchmark, TIME, "the mean is missing or no finite number; this benchmark is skipped");
            return;
        }
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        Map.of("min", 0.0, "q1", 0.25, "median", 0.5, "q3", 0.75, "max", 1.0).forEach((name, share) -> {
            double value = stats.get(name);
            if (Double.isFinite(value)) {
                quantiles.put(share, value);
            }
        });
        double deviation = stats.get("stddev");
        Sample summary = new Sample.Summary(
                mean,
                stated > 0 && stated < 1e15 ? (long) stated : 0,
                deviation >= 0 && Double.isFinite(deviation) ? OptionalDouble.of(deviation) : OptionalDouble.empty(),
                Optional.empty(),
                quantiles);
        recorder.directed(where, header, benchmark, TIME, SECONDS, Better.LOWER, summary);
    }
}
