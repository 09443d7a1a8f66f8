package dev.plumbline.ingest.prometheus;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads one snapshot of metrics in the Prometheus text format 0.0.4 or in OpenMetrics 1.0.
 *
 * <p>A family of metrics is a benchmark and its labels are parameters. Of counters and gauges the value is kept; of
 * histograms and summaries the mean with the count and the stated bounds or quantiles. A histogram's bound is taken as
 * the quantile of the share that lies at or below it. Labels of {@code info} metrics join the context, the times at
 * which metrics were created are passed over.
 */
public final class PrometheusReader implements ResultReader {
    private static final int MOST_SERIES = 500_000;
    private static final int MOST_FACTS = 1000;
    private static final List<String> UNITS =
            List.of("seconds", "bytes", "ratio", "celsius", "meters", "volts", "joules");

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            return false;
        }
        int described = 0;
        int metrics = 0;
        int others = 0;
        for (String line : head.lines(2000)) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.strip().split(" +");
                described += words.length == 4 && Kind.of(words[3]).isPresent() ? 1 : 0;
            } else if (!line.startsWith("#") && !line.isBlank()) {
                boolean metric = MetricLine.parse(line).isPresent();
                metrics += metric ? 1 : 0;
                others += metric ? 0 : 1;
            }
        }
        return described > 0 && metrics > others;
    }

    private enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        INFO,
        OTHER;

        static Optional<Kind> of(String written) {
            return switch (written) {
                case "counter" -> Optional.of(COUNTER);
                case "gauge" -> Optional.of(GAUGE);
                case "histogram", "gaugehistogram" -> Optional.of(HISTOGRAM);
                case "summary" -> Optional.of(SUMMARY);
                case "info" -> Optional.of(INFO);
                case "untyped", "unknown", "stateset" -> Optional.of(OTHER);
                default -> Optional.empty();
            };
        }
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Optional<RunHeader> header = recorder.header(source.name(), facts(source), importContext);
        if (header.isEmpty()) {
            return;
        }
        Family family = new Family("", Kind.OTHER, "");
        Map<String, String> units = new TreeMap<>();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line().strip();
                if (line.startsWith("# TYPE ")) {
                    String[] words = line.split(" +");
                    String name = words.length > 2 ? words[2] : "";
                    family.handOn(header.get(), recorder);
                    Optional<Kind> kind = words.length == 4 ? Kind.of(words[3]) : Optional.empty();
                    if (kind.isEmpty()) {
                        recorder.problem(lines.where(), "has an unknown metric type; reading it as untyped");
                    }
                    family = new Family(name, kind.orElse(Kind.OTHER), units.getOrDefault(name, ""));
                } else if (line.startsWith("# UNIT ")) {
                    String[] words = line.split(" +");
                    if (words.length == 4 && units.size() < MOST_FACTS) {
                        units.put(words[2], words[3]);
                        family.unit(words[2], words[3]);
                    }
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    Optional<MetricLine> sample = MetricLine.parse(line);
                    if (sample.isEmpty()) {
                        recorder.problem(lines.where(), "is not a metric, its labels and a number; it is skipped");
                        continue;
                    }
                    if (!family.owns(sample.get().name())) {
                        family.handOn(header.get(), recorder);
                        family = new Family(sample.get().name(), Kind.OTHER, "");
                    }
                    family.add(lines.where(), sample.get());
                }
            }
        }
        family.handOn(header.get(), recorder);
    }

    /** The facts of {@code info} metrics, and the time of samples. */
    private static RunFacts facts(Source source) throws IOException {
        RunFacts facts = new RunFacts().tool("Prometheus text format", "");
        int reported = 0;
        boolean timed = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                boolean info = line.contains("_info{");
                if (line.startsWith("#") || timed && !info) {
                    continue;
                }
                Optional<MetricLine> sample = MetricLine.parse(line);
                if (sample.isEmpty()) {
                    continue;
                }
                if (!timed && Double.isFinite(sample.get().time())) {
                    facts.measuredAt(Times.ofEpoch(sample.get().time()));
                    timed = true;
                }
                if (info && sample.get().name().endsWith("_info")) {
                    String name =
                            sample.get().name().substring(0, sample.get().name().length() - 5);
                    for (Map.Entry<String, String> label : sample.get().labels().entrySet()) {
                        if (reported++ < MOST_FACTS) {
                            facts.context(name + "." + label.getKey(), label.getValue());
                        }
                    }
                }
            }
        }
        return facts;
    }

    /** The values of one set of labels of a family. */
    private static final class Point {
        final String where;
        final SortedMap<Double, Double> bounds = new TreeMap<>();
        double value = Double.NaN;
        boolean reported;
        double sum = Double.NaN;
        double count = Double.NaN;

        Point(String where) {
            this.where = where;
        }
    }

    /** The lines between two {@code # TYPE} lines. */
    private static final class Family {
        private final String name;
        private final Kind kind;
        private final Map<SortedMap<String, String>, Point> points = new LinkedHashMap<>();
        private String unit;

        Family(String name, Kind kind, String unit) {
            this.name = name;
            this.kind = kind;
            this.unit = unit;
        }

        void unit(String of, String reported) {
            if (of.equals(name)) {
                unit = reported;
            }
        }

        boolean owns(String sample) {
            if (sample.equals(name)) {
                return true;
            }
            if (!sample.startsWith(name)) {
                return false;
            }
            return switch (sample.substring(name.length())) {
                case "_total", "_created" -> true;
                case "_bucket", "_sum", "_count", "_gsum", "_gcount" -> kind == Kind.HISTOGRAM || kind == Kind.SUMMARY;
                case "_info" -> kind == Kind.INFO;
                default -> false;
            };
        }

        void add(String where, MetricLine sample) throws IOException {
            String suffix = sample.name().substring(name.length());
            boolean created = suffix.equals("_created") || suffix.isEmpty() && name.endsWith("_created");
            if (created || kind == Kind.INFO || name.endsWith("_info")) {
                return;
            }
            SortedMap<String, String> labels = new TreeMap<>(sample.labels());
            String bound =
                    switch (kind) {
                        case HISTOGRAM -> labels.remove("le");
                        case SUMMARY -> labels.remove("quantile");
                        case COUNTER, GAUGE, INFO, OTHER -> null;
                    };
            Point point = points.computeIfAbsent(labels, key -> new Point(where));
            if (points.size() > MOST_SERIES) {
                throw new UnreadableInput(where, "is one of more than " + MOST_SERIES + " series of one metric");
            }
            switch (suffix) {
                case "_sum", "_gsum" -> point.sum = sample.value();
                case "_count", "_gcount" -> point.count = sample.value();
                default -> {
                    if (bound == null) {
                        point.value = sample.value();
                        point.reported = true;
                    } else {
                        point.bounds.put(Texts.number(bound), sample.value());
                    }
                }
            }
        }

        void handOn(RunHeader header, Recorder recorder) {
            String benchmark = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
            points.forEach((labels, point) -> recorder.benchmark(point.where, benchmark, labels)
                    .ifPresent(made -> handOn(header, made, point, recorder)));
            points.clear();
        }

        private void handOn(RunHeader header, Benchmark benchmark, Point point, Recorder recorder) {
            String symbol = unit.isEmpty() ? unitOf(benchmark.name()) : unit;
            Optional<Unit> known = recorder.unit(point.where, symbol);
            if (known.isEmpty()) {
                return;
            }
            Optional<Better> better = Directions.ofUnit(known.get()).or(() -> Directions.ofName(benchmark.name()));
            String metric = kind == Kind.COUNTER ? "total" : Directions.metricName(known.get());
            LoadTest load = new LoadTest(recorder, point.where, header, benchmark);
            if (point.reported) {
                if (!Double.isFinite(point.value)) {
                    recorder.problem(
                            point.where, benchmark, metric, "the value is " + point.value + "; this metric is skipped");
                    return;
                }
                Better decided = kind == Kind.COUNTER
                        ? Directions.ofName(benchmark.name()).orElse(Better.HIGHER)
                        : recorder.better(point.where, benchmark.name(), known.get(), better);
                load.value(metric, symbol, decided, point.value);
            } else if (point.count > 0) {
                if (!Double.isFinite(point.sum / point.count)) {
                    recorder.problem(
                            point.where,
                            benchmark,
                            metric,
                            "the sum is " + point.sum + " for a count of " + point.count + "; this metric is skipped");
                    return;
                }
                long unknown = point.bounds.values().stream()
                        .filter(value -> !Double.isFinite(value))
                        .count();
                if (unknown > 0) {
                    recorder.problem(
                            point.where,
                            benchmark,
                            metric,
                            unknown + " of " + point.bounds.size()
                                    + (kind == Kind.SUMMARY ? " quantiles" : " bounds")
                                    + " are no finite numbers and are left out");
                }
                StatedSummary stated =
                        StatedSummary.location(point.sum / point.count).count(point.count);
                quantiles(point).forEach(stated::quantile);
                Better decided = recorder.better(point.where, benchmark.name(), known.get(), better);
                stated.sample().ifPresent(sample -> load.sample(metric, symbol, decided, sample));
                if (kind == Kind.SUMMARY) {
                    quantiles(point).forEach((share, value) -> {
                        if (share >= 0.5 && share < 1) {
                            load.value("p" + percent(share), symbol, decided, value);
                        }
                    });
                }
            }
        }

        private static String percent(double share) {
            String percent = String.valueOf(Math.round(share * 1e6) / 1e4);
            return percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent;
        }

        /** Shares and values; of a histogram's bounds those that hold something that the one before did not. */
        private SortedMap<Double, Double> quantiles(Point point) {
            SortedMap<Double, Double> quantiles = new TreeMap<>();
            if (kind == Kind.SUMMARY) {
                point.bounds.forEach((share, value) -> {
                    if (share >= 0 && share <= 1 && Double.isFinite(value)) {
                        quantiles.put(share, value);
                    }
                });
                return quantiles;
            }
            point.bounds.forEach((bound, below) -> {
                double share = below / point.count;
                if (Double.isFinite(bound) && share > 0 && share <= 1) {
                    quantiles.putIfAbsent(share, bound);
                }
            });
            return quantiles;
        }

        /** The unit that a name ends with, by the rules for names. */
        private static String unitOf(String name) {
            for (String known : UNITS) {
                if (name.endsWith("_" + known)) {
                    return known;
                }
            }
            return "";
        }
    }
}
