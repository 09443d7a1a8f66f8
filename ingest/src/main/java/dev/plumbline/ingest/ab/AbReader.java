package dev.plumbline.ingest.ab;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.LineMatch;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what ab, the benchmark of the Apache server, prints, and the files that its options {@code -e} (percentiles)
 * and {@code -g} (every request) write.
 *
 * <p>The files of {@code -e} and {@code -g} do not name the target: the file name is used instead.
 */
public final class AbReader implements ResultReader {
    private static final int MOST_TIMES = 1_000_000;
    private static final List<String> PERCENTILES = List.of("percentage served", "time in ms");
    private static final List<String> REQUESTS = List.of("starttime", "seconds", "ctime", "dtime", "ttime", "wait");
    private static final Pattern BEGIN = Pattern.compile("This is ApacheBench, Version (\\S+).*");
    private static final Pattern FACT = Pattern.compile("([A-Z][A-Za-z0-9/ -]{2,40}):\\s+(\\S.*)");
    private static final Pattern ROW = Pattern.compile("(Connect|Processing|Waiting|Total):((?:\\s+-?[0-9.]+){3,5})");
    private static final Pattern PERCENTILE =
            Pattern.compile("\\s+([0-9]{1,3})%\\s+([0-9]+)(?: \\(longest request\\))?");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.equals(PERCENTILES)
                || columns.equals(REQUESTS)
                || head.text().lines().anyMatch(line -> line.startsWith("This is ApacheBench"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        List<String> columns = Csv.columns(source.head());
        if (columns.equals(REQUESTS)) {
            requests(source, importContext, recorder);
        } else if (columns.equals(PERCENTILES)) {
            percentiles(source, importContext, recorder);
        } else {
            text(source, importContext, recorder);
        }
    }

    private static void percentiles(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        try (Csv csv = Csv.open(source)) {
            TreeMap<Double, Double> times = new TreeMap<>();
            while (csv.next()) {
                double percent = Texts.number(csv.field(0));
                double time = Texts.number(csv.field(1));
                if (percent >= 0 && percent <= 100 && Double.isFinite(time)) {
                    times.put(Texts.share(percent), time);
                } else {
                    recorder.problem(csv.where(), "is not a percentage and a time in milliseconds; it is skipped");
                }
            }
            StatedSummary stated = StatedSummary.location(times.getOrDefault(0.5, Double.NaN));
            times.forEach(stated::quantile);
            named(source, new RunFacts(), importContext, recorder)
                    .ifPresent(load -> load.costWithPercentiles("time", "", "ms", stated));
        }
    }

    private static Optional<LoadTest> named(
            Source source, RunFacts facts, ImportContext importContext, Recorder recorder) {
        String where = source.name();
        return recorder.header(where, facts.tool("ab", ""), importContext)
                .flatMap(header -> recorder.benchmark(where, source.stem(), Map.of())
                        .map(benchmark -> new LoadTest(recorder, where, header, benchmark)));
    }

    private static void requests(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        Map<String, TreeMap<Double, Long>> counted = new LinkedHashMap<>();
        for (String metric : List.of("connect", "processing", "time", "waiting")) {
            counted.put(metric, new TreeMap<>());
        }
        double first = Double.POSITIVE_INFINITY;
        try (Csv csv = Csv.open(source)) {
            while (csv.next()) {
                int column = 2;
                for (TreeMap<Double, Long> counts : counted.values()) {
                    double time = Texts.number(csv.field(column++));
                    if (!(time >= 0 && time < Double.POSITIVE_INFINITY) || counts.size() >= MOST_TIMES) {
                        recorder.problem(csv.where(), "has no time in milliseconds in column " + column);
                    } else {
                        counts.merge(time, 1L, Long::sum);
                    }
                }
                double second = Texts.number(csv.field(1));
                first = second > 0 ? Math.min(first, second) : first;
            }
        }
        Optional<Instant> began = Times.ofEpoch(first);
        named(source, new RunFacts().measuredAt(began), importContext, recorder)
                .ifPresent(load -> counted.forEach((metric, counts) ->
                        load.histogram(metric, metric.equals("time") ? "" : metric + ".", "ms", counts)));
    }

    private static void text(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        Optional<Test> test = Optional.empty();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher begin = BEGIN.matcher(lines.line());
                if (begin.matches()) {
                    test.ifPresent(before -> before.end(importContext, recorder));
                    test = Optional.of(new Test(lines.where(), begin.group(1)));
                } else if (test.isPresent()) {
                    test.get().line(lines.line());
                }
            }
        }
        test.ifPresent(last -> last.end(importContext, recorder));
    }

    /** One test, as it is printed. */
    private static final class Test {
        private final String where;
        private final String version;
        private final Map<String, String> facts = new LinkedHashMap<>();
        private final Map<String, StatedSummary> rows = new LinkedHashMap<>();
        private final TreeMap<Double, Double> percentiles = new TreeMap<>();
        private boolean withDeviation;
        private double perRequest = Double.NaN;

        Test(String where, String version) {
            this.where = where;
            this.version = version;
        }

        void line(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(ROW)) {
                row(found.group(1), found.group(2).strip().split("\\s+"));
            } else if (found.is(PERCENTILE)) {
                double share = Texts.share(found.number(1));
                if (share <= 1) {
                    percentiles.put(share, found.number(2));
                }
            } else if (found.is(FACT)) {
                if (found.group(1).equals("Time per request") && found.group(2).endsWith("[ms] (mean)")) {
                    perRequest = number(found.group(2));
                }
                facts.putIfAbsent(found.group(1), found.group(2).strip());
            } else {
                withDeviation |= line.contains("mean[+/-sd]");
            }
        }

        private void row(String name, String[] numbers) {
            double[] values = new double[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Texts.number(numbers[i]);
            }
            StatedSummary stated = StatedSummary.location(values[1]).quantile(0, values[0]);
            stated.quantile(1, values[values.length - 1]);
            if (withDeviation && values.length == 5) {
                stated.deviation(values[2]).quantile(0.5, values[3]);
            }
            rows.put(name, stated);
        }

        /** The number that a fact begins with. */
        private static double number(String fact) {
            return Texts.number(fact.split("[ (]", 2)[0]);
        }

        private double number(String fact, double otherwise) {
            return facts.containsKey(fact) ? number(facts.getOrDefault(fact, "")) : otherwise;
        }

        void end(ImportContext importContext, Recorder recorder) {
            double requests = number("Complete requests", Double.NaN);
            if (!(requests >= 0) || !facts.containsKey("Requests per second") || rows.isEmpty()) {
                recorder.problem(where, "the output of this test breaks off before its times; the test is skipped");
                return;
            }
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("concurrency", facts.getOrDefault("Concurrency Level", ""));
            parameters.put("keep_alive", facts.containsKey("Keep-Alive requests") ? "true" : "");
            parameters.put("body", facts.containsKey("Total body sent") ? "sent" : "");
            RunFacts run =
                    new RunFacts().tool("ab", version).context("server", facts.getOrDefault("Server Software", ""));
            recorder.header(where, run, importContext)
                    .ifPresent(header -> recorder.benchmark(where, url(), LoadTest.parameters(parameters))
                            .ifPresent(benchmark -> record(header, benchmark, requests, recorder)));
        }

        private String url() {
            String scheme = facts.containsKey("SSL/TLS Protocol") ? "https://" : "http://";
            return scheme + facts.getOrDefault("Server Hostname", "") + ":" + facts.getOrDefault("Server Port", "")
                    + facts.getOrDefault("Document Path", "");
        }

        private void record(RunHeader header, Benchmark benchmark, double requests, Recorder recorder) {
            LoadTest load = new LoadTest(recorder, where, header, benchmark);
            rows.forEach((name, stated) -> {
                stated.count(requests);
                switch (name) {
                    case "Connect" -> load.cost("connect", "ms", stated);
                    case "Processing" -> load.cost("processing", "ms", stated);
                    case "Waiting" -> load.cost("waiting", "ms", stated);
                    default -> {
                        percentiles.forEach(stated::quantile);
                        load.costWithPercentiles("time", "", "ms", stated);
                    }
                }
            });
            load.cost("time_per_request", "ms", StatedSummary.location(perRequest));
            load.throughput(number("Requests per second", Double.NaN));
            load.value("transfer", "B/s", Better.HIGHER, 1024 * number("Transfer rate", Double.NaN));
            load.failures(number("Failed requests", Double.NaN), requests);
            load.value("non_2xx", "", Better.LOWER, number("Non-2xx responses", 0));
            load.value("received", "B", Better.LOWER, Durations.shifted(number("Total transferred", Double.NaN), 0));
        }
    }
}
