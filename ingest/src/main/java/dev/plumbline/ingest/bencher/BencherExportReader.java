package dev.plumbline.ingest.bencher;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what Bencher's interface answers: reports with their results, one or a list of them, and queries of
 * performance. Responses may follow each other, like the pages of a list.
 *
 * <p>A report is a run of its branch, commit, start and testbed, which names the environment. A query gives the same
 * runs series by series. Iterations are the values of one sample. Without a commit the start is used instead.
 */
public final class BencherExportReader implements ResultReader {
    /** The most values of one report, or of one series. */
    private static final int MOST_VALUES = 1_000_000;

    public static boolean recognises(Head head) {
        boolean reports = head.has("[]", "branch", "head")
                && head.has("[]", "testbed", "name")
                && head.has("[]", "start_time")
                && head.has("[]", "adapter");
        boolean report = head.has("branch", "head")
                && head.has("testbed", "name")
                && head.has("start_time")
                && head.has("adapter");
        boolean query = head.has("project", "slug")
                && head.has("results", "[]", "testbed", "name")
                && head.has("results", "[]", "measure", "units");
        return reports || report || query;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Measures measures = new Measures();
        // thresholds may come after the first values of their measure; problems are reported in the second pass
        walk(
                source,
                new Silent(),
                (values, run) ->
                        values.forEach(value -> measures.threshold(value.measure, value.hasLower, value.hasUpper)));
        Recording recording = new Recording(new Recorder(sink), measures, importContext);
        walk(source, sink, recording::take);
    }

    /** Takes nothing. */
    private static final class Silent implements RunSink {
        @Override
        public void accept(RunHeader header, Measurement measurement) {
            // only thresholds are looked at
        }

        @Override
        public void problem(Problem problem) {
            // it is reported when values are recorded
        }
    }

    /** The identifying facts of a run, as far as they were seen. */
    private static final class Run {
        private String branch = "";
        private String hash = "";
        private String testbed = "";
        private String start = "";
        private String report = "";
    }

    /** A value with its measure and the boundaries of its threshold. */
    private static final class Value {
        private final String where;
        private String benchmark = "";
        private String measure = "";
        private String units = "";
        private double number = Double.NaN;
        private double lower = Double.NaN;
        private double upper = Double.NaN;
        private boolean hasLower;
        private boolean hasUpper;

        /** The run of a query, where each value has a run of its own. */
        private final Run run = new Run();

        Value(String where) {
            this.where = where;
        }
    }

    /** Takes what one run measured of one series, a value for each iteration. */
    private interface Taker {
        void take(List<Value> values, Run run);
    }

    /** Hands on what belongs together, in the order in which it appeared. */
    private static void hand(
            List<Value> values, Function<Value, List<String>> key, Function<Value, Run> run, Taker taker) {
        Map<List<String>, List<Value>> groups = new LinkedHashMap<>();
        values.forEach(value -> groups.computeIfAbsent(key.apply(value), other -> new ArrayList<>())
                .add(value));
        groups.values().forEach(group -> taker.take(group, run.apply(group.get(0))));
    }

