package dev.plumbline.report.json;

import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.report.format.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Baselines as files of a repository: {@code registry.json}, and under {@code models/} one file for each benchmark.
 * The form is documented in {@code docs/baselines.md} and {@code docs/baseline-schema.json}.
 *
 * <p>Everything comes in one order and every run is a line of its own, so that little changes when little has changed.
 */
public final class BaselineFiles {
    /** The name and version of the registry's form. */
    public static final String REGISTRY_SCHEMA = "plumbline-baselines/1";

    /** The name and version of a model's form. */
    public static final String MODEL_SCHEMA = "plumbline-baseline/1";

    /** The registry's file. */
    public static final String REGISTRY = "registry.json";

    /** The folder of the models. */
    public static final String MODELS = "models";

    private static final int MAX_SLUG = 80;

    private BaselineFiles() {}

    /**
     * The files of a version.
     *
     * @param environments the facts of environments; those that the version does not refer to are left out
     * @return content by path, with {@code /} between folder and file; the registry first
     */
    public static Map<String, byte[]> of(BaselineVersion version, Collection<Environment> environments) {
        Map<Benchmark, List<EstablishedBaseline>> benchmarks = new TreeMap<>();
        SortedMap<String, SortedMap<String, String>> known = new TreeMap<>();
        for (EstablishedBaseline baseline : version.baselines()) {
            benchmarks
                    .computeIfAbsent(baseline.key().benchmark(), benchmark -> new ArrayList<>())
                    .add(baseline);
            known.put(baseline.key().environment(), new TreeMap<>());
        }
        for (Environment environment : environments) {
            if (known.containsKey(environment.key())) {
                known.put(environment.key(), withoutInformation(environment));
            }
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(REGISTRY, document(json -> registry(version.info(), known, benchmarks, json)));
        benchmarks.forEach((benchmark, baselines) ->
                files.put(MODELS + "/" + fileName(benchmark), document(json -> model(benchmark, baselines, json))));
        return files;
    }

    /**
     * The name of a benchmark's file: what can be read of its label on every file system, and a digest of the whole
     * that keeps benchmarks apart.
     */
    static String fileName(Benchmark benchmark) {
        StringBuilder slug = new StringBuilder();
        for (char character : benchmark.label().toCharArray()) {
            boolean plain = character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9'
                    || character == '.' && slug.length() > 0;
            if (plain) {
                slug.append(character);
            } else if (slug.length() > 0 && slug.charAt(slug.length() - 1) != '_') {
                slug.append('_');
            }
            if (slug.length() == MAX_SLUG) {
                break;
            }
        }
        while (slug.length() > 0 && "._".indexOf(slug.charAt(slug.length() - 1)) >= 0) {
            slug.setLength(slug.length() - 1);
        }
        return (slug.length() == 0 ? "benchmark" : slug) + "-" + benchmark.id() + ".json";
    }

    private static SortedMap<String, String> withoutInformation(Environment environment) {
        SortedMap<String, String> facts = new TreeMap<>(environment.facts());
        facts.keySet().removeIf(name -> name.startsWith(Environment.INFO));
        return facts;
    }

    private static byte[] document(Consumer<JsonText> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.write(out, writer);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static void registry(
            VersionInfo info,
            SortedMap<String, SortedMap<String, String>> environments,
            Map<Benchmark, List<EstablishedBaseline>> benchmarks,
            JsonText json) {
        json.object(() -> {
            json.text("schema", REGISTRY_SCHEMA);
            json.text("name", info.name());
            json.text("change", info.change().name());
            json.object("made", () -> provenance(info.provenance(), json));
            info.validated()
                    .ifPresentOrElse(at -> json.text("validated", at.toString()), () -> json.nothing("validated"));
            json.object("environments", () -> environments.forEach(json::strings));
            json.lines("models", benchmarks.entrySet(), 1, (entry, line) -> {
                line.text("file", MODELS + "/" + fileName(entry.getKey()));
                line.text("benchmark", entry.getKey().label());
                line.integer("baselines", entry.getValue().size());
            });
        });
    }

    private static void model(Benchmark benchmark, List<EstablishedBaseline> baselines, JsonText json) {
        json.object(() -> {
            json.text("schema", MODEL_SCHEMA);
            json.text("benchmark", benchmark.name());
            json.strings("parameters", benchmark.parameters());
            json.array("baselines", baselines, baseline -> json.object(() -> baseline(baseline, json)));
        });
    }

    private static void baseline(EstablishedBaseline baseline, JsonText json) {
        json.text("metric", baseline.key().metric());
        json.text("environment", baseline.key().environment());
        json.text("branch", baseline.key().branch());
        json.object("unit", () -> {
            json.text("symbol", baseline.unit().symbol());
            json.text("base", baseline.unit().base());
            json.number("factor", baseline.unit().factor());
        });
        json.text("better", baseline.better().name());
        json.object("established", () -> provenance(baseline.provenance(), json));
        json.number("anchor", baseline.anchor());
        json.object("statistics", () -> statistics(baseline.statistics(), json));
        json.lines("runs", baseline.runs(), 3, BaselineFiles::run);
    }

    static void provenance(Provenance provenance, JsonText json) {
        json.integer("version", provenance.version());
        json.text("at", provenance.at().toString());
        json.text("by", provenance.by());
        json.text("reason", provenance.reason());
        json.text("origin", provenance.origin());
        json.text("tool", provenance.tool());
        json.strings("settings", provenance.settings());
    }

    static void statistics(BaselineStatistics statistics, JsonText json) {
        json.integer("runs", statistics.runs());
        json.integer("groups", statistics.groups());
        json.number("mean", statistics.mean());
        json.number("median", statistics.median());
        json.number("standardDeviation", statistics.standardDeviation());
        json.number("robustDeviation", statistics.robustDeviation());
        json.number("autocorrelation", statistics.autocorrelation());
        json.interval("interval", statistics.interval());
        json.object(
                "quantiles",
                () -> statistics.quantiles().forEach((share, value) -> json.number(Double.toString(share), value)));
    }

    static void run(BaselineRun run, JsonText json) {
        json.text("run", run.id());
        json.text("commit", run.commit());
        json.text("time", run.time().toString());
        json.number("value", run.value());
        json.integer("groups", run.groups());
        json.number("groupDeviation", run.groupDeviation());
        json.truth("anomaly", run.anomaly());
    }
}
