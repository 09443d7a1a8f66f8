package dev.plumbline.ingest.horreum;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the label values of a test's datasets as Horreum's interface returns them, with the export of the test before
 * them where that is in the same file: it has the name of the test, its fingerprint labels and the watched ones.
 *
 * <p>A dataset is part of the run that began at its start. A label that is called like a commit, a branch or an
 * environment is that. Without a commit the start is used instead.
 */
public final class HorreumReader implements ResultReader {
    private static final int MOST_LABELS = 100_000;
    private static final int MOST_REPORTED = 1_000;

    private static final Set<String> COMMITS = Set.of(
            "commit",
            "commitid",
            "commitsha",
            "commithash",
            "gitcommit",
            "gitsha",
            "githash",
            "gitrevision",
            "revision",
            "sha");
    private static final Set<String> BRANCHES = Set.of("branch", "gitbranch", "branchname");
    private static final Set<String> ENVIRONMENTS = Set.of("environment", "testbed", "machine", "hostname", "host");

    public static boolean recognises(Head head) {
        boolean values = head.has("[]", "values")
                && head.has("[]", "datasetId")
                && head.has("[]", "start")
                && head.has("[]", "stop");
        boolean test = head.has("datastoreId")
                && head.has("name")
                && head.has("owner")
                && (head.has("fingerprintLabels") || head.has("variables"));
        return values || test;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Definition definition = new Definition();
        Datasets datasets = new Datasets(definition, recorder, importContext, source.stem());
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> datasets.read(json));
                } else {
                    String where = json.where();
                    definition.read(json);
                    if (datasets.count > 0) {
                        recorder.problem(
                                where,
                                "the export of a test comes after label values, which are read without it; put it"
                                        + " before them");
                    }
                }
            }
        }
        if (datasets.count == 0) {
            recorder.problem(
                    source.name(),
                    "has the definition of a test and no label values; add those of api/test/ID/labelValues");
        }
    }

    private static final class Datasets {
        private final Definition definition;
        private final Recorder recorder;
        private final ImportContext importContext;
        private final String stem;
        private final Set<String> reported = new HashSet<>();
        private long count;

        Datasets(Definition definition, Recorder recorder, ImportContext importContext, String stem) {
            this.definition = definition;
            this.recorder = recorder;
            this.importContext = importContext;
            this.stem = stem;
        }

        /** The value of a dataset's label: numbers, or a text. */
        private record Label(String where, String name, RawValues values, boolean isList, String text) {}

        void read(Json json) throws IOException {
            String where = json.where();
            List<Label> labels = new ArrayList<>();
            Map<String, String> texts = new TreeMap<>();
            json.object(key -> {
                switch (key) {
                    case "values" -> json.object(name -> label(json, Texts.wellFormed(name), labels));
                    case "start", "runId" -> texts.put(key, json.text());
                    default -> json.skip();
                }
            });
            count++;
            if (!definition.isKnown() && isFirst("")) {
                recorder.problem(
                        where,
                        "the file does not say which labels tell datasets apart (fingerprints), so that all of them"
                                + " make one benchmark; put the export of the test before the label values");
            }
            header(where, labels, texts).ifPresent(header -> record(where, labels, header));
        }

        /** Whether this was not reported before; what is odd a thousand times is odd. */
        private boolean isFirst(String what) {
            return reported.size() < MOST_REPORTED && reported.add(what);
        }

        private static void label(Json json, String name, List<Label> labels) throws IOException {
            String where = json.where();
            if (labels.size() == MOST_LABELS) {
                throw new UnreadableInput(where, "is one of more than " + MOST_LABELS + " labels of one dataset");
            }
            RawValues values = new RawValues();
            if (json.isList()) {
                boolean[] isNumbers = {true};
                json.list(() -> {
                    if (json.isNumber()) {
                        values.add(json.number());
                    } else {
                        isNumbers[0] = false;
                    }
                });
                labels.add(new Label(where, name, isNumbers[0] ? values : new RawValues(), true, ""));
            } else if (json.isNumber()) {
                String text = json.text();
                values.add(json.number());
                labels.add(new Label(where, name, values, false, text));
            } else if (json.isScalar()) {
                labels.add(new Label(where, name, values, false, json.text()));
            } else if (!json.isNull()) {
                labels.add(new Label(where, name, values, true, json.written()));
            }
        }

        private static String plain(String label) {
            return label.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        }

        private static String first(List<Label> labels, Set<String> names) {
            return labels.stream()
                    .filter(label -> names.contains(plain(label.name)) && !label.text.isBlank())
                    .map(Label::text)
                    .findFirst()
                    .orElse("");
        }

        private Optional<RunHeader> header(String where, List<Label> labels, Map<String, String> texts) {
            Optional<Instant> start = Times.parse(texts.getOrDefault("start", ""), importContext.zone());
            String commit = first(labels, COMMITS);
            RunFacts facts = new RunFacts()
                    .tool("Horreum", "")
                    .elsewhere()
                    .machine(Environment.NAME, first(labels, ENVIRONMENTS))
                    .commit(
                            commit.isBlank()
                                    ? start.map(Instant::toString).orElse("run " + texts.getOrDefault("runId", ""))
                                    : commit)
                    .branch(first(labels, BRANCHES))
                    .measuredAt(start)
                    .context("horreum.run", texts.getOrDefault("runId", ""));
            for (Label label : labels) {
                if (isContext(label)) {
                    facts.context(label.name, label.text);
                }
            }
            return recorder.header(where, facts, importContext);
        }

        private boolean isContext(Label label) {
            return label.values.count() == 0
                    && !label.isList
                    && !isPlace(label)
                    && !definition.isFingerprint(label.name);
        }

        private static boolean isPlace(Label label) {
            String plain = plain(label.name);
            return COMMITS.contains(plain) || BRANCHES.contains(plain) || ENVIRONMENTS.contains(plain);
        }

        private void record(String where, List<Label> labels, RunHeader header) {
            Map<String, String> parameters = new TreeMap<>();
            labels.stream()
                    .filter(label -> definition.isFingerprint(label.name) && !label.text.isBlank() && !isPlace(label))
                    .forEach(label -> parameters.putIfAbsent(label.name, label.text));
            recorder.benchmark(where, definition.name().orElse(stem), parameters)
                    .ifPresent(benchmark -> labels.stream()
                            .filter(label -> !definition.isFingerprint(label.name) && !isPlace(label))
                            .forEach(label -> record(label, header, benchmark)));
        }

        private void record(Label label, RunHeader header, Benchmark benchmark) {
            Optional<Definition.Variable> variable = definition.variable(label.name);
            Optional<String> computed = definition.computed(label.name);
            if (variable.isEmpty() && computed.isEmpty() && definition.hasVariables()) {
                return; // its progress is not observed
            }
            if (label.values.count() == 0 && label.values.leftOut() > 0) {
                recorder.problem(label.where, benchmark, label.name, "is no finite number; this metric is skipped");
                return;
            }
            if (label.values.count() == 0) {
                if ((label.isList || variable.isPresent()) && isFirst("number " + label.name)) {
                    recorder.problem(
                            label.where,
                            "label " + Excerpt.quoted(label.name) + " has no number, nor a list of numbers; it is"
                                    + " skipped");
                }
                return;
            }
            if (variable.isEmpty() && computed.isPresent() && isFirst("computed " + computed.get())) {
                recorder.problem(
                        label.where,
                        "variable " + Excerpt.quoted(computed.get())
                                + " is computed by a function of Horreum; its labels are recorded as they are");
            }
            String name = variable.map(Definition.Variable::name).orElse(label.name);
            Unit unit = Unit.of("");
            Better better = recorder.better(
                    label.where,
                    name,
                    unit,
                    variable.flatMap(Definition.Variable::better).or(() -> Directions.ofName(name)));
            if (label.isList) {
                recorder.values(label.where, header, benchmark, name, unit, better, Sample.Center.MEDIAN, label.values);
            } else {
                recorder.directed(
                        label.where,
                        header,
                        benchmark,
                        name,
                        unit,
                        better,
                        Sample.Summary.of(label.values
                                .sample(Sample.Center.MEDIAN)
                                .orElseThrow()
                                .location()));
            }
        }
    }
}
