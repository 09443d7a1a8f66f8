package dev.plumbline.ingest.gab;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Shown;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
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
import java.util.TreeMap;

/**
 * Reads {@code data.js}, the same as plain JSON, and the list that the action's custom tools take.
 *
 * <p>A history's entries become one run each, with commit and time; they were taken by machines that the file does not
 * tell. The suite is a parameter, so that equal names in two suites stay apart. The list of a custom tool is one run,
 * made here.
 */
public final class GabReader implements ResultReader {
    private static final int LONGEST_MESSAGE = 200;

    public static boolean recognises(Head head) {
        return head.has("entries", "*", "[]", "benches")
                || head.has("entries", "*", "[]", "commit")
                || head.has("lastUpdate") && head.has("entries")
                || head.text().stripLeading().startsWith("window.BENCHMARK_DATA")
                || head.isList() && head.has("[]", "name") && head.has("[]", "value") && head.has("[]", "unit");
    }

    @Override
    public void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        try (Json json = Json.open(source, sink)) {
            History history = new History(json, surroundings, new Recorder(sink));
            if (!json.next()) {
                return;
            }
            if (json.isList()) {
                history.list();
            } else {
                json.object(key -> {
                    switch (key) {
                        case "entries" ->
                            json.object(suite -> {
                                String name = Texts.wellFormed(suite);
                                json.list(() -> history.entry(name));
                            });
                        default -> json.skip();
                    }
                });
            }
        }
    }

    private static final class History {
        private final Json json;
        private final Surroundings surroundings;
        private final Recorder recorder;
        private final Map<String, Unit> units = new HashMap<>();
        private final Set<String> undirected = new HashSet<>();

        History(Json json, Surroundings surroundings, Recorder recorder) {
            this.json = json;
            this.surroundings = surroundings;
            this.recorder = recorder;
        }

        void list() throws IOException {
            RunHeader header =
                    new RunFacts().tool("github-action-benchmark", "").in(surroundings);
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
            benches.forEach(bench -> names.add(bench.name()));
            Map<String, String> parameters = suite.isBlank() ? Map.of() : Map.of("suite", suite);
            recorder.header(where, facts, surroundings).ifPresent(header -> benches.stream()
                    .flatMap(bench -> bench.separated(names).stream())
                    .forEach(bench -> record(header, parameters, tool[0], bench)));
        }

        private void commit(RunFacts facts) throws IOException {
            json.object(key -> {
                switch (key) {
                    case "id" -> facts.commit(json.text());
                    case "timestamp" -> facts.commitTime(time());
                    case "message" -> {
                        String first = json.text().strip().lines().findFirst().orElse("");
                        facts.context("commit.message", first.substring(0, Math.min(first.length(), LONGEST_MESSAGE)));
                    }
                    case "url" -> facts.context("commit.url", json.text());
                    default -> json.skip();
                }
            });
        }

        private Optional<Instant> time() {
            Optional<Instant> time =
                    json.isNumber() ? Times.ofEpoch(json.number()) : Times.parse(json.text(), surroundings.zone());
            if (time.isEmpty() && !json.isNull()) {
                json.problem(json.shown() + " is not a time; it is ignored");
            }
            return time;
        }

        /** What the results say besides: once when they all say the same, else for each by its name. */
        private static void extras(RunFacts facts, List<Bench> benches) {
            Set<String> different = new HashSet<>();
            benches.forEach(bench -> different.add(bench.extra()));
            if (different.size() == 1) {
                facts.context("extra", different.iterator().next());
            } else {
                benches.forEach(bench -> facts.context("extra: " + bench.name(), bench.extra()));
            }
        }

        private void record(RunHeader header, Map<String, String> parameters, String tool, Bench bench) {
            if (!Double.isFinite(bench.value())) {
                recorder.problem(
                        bench.where(),
                        "benchmark " + Shown.quoted(bench.name()) + ": value is " + bench.shown()
                                + ", no finite number; this result is skipped");
                return;
            }
            Unit unit = units.get(bench.unit());
            if (unit == null) {
                Optional<Unit> known = recorder.unit(bench.where(), bench.unit());
                if (known.isEmpty()) {
                    return;
                }
                unit = known.get();
                if (units.size() < 1000) {
                    units.put(bench.unit(), unit);
                }
            }
            String metric = Directions.metricName(unit);
            Optional<Better> better = GabTools.better(tool, unit).or(() -> Directions.ofName(bench.name()));
            if (better.isEmpty() && undirected.size() < 100 && undirected.add(bench.unit())) {
                recorder.problem(
                        bench.where(),
                        "nothing tells which way " + Shown.quoted(bench.unit())
                                + " is better; lower is taken as better");
            }
            Unit known = unit;
            recorder.benchmark(bench.where(), bench.name(), new TreeMap<>(parameters))
                    .ifPresent(benchmark -> recorder.directed(
                            bench.where(),
                            header,
                            benchmark,
                            metric,
                            known,
                            better.orElse(Better.LOWER),
                            bench.sample()));
        }
    }
}