    private static void walk(Source source, RunSink problems, Taker taker) throws IOException {
        try (Json json = Json.open(source, problems)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> answer(json, problems, taker));
                } else {
                    answer(json, problems, taker);
                }
            }
        }
    }

    /** A report, or a query. */
    private static void answer(Json json, RunSink problems, Taker taker) throws IOException {
        String where = json.where();
        Run run = new Run();
        List<Value> values = new ArrayList<>();
        boolean[] is = {false, false}; // a report, and one with results
        json.object(key -> {
            switch (key) {
                case "uuid" -> run.report = json.text();
                case "adapter" -> is[0] = true;
                case "branch" -> branch(json, run);
                case "testbed" -> run.testbed = member(json, "name");
                case "start_time" -> run.start = json.text();
                case "results" -> {
                    is[1] = !json.isNull();
                    json.list(() -> {
                        if (json.isList()) {
                            json.list(() -> ofReport(json, values));
                        } else {
                            ofQuery(json, taker);
                        }
                    });
                }
                default -> json.skip();
            }
        });
        if (is[0] && !is[1]) {
            problems.problem(new Problem(
                    where,
                    "report " + Excerpt.quoted(run.report)
                            + " has no results; download it with the parameter expand=true"));
        }
        hand(values, value -> List.of(value.benchmark, value.measure, value.units), value -> run, taker);
    }

    private static void branch(Json json, Run run) throws IOException {
        json.object(key -> {
            switch (key) {
                case "name" -> run.branch = json.text();
                case "head" ->
                    json.object(part -> {
                        if (part.equals("version")) {
                            run.hash = member(json, "hash");
                        }
                    });
                default -> json.skip();
            }
        });
    }

    /** The text of a member of an object. */
    private static String member(Json json, String name) throws IOException {
        String[] text = {""};
        json.object(key -> {
            if (key.equals(name)) {
                text[0] = json.text();
            }
        });
        return text[0];
    }

    private static void ofReport(Json json, List<Value> values) throws IOException {
        String[] benchmark = {""};
        List<Value> own = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "benchmark" -> benchmark[0] = member(json, "name");
                case "measures" -> json.list(() -> add(value(json), own));
                default -> json.skip();
            }
        });
        for (Value value : own) {
            value.benchmark = benchmark[0];
            add(value, values);
        }
    }

    private static void add(Value value, List<Value> values) throws UnreadableInput {
        if (values.size() == MOST_VALUES) {
            throw new UnreadableInput(
                    value.where, "is one of more than " + MOST_VALUES + " values of one report or series");
        }
        values.add(value);
    }

    private static void ofQuery(Json json, Taker taker) throws IOException {
        Run common = new Run();
        Value measured = new Value(json.where());
        List<Value> values = new ArrayList<>();
        json.object(key -> {
            switch (key) {
                case "branch" -> branch(json, common);
                case "testbed" -> common.testbed = member(json, "name");
                case "benchmark" -> measured.benchmark = member(json, "name");
                case "measure" -> measure(json, measured);
                case "metrics" -> json.list(() -> add(value(json), values));
                default -> json.skip();
            }
        });
        for (Value value : values) {
            value.benchmark = measured.benchmark;
            value.measure = measured.measure;
            value.units = measured.units;
            value.run.branch = common.branch;
            value.run.testbed = common.testbed;
        }
        hand(values, value -> List.of(value.run.hash, value.run.start, value.run.report), value -> value.run, taker);
    }

    private static void measure(Json json, Value value) throws IOException {
        json.object(part -> {
            switch (part) {
                case "name" -> value.measure = json.text();
                case "units" -> value.units = json.text();
                default -> json.skip();
            }
        });
    }

    private static Value value(Json json) throws IOException {
        Value value = new Value(json.where());
        json.object(key -> {
            switch (key) {
                case "measure" -> measure(json, value);
                case "metric" ->
                    json.object(part -> {
                        switch (part) {
                            case "value" -> value.number = json.number();
                            case "lower_value" -> value.lower = json.isNull() ? Double.NaN : json.number();
                            case "upper_value" -> value.upper = json.isNull() ? Double.NaN : json.number();
                            default -> json.skip();
                        }
                    });
                case "threshold" ->
                    json.object(part -> {
                        if (part.equals("model")) {
                            json.object(bound -> {
                                value.hasLower |= bound.equals("lower_boundary") && !json.isNull();
                                value.hasUpper |= bound.equals("upper_boundary") && !json.isNull();
                            });
                        }
                    });
                case "version" -> value.run.hash = member(json, "hash");
                case "start_time" -> value.run.start = json.text();
                case "report" -> value.run.report = json.text();
                default -> json.skip();
            }
        });
        return value;
    }

    /** Hands values on with the headers of their runs. */
    private static final class Recording {
        private final Recorder recorder;
        private final Measures measures;
        private final ImportContext importContext;
        private Optional<Run> last = Optional.empty();
        private Optional<RunHeader> header = Optional.empty();

        Recording(Recorder recorder, Measures measures, ImportContext importContext) {
            this.recorder = recorder;
            this.measures = measures;
            this.importContext = importContext;
        }

        void take(List<Value> values, Run run) {
            Value first = values.get(0);
            if (last.isEmpty() || last.get() != run) {
                last = Optional.of(run);
                header = header(first.where, run);
            }
            Optional<Unit> unit = recorder.unit(first.where, Measures.symbol(first.units));
            if (header.isPresent() && unit.isPresent()) {
                recorder.benchmark(first.where, first.benchmark, Map.of())
                        .ifPresent(benchmark -> record(values, header.get(), benchmark, unit.get()));
            }
        }

        private Optional<RunHeader> header(String where, Run run) {
            return recorder.header(
                    where,
                    new RunFacts()
                            .tool("Bencher", "")
                            .elsewhere()
                            .machine(Environment.NAME, run.testbed)
                            .commit(run.hash.isBlank() ? run.start : run.hash)
                            .branch(run.branch)
                            .measuredAt(run.start, importContext.zone())
                            .context("bencher.report", run.report),
                    importContext);
        }

        private void record(List<Value> values, RunHeader known, Benchmark benchmark, Unit unit) {
            Value first = values.get(0);
            Better better = recorder.better(first.where, first.measure, unit, measures.better(first.measure, unit));
            if (values.size() > 1) {
                RawValues iterations = new RawValues();
                for (Value value : values) {
                    iterations.add(value.number);
                    iterations.endGroup();
                }
                recorder.values(
                        first.where, known, benchmark, first.measure, unit, better, Sample.Center.MEAN, iterations);
                return;
            }
            StatedSummary stated = StatedSummary.location(first.number);
            if (first.lower <= first.number && first.number <= first.upper) { // tools write distances here, too
                stated.quantile(0, first.lower).quantile(1, first.upper);
            }
            stated.sample()
                    .ifPresentOrElse(
                            sample -> recorder.directed(
                                    first.where, known, benchmark, first.measure, unit, better, sample),
                            () -> recorder.problem(
                                    first.where,
                                    "benchmark " + Excerpt.quoted(first.benchmark) + ", measure "
                                            + Excerpt.quoted(first.measure)
                                            + ": has no value that is a finite number; it is skipped"));
        }
    }
}
