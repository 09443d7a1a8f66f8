package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads Plumbline JSON, as {@link NeutralJsonWriter} writes it or as people do by hand.
 *
 * <p>Only {@code benchmark} and one of {@code value}, {@code values} and {@code histogram} must be there. The keys of a
 * run may be in any order: the file is read twice, first for the runs and then for their measurements.
 */
public final class NeutralJsonReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("plumbline")
                || head.has("runs", "[]", "measurements")
                || head.has("measurements", "[]", "benchmark")
                || head.has("revision") && head.has("measurements");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        List<Draft> drafts = new ArrayList<>();
        Draft common = new Draft();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "plumbline" -> requireKnown(json);
                        case "runs" ->
                            json.list(() -> {
                                Draft draft = new Draft();
                                json.object(runKey -> draft.read(runKey, json, importContext));
                                drafts.add(draft);
                            });
                        default -> common.read(key, json, importContext);
                    }
                });
            }
        }
        try (Json json = Json.open(source, sink)) {
            Measurements measurements = new Measurements(json, recorder);
            int[] run = {0};
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "runs" ->
                            json.list(() -> {
                                Draft draft = drafts.get(run[0]++);
                                json.object(
                                        runKey -> measurements.read(runKey, () -> draft.header(common, importContext)));
                            });
                        default -> measurements.read(key, () -> new Draft().header(common, importContext));
                    }
                });
            }
        }
    }

    private static void requireKnown(Json json) throws UnreadableInput {
        if (json.number() > NeutralJsonWriter.VERSION) {
            throw new UnreadableInput(
                    json.where(),
                    "was written by a newer Plumbline (format " + json.shown() + ", this one reads "
                            + NeutralJsonWriter.VERSION + "); update Plumbline");
        }
    }

    /** The facts of a run, or of the file for all its runs. */
    private static final class Draft {
        private Optional<Revision> revision = Optional.empty();
        private Optional<Environment> environment = Optional.empty();
        private Optional<Instant> measuredAt = Optional.empty();
        private Optional<Instant> addedAt = Optional.empty();
        private final TreeMap<String, String> context = new TreeMap<>();

        void read(String key, Json json, ImportContext importContext) throws IOException {
            switch (key) {
                case "revision" -> revision = revision(json, importContext);
                case "environment" -> {
                    SortedMap<String, String> facts = texts(json);
                    environment = checked(json, () -> new Environment(facts)).or(() -> environment);
                }
                case "measuredAt" -> measuredAt = time(json, importContext);
                case "addedAt" -> addedAt = time(json, importContext);
                case "context" -> context.putAll(texts(json));
                case "measurements" -> json.skip();
                default -> json.problem("the key " + Excerpt.quoted(key) + " is unknown here; it is ignored");
            }
        }

        RunHeader header(Draft common, ImportContext importContext) {
            TreeMap<String, String> all = new TreeMap<>(common.context);
            all.putAll(context);
            return new RunHeader(
                    revision.or(() -> common.revision).orElse(importContext.revision()),
                    environment.or(() -> common.environment).orElse(importContext.environment()),
                    measuredAt.or(() -> common.measuredAt).or(importContext::measuredAt),
                    addedAt.or(() -> common.addedAt).orElse(importContext.now()),
                    all);
        }

        private static Optional<Revision> revision(Json json, ImportContext importContext) throws IOException {
            String[] texts = {"", importContext.revision().branch()};
            Instant[] time = {null};
            long[] position = {-1};
            json.object(key -> {
                switch (key) {
                    case "commit" -> texts[0] = json.text();
                    case "branch" -> texts[1] = json.text();
                    case "time" -> time[0] = time(json, importContext).orElse(null);
                    case "position" -> {
                        position[0] = json.integer(-1);
                        if (position[0] < 0 && !json.isNull()) {
                            json.problem(json.shown() + " is not a position; it is ignored");
                        }
                    }
                    default -> json.problem("the key " + Excerpt.quoted(key) + " is unknown here; it is ignored");
                }
            });
            return checked(
                    json,
                    () -> new Revision(
                            texts[0],
                            texts[1],
                            Optional.ofNullable(time[0]),
                            position[0] < 0 ? OptionalLong.empty() : OptionalLong.of(position[0])));
        }

        private static SortedMap<String, String> texts(Json json) throws IOException {
            TreeMap<String, String> texts = new TreeMap<>();
            json.object(key -> texts.put(Texts.wellFormed(key), json.written()));
            return texts;
        }

        private static Optional<Instant> time(Json json, ImportContext importContext) {
            Optional<Instant> time = Times.parse(json.text(), importContext.zone());
            if (time.isEmpty() && !json.isNull()) {
                json.problem(json.shown() + " is not a time such as 2026-01-31T12:00:00Z; it is ignored");
            }
            return time;
        }

        private static <T> Optional<T> checked(Json json, Supplier<T> made) {
            try {
                return Optional.of(made.get());
            } catch (IllegalArgumentException e) {
                json.problem(e.getMessage() + "; it is ignored");
                return Optional.empty();
            }
        }
    }

    /** The measurements of the runs. */
    private static final class Measurements {
        private final Json json;
        private final Recorder recorder;

        Measurements(Json json, Recorder recorder) {
            this.json = json;
            this.recorder = recorder;
        }

        void read(String key, Supplier<RunHeader> header) throws IOException {
            if (key.equals("measurements")) {
                RunHeader made = header.get();
                json.list(() -> measurement(made));
            }
        }

        private void measurement(RunHeader header) throws IOException {
            String where = json.where();
            Entry entry = new Entry();
            TreeMap<String, String> parameters = new TreeMap<>();
            json.object(key -> {
                switch (key) {
                    case "benchmark" -> entry.benchmark = json.text();
                    case "parameters" -> json.object(name -> parameters.put(Texts.wellFormed(name), json.written()));
                    case "metric" -> entry.metric = json.text();
                    case "unit" -> entry.unit = json.text();
                    case "better" -> entry.better = json.text();
                    case "center" -> entry.center = json.text();
                    case "values" -> values(entry.values);
                    case "histogram" -> json.list(() -> bins(entry));
                    case "value" -> {
                        entry.value = json.number();
                        entry.shown = json.shown();
                    }
                    case "count" -> {
                        entry.count = json.integer(0);
                        if (entry.count == 0 && json.number() != 0) {
                            json.problem(json.shown() + " is not a number of values; it is ignored");
                        }
                    }
                    case "deviation" -> {
                        entry.deviation = json.number();
                        if (Double.isNaN(entry.deviation) && !json.isNull()) {
                            json.problem(json.shown() + " is not a deviation; it is ignored");
                        }
                    }
                    case "interval" -> interval(entry);
                    case "quantiles" ->
                        json.list(() -> {
                            double[] pair = pair();
                            if (pair.length == 2) {
                                entry.quantiles.put(pair[0], pair[1]);
                            }
                        });
                    default -> json.problem("the key " + Excerpt.quoted(key) + " is unknown here; it is ignored");
                }
            });
            recorder.benchmark(where, entry.benchmark, parameters)
                    .ifPresent(benchmark -> record(where, header, benchmark, entry));
        }

        /** A list of groups, or of the values of one. */
        private void values(RawValues values) throws IOException {
            json.list(() -> {
                if (json.isList()) {
                    json.list(() -> values.add(json.number()));
                    values.endGroup();
                } else {
                    values.add(json.number());
                }
            });
            values.endGroup();
        }

        private void bins(Entry entry) throws IOException {
            String place = json.where();
            TreeMap<Double, Long> counted = new TreeMap<>();
            json.list(() -> {
                String where = json.where();
                double[] pair = pair();
                if (pair.length == 2 && pair[1] >= 1 && pair[1] == Math.rint(pair[1])) {
                    counted.merge(pair[0], (long) pair[1], Long::sum);
                } else if (pair.length == 2 && pair[1] != 0) {
                    recorder.problem(where, pair[1] + " is not a count; it is left out of the histogram");
                }
            });
            recorder.bins(place, counted).ifPresent(entry.histogram::add);
        }

        /** Two finite numbers; anything else is a problem and an empty array. */
        private double[] pair() throws IOException {
            RawValues numbers = new RawValues();
            String where = json.where();
            json.list(() -> numbers.add(json.number()));
            if (numbers.count() != 2 || numbers.leftOut() > 0) {
                recorder.problem(where, "expected a list of two numbers; it is left out");
                return new double[0];
            }
            return numbers.sample(Sample.Center.MEAN).orElseThrow().group(0);
        }

        private void interval(Entry entry) throws IOException {
            double[] ends = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.95};
            String where = json.where();
            json.object(key -> {
                switch (key) {
                    case "low" -> ends[0] = json.number();
                    case "high" -> ends[1] = json.number();
                    case "confidence" -> ends[2] = json.number();
                    default -> json.skip();
                }
            });
            try {
                entry.interval = Optional.of(new Interval(ends[0], ends[1], ends[2]));
            } catch (IllegalArgumentException e) {
                recorder.problem(where, e.getMessage() + "; the interval is left out");
            }
        }

        private void record(String where, RunHeader header, Benchmark benchmark, Entry entry) {
            Optional<Unit> unit = recorder.unit(where, entry.unit);
            if (unit.isEmpty()) {
                return;
            }
            String metric = entry.metric.isEmpty() ? Directions.metricName(unit.get()) : entry.metric;
            Optional<Better> stated = Directions.stated(entry.better);
            if (stated.isEmpty() && !entry.better.isEmpty()) {
                recorder.problem(
                        where,
                        benchmark,
                        metric,
                        "\"better\" is \"lower\" or \"higher\", not " + Excerpt.quoted(entry.better));
            }
            Better better = recorder.better(
                    where,
                    metric,
                    unit.get(),
                    stated.or(() -> Directions.ofUnit(unit.get())).or(() -> Directions.ofName(metric)),
                    "set \"better\" to lower or higher");
            if (!entry.histogram.isEmpty()) {
                recorder.directed(
                        where, header, benchmark, metric, unit.get(), better, Sample.Histogram.of(entry.histogram));
                return;
            }
            Optional<Sample.Center> known = Centers.of(entry.center);
            Sample.Center center = known.orElse(Sample.Center.MEDIAN);
            if (!entry.center.isEmpty() && known.isEmpty()) {
                recorder.problem(
                        where,
                        benchmark,
                        metric,
                        "\"center\" is \"median\", \"mean\" or \"pseudomedian\", not " + Excerpt.quoted(entry.center)
                                + "; using the median");
            }
            if (recorder.values(where, header, benchmark, metric, unit.get(), better, center, entry.values)) {
                return;
            }
            if (!Double.isFinite(entry.value)) {
                recorder.problem(
                        where,
                        benchmark,
                        metric,
                        "the value is " + entry.shown + ", no finite number; this metric is skipped");
                return;
            }
            summary(where, benchmark, metric, entry)
                    .ifPresent(summary ->
                            recorder.directed(where, header, benchmark, metric, unit.get(), better, summary));
        }

        private Optional<Sample> summary(String where, Benchmark benchmark, String metric, Entry entry) {
            double before = Double.NEGATIVE_INFINITY;
            for (double value : entry.quantiles.values()) {
                if (value < before) {
                    recorder.problem(
                            where,
                            benchmark,
                            metric,
                            "its quantiles fall from " + before + " to " + value + "; they are kept as they are");
                    break;
                }
                before = value;
            }
            try {
                return Optional.of(new Sample.Summary(
                        entry.value,
                        entry.count,
                        Double.isNaN(entry.deviation) ? OptionalDouble.empty() : OptionalDouble.of(entry.deviation),
                        entry.interval,
                        entry.quantiles));
            } catch (IllegalArgumentException e) {
                recorder.problem(where, benchmark, metric, e.getMessage() + "; this metric is skipped");
                return Optional.empty();
            }
        }
    }

    /** One measurement as it is written. */
    private static final class Entry {
        String benchmark = "";
        String metric = "";
        String unit = "";
        String better = "";
        String center = "";
        final RawValues values = new RawValues();
        final List<Sample.Histogram.Bins> histogram = new ArrayList<>();
        double value = Double.NaN;
        String shown = "missing";
        long count;
        double deviation = Double.NaN;
        Optional<Interval> interval = Optional.empty();
        final TreeMap<Double, Double> quantiles = new TreeMap<>();
    }
}
