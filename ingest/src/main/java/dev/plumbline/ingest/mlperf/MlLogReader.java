package dev.plumbline.ingest.mlperf;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads logs with lines {@code :::MLLOG}: of MLPerf Training and HPC, and the detailed log of the load generator.
 *
 * <p>A training is the time from {@code run_start} to {@code run_stop}, which is MLPerf's own score; the times of
 * epochs and blocks are kept one by one, the last accuracy and the tracked statistics as they are. Name, division and
 * batch size distinguish benchmarks. A training that did not succeed is reported.
 */
public final class MlLogReader implements ResultReader {
    private static final String MARK = ":::MLLOG ";

    public static boolean recognises(Head head) {
        return !head.isObject() && !head.isList() && head.text().lines().anyMatch(line -> line.contains(MARK + "{"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Log log = new Log(source, importContext, recorder);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                int mark = lines.line().indexOf(MARK);
                if (mark >= 0) {
                    log.event(Event.of(source, lines, mark + MARK.length(), sink));
                }
            }
        }
        log.end();
    }

    /**
     * One line.
     *
     * @param text of the value, or empty when that is an object
     * @param numbers of the value when that is an object, else empty
     */
    private record Event(
            String where, String key, String type, double millis, String text, NamedNumbers numbers, String status) {

        static Event of(Source source, Lines lines, int from, RunSink sink) throws IOException {
            Map<String, String> texts = new HashMap<>();
            NamedNumbers numbers = new NamedNumbers();
            double[] millis = {Double.NaN};
            Json.inside(
                    source,
                    lines.number(),
                    from + 1,
                    lines.line().substring(from),
                    sink,
                    json -> json.object(field -> {
                        switch (field) {
                            case "time_ms" -> millis[0] = json.number();
                            case "value" -> {
                                if (json.isObject()) {
                                    json.object(name -> numbers.state(name, json.number()));
                                } else {
                                    texts.put("value", json.text());
                                }
                            }
                            case "metadata" ->
                                json.object(name -> {
                                    if (name.equals("status")) {
                                        texts.put("status", json.text());
                                    }
                                });
                            default -> {
                                if (json.isScalar()) {
                                    texts.put(field, json.text());
                                }
                            }
                        }
                    }));
            return new Event(
                    lines.where(),
                    texts.getOrDefault("key", ""),
                    texts.getOrDefault("event_type", ""),
                    millis[0],
                    texts.getOrDefault("value", ""),
                    numbers,
                    texts.getOrDefault("status", ""));
        }

        double number() {
            return Texts.number(text);
        }
    }

    private static final class Log {
        private final Source source;
        private final ImportContext importContext;
        private final Recorder recorder;
        private final RunFacts facts = new RunFacts().tool("MLPerf", "");
        private final TreeMap<String, String> parameters = new TreeMap<>();
        private final Map<String, Double> begun = new HashMap<>();
        private final Map<String, RawValues> intervals = new LinkedHashMap<>();
        private final Map<String, RawValues> tracked = new LinkedHashMap<>();
        private final Numbers numbers = new Numbers();
        private String name = "";
        private String sut = "";
        private String where;
        private double start = Double.NaN;
        private double stop = Double.NaN;
        private double accuracy = Double.NaN;

        Log(Source source, ImportContext importContext, Recorder recorder) {
            this.source = source;
            this.importContext = importContext;
            this.recorder = recorder;
            this.where = source.name();
        }

