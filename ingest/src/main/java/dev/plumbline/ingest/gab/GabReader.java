package dev.plumbline.ingest.gab;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
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
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code data.js}, the same as plain JSON, in entries or in columns, and the list that the action's custom tools
 * take.
 *
 * <p>A history's entries become one run each, with commit and time; they were taken by machines that the file does not
 * describe. The suite is a parameter, so that equal names of two suites differ. The list of a custom tool is one run,
 * made here.
 */
public final class GabReader implements ResultReader {
    private static final int LONGEST_MESSAGE = 200;
    private static final int MOST_REMEMBERED = 10_000;

    public static boolean recognises(Head head) {
        return head.has("entries", "*", "[]", "benches")
                || head.has("runs") && head.has("names") && head.has("units") && head.has("values")
                || head.has("entries", "*", "runs") && head.has("entries", "*", "names")
                || head.has("entries", "*", "[]", "commit")
                || head.has("lastUpdate") && head.has("entries")
                || head.text().stripLeading().startsWith("window.BENCHMARK_DATA")
                || head.isList() && head.has("[]", "name") && head.has("[]", "value") && head.has("[]", "unit");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Json json = Json.open(source, sink)) {
            History history = new History(json, importContext, new Recorder(sink));
            if (!json.next()) {
                return;
            }
            if (json.isList()) {
                history.list();
            } else {
                history.root();
            }
        }
    }

    /** The names of a unit's metrics, in both directions. */
    private record Metrics(Metric lower, Metric higher) {
        static Metrics of(Unit unit) {
            String name = Directions.metricName(unit);
            return new Metrics(new Metric(name, unit, Better.LOWER), new Metric(name, unit, Better.HIGHER));
        }
    }

    private static final class History {
        private final Json json;
        private final ImportContext importContext;
        private final Recorder recorder;
        private final Set<String> undirected = new HashSet<>();

        // A history names the same benchmarks and units again and again: what was made of them is kept.
        private final Map<String, Metrics> units = new HashMap<>();
        private final Map<String, Benchmark> benchmarks = new HashMap<>(); // of the latest suite
        private String latestSuite = "";

        History(Json json, ImportContext importContext, Recorder recorder) {
            this.json = json;
            this.importContext = importContext;
            this.recorder = recorder;
        }

        /** A history: suites of runs, each with its results, or columns. */
        void root() throws IOException {
            String where = json.where();
            Columns columns = new Columns(json, recorder);
            json.object(key -> {
                switch (key) {
                    case "entries" -> json.object(suite -> suite(Texts.wellFormed(suite)));
                    case "lastUpdate", "repoUrl" -> json.skip();
                    default -> columns.field(key, this::facts);
                }
            });
            record(columns.runs(where), "");
        }

        private void suite(String name) throws IOException {
            if (!json.isObject()) {
                json.list(() -> entry(name));
                return;
            }
            String where = json.where();
            Columns columns = new Columns(json, recorder);
            json.object(key -> columns.field(key, this::facts));
            record(columns.runs(where), name);
        }

        /** The facts of an element of the columns' runs: an object as in a suite, or the commit's id alone. */
        private Columns.Run facts() throws IOException {
            String where = json.where();
            RunFacts facts = new RunFacts().elsewhere();
            String[] tool = {""};
            if (json.isObject()) {
                json.object(key -> {
                    switch (key) {
                        case "commit" -> {
                            if (json.isObject()) {
                                commit(facts);
                            } else {
                                facts.commit(json.text());
                            }
                        }
                        case "date" -> facts.measuredAt(time());
                        case "tool" -> tool[0] = json.text();
                        default -> json.skip();
                    }
                });
            } else {
                facts.commit(json.text());
            }
            facts.tool(tool[0].isEmpty() ? "github-action-benchmark" : tool[0], "");
            return new Columns.Run(where, facts, tool[0]);
        }

        private void record(List<Columns.Measured> runs, String suite) {
            benchmarks.clear();
            Map<String, String> parameters = suite.isBlank() ? Map.of() : Map.of("suite", suite);
            for (Columns.Measured each : runs) {
                recorder.header(each.run().where(), each.run().facts(), importContext)
                        .ifPresent(header -> each.benches()
                                .forEach(bench ->
                                        record(header, parameters, each.run().tool(), bench)));
            }
        }

        void list() throws IOException {
            RunHeader header =
                    new RunFacts().tool("github-action-benchmark", "").in(importContext);
            json.list(() -> {
                for (Bench bench : Bench.of(json).separated(Set.of())) {
                    record(header, Map.of(), "", bench);
                }
            });
        }

        void entry(String suite) throws IOException {
            String where = json.where();
            RunFacts facts = new RunFacts().elsewhere();
            List<Bench> benches = new ArrayList<>();
            String[] tool = {""};
            json.object(key -> {
                switch (key) {
                    case "commit" -> commit(facts);
                    case "date" -> facts.measuredAt(time());
                    case "tool" -> tool[0] = json.text();
                    case "benches" -> json.list(() -> benches.add(Bench.of(json)));
                    default -> json.skip();
                }
            });
            facts.tool(tool[0].isEmpty() ? "github-action-benchmark" : tool[0], "");
            extras(facts, benches);
            Set<String> names = new HashSet<>();
            for (Bench bench : benches) {
                names.add(bench.name());
            }
            Map<String, String> parameters = suite.isBlank() ? Map.of() : Map.of("suite", suite);
            if (!suite.equals(latestSuite)) {
                latestSuite = suite;
                benchmarks.clear();
            }
            Optional<RunHeader> header = recorder.header(where, facts, importContext);
            if (header.isEmpty()) {
                return;
            }
            for (Bench bench : benches) {
                for (Bench separate : bench.separated(names)) {
                    record(header.get(), parameters, tool[0], separate);
                }
            }
        }

        private void commit(RunFacts facts) throws IOException {
            json.object(key -> {
                switch (key) {
                    case "id" -> facts.commit(json.text());
                    case "timestamp" -> facts.commitTime(time());
                    case "message" -> {
                        String first = json.text().strip().lines().findFirst().orElse("");
                        facts.context(
                                RunHeader.COMMIT + "message",
                                first.substring(0, Math.min(first.length(), LONGEST_MESSAGE)));
                    }
                    case "url" -> facts.context(RunHeader.COMMIT + "url", json.text());
                    default -> json.skip();
                }
            });
        }

        private Optional<Instant> time() {
            Optional<Instant> time =
                    json.isNumber() ? Times.ofEpoch(json.number()) : Times.parse(json.text(), importContext.zone());
            if (time.isEmpty() && !json.isNull()) {
                json.problem(json.shown() + " is not a time; it is ignored");
            }
            return time;
        }

        /** Writes the extras of the results: once when all are the same, else for each by its name. */
        private static void extras(RunFacts facts, List<Bench> benches) {
            boolean alike = true;
            for (Bench bench : benches) {
                alike &= bench.extra().equals(benches.get(0).extra());
            }
            if (alike && !benches.isEmpty()) {
                facts.context("extra", benches.get(0).extra());
            } else {
                for (Bench bench : benches) {
                    if (!bench.extra().isBlank()) {
                        facts.context("extra: " + bench.name(), bench.extra());
                    }
                }
            }
        }

        private void record(RunHeader header, Map<String, String> parameters, String tool, Bench bench) {
            if (!Double.isFinite(bench.value())) {
                recorder.problem(
                        bench.where(),
                        "benchmark " + Excerpt.quoted(bench.name()) + ": value is " + bench.shown()
                                + ", no finite number; this result is skipped");
                return;
            }
            Optional<Metrics> metrics = metricsOf(bench);
            Optional<Benchmark> benchmark = metrics.isEmpty() ? Optional.empty() : benchmarkOf(bench, parameters);
            if (benchmark.isEmpty()) {
                return;
            }
            Optional<Better> better = GabTools.better(tool, metrics.get().lower.unit());
            if (better.isEmpty()) {
                better = Directions.ofName(bench.name());
            }
            if (better.isEmpty() && undirected.size() < 100 && undirected.add(bench.unit())) {
                recorder.problem(
                        bench.where(),
                        "unknown direction of " + Excerpt.quoted(bench.unit()) + "; assuming lower is better");
            }
            boolean rises = better.isPresent() && better.get() == Better.HIGHER;
            Metric metric = rises ? metrics.get().higher : metrics.get().lower;
            recorder.measurement(bench.where(), header, benchmark.get(), metric, bench.sample());
        }

        /** The metrics of a unit; empty, and a problem, when the unit cannot be one. */
        private Optional<Metrics> metricsOf(Bench bench) {
            Optional<Metrics> known = Optional.ofNullable(units.get(bench.unit()));
            if (known.isPresent()) {
                return known;
            }
            Optional<Metrics> metrics =
                    recorder.unit(bench.where(), bench.unit()).map(Metrics::of);
            if (metrics.isPresent() && units.size() < MOST_REMEMBERED) {
                units.put(bench.unit(), metrics.get());
            }
            return metrics;
        }

        /** The benchmark of a result; empty, and a problem, when its name cannot be one. */
        private Optional<Benchmark> benchmarkOf(Bench bench, Map<String, String> parameters) {
            Optional<Benchmark> known = Optional.ofNullable(benchmarks.get(bench.name()));
            if (known.isPresent()) {
                return known;
            }
            Optional<Benchmark> benchmark = recorder.benchmark(bench.where(), bench.name(), parameters);
            if (benchmark.isPresent() && benchmarks.size() < MOST_REMEMBERED) {
                benchmarks.put(bench.name(), benchmark.get());
            }
            return benchmark;
        }
    }
}
