package dev.plumbline.ingest.criterion;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code sample.json} and {@code raw.csv} (every sample), {@code estimates.json} (what Criterion makes of them)
 * and its output.
 *
 * <p>The JSON files do not name their benchmark; their folders do: {@code
 * target/criterion/GROUP/FUNCTION/new/sample.json}. Each sample is the time of many iterations, and one value here: the
 * time of one of them.
 */
public final class CriterionReader implements ResultReader {
    private static final double DEFAULT_CONFIDENCE = 0.95;
    private static final Unit NANOSECONDS = Unit.of("ns");
    private static final List<String> RAW_COLUMNS = List.of("group", "function", "value", "iteration_count");
    private static final String INTERVAL =
            "\\[([0-9.]+) (\\S{1,40}) ([0-9.]+) (\\S{1,40}) ([0-9.]+) (\\S{1,40})\\]\\s*";

    /** Spaces are tried where they begin only: a long row of them would take the square of its length. */
    private static final Pattern LINE = Pattern.compile("(\\S.*?)?(?<!\\s)\\s++time:\\s+" + INTERVAL);

    private static final Pattern RATE = Pattern.compile("(\\s+)thrpt:\\s+" + INTERVAL);

    public static boolean recognises(Head head) {
        return head.has("iters") && head.has("times")
                || head.has("mean", "point_estimate") && head.has("median", "point_estimate")
                || head.has("Mean", "point_estimate") && head.has("Median", "point_estimate")
                || Csv.columns(head).containsAll(RAW_COLUMNS)
                || head.text()
                        .lines()
                        .anyMatch(line -> line.indexOf('[') >= 0 // spares trying most lines
                                && LINE.matcher(Lines.withoutEscapes(line)).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Criterion", "").in(importContext);
        if (source.head().isObject()) {
            json(source, header, recorder, sink);
        } else if (Csv.columns(source.head()).containsAll(RAW_COLUMNS)) {
            raw(source, header, recorder);
        } else {
            console(source, header, recorder);
        }
    }

    /** Reads the output of {@code cargo bench}; a long name has a line of its own. */
    private static void console(Source source, RunHeader header, Recorder recorder) throws IOException {
        try (Lines lines = Lines.open(source)) {
            String before = "";
            Optional<Benchmark> last = Optional.empty();
            while (lines.next()) {
                Matcher line = LINE.matcher(lines.line());
                Matcher rate = RATE.matcher(lines.line());
                if (line.matches()) {
                    String name = line.group(1) == null ? before : line.group(1);
                    last = recorder.benchmark(lines.where(), name.strip(), Map.of());
                    last.ifPresent(benchmark -> line(lines.where(), line, header, benchmark, recorder));
                } else if (rate.matches()) {
                    last.ifPresent(benchmark -> rate(lines.where(), rate, header, benchmark, recorder));
                    last = Optional.empty();
                }
                before = lines.line();
            }
        }
    }

    private static void line(String where, Matcher line, RunHeader header, Benchmark benchmark, Recorder recorder) {
        Unit unit = Unit.of(line.group(5));
        Optional<Sample> time = unit.isDuration() ? summary(line, unit) : Optional.empty();
        time.ifPresentOrElse(
                sample -> recorder.directed(where, header, benchmark, "time", unit, Better.LOWER, sample),
                () -> recorder.problem(where, benchmark, "time", "is no duration; it is skipped"));
    }

    private static void rate(String where, Matcher rate, RunHeader header, Benchmark benchmark, Recorder recorder) {
        Unit unit = Unit.of(rate.group(5));
        summary(rate, unit)
                .ifPresentOrElse(
                        sample ->
                                recorder.directed(where, header, benchmark, "throughput", unit, Better.HIGHER, sample),
                        () -> recorder.problem(where, benchmark, "throughput", "is no number; it is skipped"));
    }

    /** The middle one of three numbers, if it is one, with the interval that the outer ones make. */
    private static Optional<Sample> summary(Matcher line, Unit unit) {
        double low = converted(line.group(2), line.group(3), unit);
        double high = converted(line.group(6), line.group(7), unit);
        return StatedSummary.location(converted(line.group(4), line.group(5), unit))
                .interval(low, high, DEFAULT_CONFIDENCE)
                .sample();
    }

    /** The number in the unit of the middle one; the ends of an interval may be printed in others. */
    private static double converted(String number, String symbol, Unit into) {
        Unit unit = Unit.of(symbol);
        double value = Texts.number(number);
        return unit.equals(into) ? value : value * (unit.factor() / into.factor());
    }

    private static void json(Source source, RunHeader header, Recorder recorder, RunSink sink) throws IOException {
        RawValues iterations = new RawValues();
        RawValues times = new RawValues();
        Map<String, Estimate> estimates = new HashMap<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    switch (key) {
                        case "iters" -> json.list(() -> iterations.add(json.number()));
                        case "times" -> json.list(() -> times.add(json.number()));
                        default -> {
                            if (json.isObject()) {
                                estimates.put(named(key), Estimate.of(json));
                            }
                        }
                    }
                });
            }
        }
        Optional<Benchmark> benchmark = recorder.benchmark(source.name(), nameOf(source.name()), Map.of());
        if (benchmark.isEmpty()) {
            return;
        }
        if (times.count() > 0) {
            sample(source.name(), header, benchmark.get(), iterations, times, recorder);
        } else {
            estimates(source.name(), header, benchmark.get(), estimates, recorder);
        }
    }

    /** Versions before 0.3 wrote their keys as {@code StdDev}. */
    private static String named(String key) {
        return switch (key) {
            case "Mean" -> "mean";
            case "Median" -> "median";
            case "StdDev" -> "std_dev";
            default -> key;
        };
    }

    /** The benchmark's name, from the folders between {@code criterion} and the one of the baseline. */
    private static String nameOf(String path) {
        List<String> parts =
                new ArrayList<>(Arrays.asList(path.replace('\\', '/').split("/", -1)));
        if (parts.size() < 3) {
            return path;
        }
        int root = parts.lastIndexOf("criterion");
        int last = parts.size() - 2; // the folder of the baseline: new, base or its name
        List<String> folders = parts.subList(root < 0 ? Math.max(0, last - 2) : Math.min(root + 1, last), last);
        return folders.isEmpty() ? path : String.join("/", folders);
    }

    private static void sample(
            String where,
            RunHeader header,
            Benchmark benchmark,
            RawValues iterations,
            RawValues times,
            Recorder recorder) {
        if (iterations.count() != times.count() || iterations.leftOut() + times.leftOut() > 0) {
            recorder.problem(
                    where,
                    benchmark,
                    "time",
                    iterations.count() + " numbers of iterations for " + times.count()
                            + " times; this benchmark is skipped");
            return;
        }
        double[] counts = iterations.sample(Sample.Center.MEAN).orElseThrow().group(0);
        double[] measured = times.sample(Sample.Center.MEAN).orElseThrow().group(0);
        RawValues values = new RawValues();
        for (int i = 0; i < counts.length; i++) {
            values.add(measured[i] / counts[i]);
        }
        recorder.values(where, header, benchmark, "time", NANOSECONDS, Better.LOWER, Sample.Center.MEDIAN, values);
    }

    private static void estimates(
            String where, RunHeader header, Benchmark benchmark, Map<String, Estimate> estimates, Recorder recorder)
            throws UnreadableInput {
        Estimate mean = estimates.getOrDefault("mean", Estimate.NONE);
        Estimate median = estimates.getOrDefault("median", Estimate.NONE);
        if (!estimates.containsKey("std_dev")) {
            throw UnreadableInput.noResult(
                    where,
                    "contains only the change between two measurements; read estimates.json in the folder \"new\"");
        }
        if (!Double.isFinite(mean.point)) {
            recorder.problem(where, benchmark, "time", "the mean is no finite number; this benchmark is skipped");
            return;
        }
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        if (Double.isFinite(median.point)) {
            quantiles.put(0.5, median.point);
        }
        double deviation = estimates.getOrDefault("std_dev", Estimate.NONE).point;
        recorder.directed(
                where,
                header,
                benchmark,
                "time",
                NANOSECONDS,
                Better.LOWER,
                new Sample.Summary(
                        mean.point,
                        0,
                        deviation >= 0 && Double.isFinite(deviation)
                                ? OptionalDouble.of(deviation)
                                : OptionalDouble.empty(),
                        mean.interval(),
                        quantiles));
    }

    /** One statistic with its interval. */
    private record Estimate(double point, double low, double high, double confidence) {
        static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        static Estimate of(Json json) throws IOException {
            double[] numbers = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
            json.object(key -> {
                switch (key) {
                    case "point_estimate" -> numbers[0] = json.number();
                    case "confidence_interval" ->
                        json.object(part -> {
                            switch (part) {
                                case "lower_bound" -> numbers[1] = json.number();
                                case "upper_bound" -> numbers[2] = json.number();
                                case "confidence_level" -> numbers[3] = json.number();
                                default -> json.skip();
                            }
                        });
                    default -> json.skip();
                }
            });
            return new Estimate(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        Optional<Interval> interval() {
            return low <= high && confidence > 0 && confidence < 1
                    ? Optional.of(new Interval(low, high, confidence))
                    : Optional.empty();
        }
    }

    /** Rows of one benchmark are adjacent. */
    private static void raw(Source source, RunHeader header, Recorder recorder) throws IOException {
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            Map<String, Integer> at = new HashMap<>();
            csv.columns().forEach(column -> at.put(column, csv.columns().indexOf(column)));
            Map<List<String>, RawValues> open = new LinkedHashMap<>();
            String where = csv.where();
            while (csv.next()) {
                double measured = Texts.number(
                        csv.field(at.getOrDefault("sample_measured_value", at.getOrDefault("sample_time_nanos", -1))));
                double iterations = Texts.number(csv.field(at.getOrDefault("iteration_count", -1)));
                if (csv.size() != csv.columns().size() || !Double.isFinite(measured) || !(iterations > 0)) {
                    recorder.problem(csv.where(), "not a time and a number of iterations; the row is skipped");
                    continue;
                }
                List<String> name = List.of(
                        csv.field(at.getOrDefault("group", -1)),
                        csv.field(at.getOrDefault("function", -1)),
                        csv.field(at.getOrDefault("value", -1)),
                        at.containsKey("unit") ? csv.field(at.getOrDefault("unit", -1)) : "ns");
                if (!open.containsKey(name)) {
                    handOn(where, open, header, recorder);
                    where = csv.where();
                }
                open.computeIfAbsent(name, key -> new RawValues()).add(measured / iterations);
            }
            handOn(where, open, header, recorder);
        }
    }

    private static void handOn(String where, Map<List<String>, RawValues> open, RunHeader header, Recorder recorder) {
        open.forEach((name, values) -> {
            List<String> parts =
                    name.subList(0, 3).stream().filter(part -> !part.isEmpty()).toList();
            Optional<Unit> unit = recorder.unit(where, name.get(3));
            Optional<Benchmark> benchmark = recorder.benchmark(where, String.join("/", parts), Map.of());
            if (unit.isPresent() && benchmark.isPresent()) {
                recorder.values(
                        where, header, benchmark.get(), "time", unit.get(), Better.LOWER, Sample.Center.MEDIAN, values);
            }
        });
        open.clear();
    }
}