        void event(Event event) {
            switch (event.key) {
                case "submission_benchmark" -> name = event.text;
                case "submission_division", "submission_org", "submission_platform", "submission_status", "seed" ->
                    facts.context(event.key, event.text);
                case "global_batch_size" -> parameters.put("global_batch_size", event.text);
                case "effective_scenario" -> parameters.put("scenario", event.text);
                case "sut_name" -> sut = event.text;
                case "loadgen_version" -> facts.tool("MLPerf LoadGen", event.text);
                case "loadgen_git_commit_hash" -> facts.context("loadgen commit", event.text);
                case "test_datetime" -> facts.measuredAt(event.text, importContext.zone());
                case "result_validity" -> {
                    if (!event.text.equals("VALID")) {
                        recorder.problem(event.where, "the run was not valid; its numbers are kept");
                    }
                }
                case "run_start" -> runStart(event);
                case "run_stop" -> runStop(event);
                case "eval_accuracy" -> accuracy = event.number();
                case "tracked_stats" -> event.numbers.forEach((key, value) -> add(tracked, key, value));
                default -> {
                    if (!numbers.logged(event.key, event.number())) {
                        interval(event);
                    }
                }
            }
        }

        private void runStart(Event event) {
            if (Double.isNaN(start) || !Double.isNaN(stop)) {
                finish();
                start = event.millis;
                where = event.where;
                facts.measuredAt(Times.ofEpoch(event.millis));
            }
        }

        private void runStop(Event event) {
            stop = event.millis;
            if (!event.status.isEmpty() && !event.status.equals("success")) {
                recorder.problem(
                        event.where,
                        "the training ended with " + Excerpt.quoted(event.status)
                                + ": its time is meaningless and is skipped");
                start = Double.NaN;
            }
        }

        /** {@code epoch_start} and {@code epoch_stop}, or other pairs, one inside of the other. */
        private void interval(Event event) {
            boolean begins = event.key.endsWith("_start");
            boolean ends = event.key.endsWith("_stop");
            if (!begins && !ends || Double.isNaN(event.millis) || begun.size() > 1000) {
                return;
            }
            String of = event.key.substring(0, event.key.lastIndexOf('_'));
            if (begins) {
                begun.put(of, event.millis);
            } else {
                Double from = begun.remove(of);
                if (from != null) {
                    add(intervals, of, (event.millis - from) / 1000);
                }
            }
        }

        private static void add(Map<String, RawValues> values, String key, double value) {
            if (values.size() < 1000 || values.containsKey(key)) {
                values.computeIfAbsent(key, made -> new RawValues()).add(value);
            }
        }

        void end() {
            finish();
        }

        private void finish() {
            boolean trained = !Double.isNaN(start) && !Double.isNaN(stop);
            if (trained || !intervals.isEmpty() || !tracked.isEmpty() || !numbers.isEmpty()) {
                String reported = !name.isBlank() ? name : !sut.isBlank() ? sut : source.fileName();
                Optional<RunHeader> header = recorder.header(where, facts, importContext);
                header.ifPresent(run -> recorder.benchmark(where, reported, parameters)
                        .ifPresent(benchmark -> handOn(run, benchmark, trained)));
            }
            start = Double.NaN;
            stop = Double.NaN;
            accuracy = Double.NaN;
            begun.clear();
            intervals.clear();
            tracked.clear();
        }

        private void handOn(RunHeader run, Benchmark benchmark, boolean trained) {
            numbers.handOn(where, run, benchmark, recorder);
            if (trained) {
                recorder.number(where, run, benchmark, "time_to_train", "s", Better.LOWER, (stop - start) / 1000);
            }
            if (!Double.isNaN(accuracy)) {
                recorder.number(where, run, benchmark, "eval_accuracy", "", Better.HIGHER, accuracy);
            }
            intervals.forEach((key, values) -> recorder.values(
                    where, run, benchmark, key + "_time", Unit.of("s"), Better.LOWER, Sample.Center.MEDIAN, values));
            tracked.forEach((key, values) -> {
                boolean rate = key.equals("throughput") || key.endsWith("per_sec") || key.endsWith("per_second");
                recorder.values(
                        where,
                        run,
                        benchmark,
                        key,
                        Unit.of(rate ? "samples/s" : ""),
                        rate ? Better.HIGHER : recorder.better(where, key, Unit.of(""), Directions.ofName(key)),
                        Sample.Center.MEAN,
                        values);
            });
        }
    }
}
