package dev.plumbline.ingest.oha;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.LineMatch;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Sizes;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what oha prints, and what it writes as JSON and, for every request, as CSV; times in seconds.
 *
 * <p>None of them contains the target, so the file name is used.
 */
public final class OhaReader implements ResultReader {
    private static final int MOST_REQUESTS = 4_000_000;
    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999};
    private static final List<String> COLUMNS = List.of("request-start", "request-duration", "status");
    private static final Pattern FACT = Pattern.compile("  ([A-Z][A-Za-z/ +-]+):\\s+(\\S.*)");
    private static final Pattern PERCENTILE = Pattern.compile("  ([0-9.]{1,8})% in ([0-9.]+ ?[a-z]+)");
    private static final Pattern STATUS = Pattern.compile("  \\[([0-9]{3})\\] ([0-9]+) responses");

    public static boolean recognises(Head head) {
        if (head.isObject()) {
            return head.has("summary", "requestsPerSec") && head.has("summary", "successRate");
        }
        return Csv.columns(head).containsAll(COLUMNS)
                || head.lines(200).stream()
                        .map(Lines::withoutEscapes)
                        .anyMatch(line -> line.matches("  Success rate:\\s+\\S+%?"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        if (source.head().isObject()) {
            try (Json json = Json.open(source, sink)) {
                while (json.next()) {
                    json(json, source, importContext, recorder);
                }
            }
        } else if (Csv.columns(source.head()).containsAll(COLUMNS)) {
            csv(source, importContext, recorder);
        } else {
            text(source, importContext, recorder);
        }
    }

    private static Optional<LoadTest> named(
            String where, Source source, ImportContext importContext, Recorder recorder) {
        return recorder.header(where, new RunFacts().tool("oha", ""), importContext)
                .flatMap(header -> recorder.benchmark(where, source.stem(), Map.of())
                        .map(benchmark -> new LoadTest(recorder, where, header, benchmark)));
    }

    private static void json(Json json, Source source, ImportContext importContext, Recorder recorder)
            throws IOException {
        String where = json.where();
        NamedNumbers numbers = new NamedNumbers();
        Report report = new Report();
        json.object(key -> {
            switch (key) {
                case "summary" -> json.object(part -> numbers.read(part, json));
                case "latencyPercentiles" ->
                    json.object(part -> {
                        double percent = part.startsWith("p") ? Texts.number(part.substring(1)) : Double.NaN;
                        report.percentile(percent, json.finite(part));
                    });
                case "rps" ->
                    json.object(part -> {
                        if (json.isNumber()) {
                            numbers.read("rps." + part, json);
                        }
                    });
                case "details" ->
                    json.object(part -> {
                        double[] three = {Double.NaN, Double.NaN, Double.NaN};
                        json.object(which -> three[index(which)] = json.finite(part + "." + which));
                        report.details.put(part, three);
                    });
                case "statusCodeDistribution" ->
                    json.object(status -> report.status(Texts.number(status), json.finite(status)));
                default -> json.skip();
            }
        });
        report.average = numbers.get("average");
        report.fastest = numbers.get("fastest");
        report.slowest = numbers.get("slowest");
        report.rate = numbers.get("requestsPerSec");
        report.success = numbers.get("successRate");
        report.sizePerSecond = numbers.get("sizePerSec");
        report.sizePerRequest = numbers.get("sizePerRequest");
        report.rates = StatedSummary.location(numbers.get("rps.mean"))
                .deviation(numbers.get("rps.stddev"))
                .quantile(0, numbers.get("rps.min"))
                .quantile(1, numbers.get("rps.max"));
        report.record(where, source, importContext, recorder);
    }

    private static int index(String which) {
        return switch (which) {
            case "average" -> 0;
            case "fastest" -> 1;
            default -> 2;
        };
    }

    private static void text(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        Report report = new Report();
        String where = source.name();
        boolean all = true;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                if (line.startsWith("Summary:") && !Double.isNaN(report.rate)) {
                    report.record(where, source, importContext, recorder);
                    report = new Report();
                }
                if (line.startsWith("Summary:")) {
                    where = lines.where();
                    all = true;
                } else if (line.startsWith("Response time")) {
                    all = !line.contains(" only)");
                } else if (all || !line.contains("% in ")) {
                    report.line(line);
                }
            }
        }
        report.record(where, source, importContext, recorder);
    }

    private static void csv(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        RawValues times = new RawValues();
        RawValues delays = new RawValues();
        RawValues dials = new RawValues();
        double end = 0;
        double failed = 0;
        try (Csv csv = Csv.open(source).withDistinctColumnsInAnyCase()) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            while (csv.next()) {
                double time = Texts.number(csv.field(columns.indexOf("request-duration")));
                double start = Texts.number(csv.field(columns.indexOf("request-start")));
                if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
                    recorder.problem(csv.where(), "has no duration; the request is skipped");
                    continue;
                }
                times.add(time);
                positive(delays, csv.field(columns.indexOf("response-delay")));
                positive(dials, csv.field(columns.indexOf("dns+dialup")));
                end = start >= 0 ? Math.max(end, start + time) : end;
                double status = Texts.number(csv.field(columns.indexOf("status")));
                failed += status >= 200 && status < 400 ? 0 : 1;
                if (times.count() > MOST_REQUESTS) {
                    throw new UnreadableInput(
                            csv.where(), "is one of more than " + MOST_REQUESTS + " requests; oha's JSON sums them up");
                }
            }
        }
        Optional<LoadTest> load = named(source.name(), source, importContext, recorder);
        Optional<Sample.Values> sample = times.sample(Sample.Center.MEAN);
        if (load.isPresent() && sample.isPresent()) {
            load.get().sample("time", "s", Better.LOWER, sample.get());
            double[] sorted = sample.get().group(0);
            Arrays.sort(sorted);
            for (double share : new double[] {0.5, 0.9, 0.95, 0.99}) {
                // oha's own rule, which takes the value behind the share
                double value = sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
                load.get().value("p" + Math.round(share * 100), "s", Better.LOWER, value);
            }
            LoadTest found = load.get();
            delays.sample(Sample.Center.MEAN).ifPresent(some -> found.sample("first_byte", "s", Better.LOWER, some));
            dials.sample(Sample.Center.MEAN).ifPresent(some -> found.sample("connect", "s", Better.LOWER, some));
            found.throughput(end > 0 ? sorted.length / end : Double.NaN);
            found.value("error_responses", "", Better.LOWER, failed);
        }
    }

    /** Adds a positive value; zero marks requests that made no connection of their own. */
    private static void positive(RawValues values, String written) {
        double number = Texts.number(written);
        if (number > 0) {
            values.add(number);
        }
    }

    /** The numbers of a report, in seconds and bytes. */
    private static final class Report {
        private final TreeMap<Double, Double> percentiles = new TreeMap<>();
        private final Map<String, double[]> details = new TreeMap<>();
        private double average = Double.NaN;
        private double fastest = Double.NaN;
        private double slowest = Double.NaN;
        private double rate = Double.NaN;
        private double success = Double.NaN;
        private double sizePerSecond = Double.NaN;
        private double sizePerRequest = Double.NaN;
        private double responses;
        private double bad;
        private StatedSummary rates = StatedSummary.location(Double.NaN);

        void percentile(double percent, double seconds) {
            if (percent >= 0 && percent <= 100) {
                percentiles.put(Texts.share(percent), seconds);
            }
        }

        void status(double status, double count) {
            if (count > 0) {
                responses += count;
                bad += status >= 200 && status < 400 ? 0 : count;
            }
        }

        void line(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(PERCENTILE)) {
                percentile(found.number(1), Durations.parse(found.group(2), "s"));
            } else if (found.is(STATUS)) {
                status(found.number(1), found.number(2));
            } else if (found.is(FACT)) {
                fact(found.group(1), found.group(2).strip());
            }
        }

        private void fact(String name, String value) {
            switch (name) {
                case "Success rate" -> success = Durations.shifted(Texts.number(value.replace("%", "")), -2);
                case "Average" -> average = Durations.parse(value, "s");
                case "Fastest" -> fastest = Durations.parse(value, "s");
                case "Slowest" -> slowest = Durations.parse(value, "s");
                case "Requests/sec" -> rate = Texts.number(value);
                case "Size/sec" -> sizePerSecond = Sizes.bytes(value);
                case "Size/request" -> sizePerRequest = Sizes.bytes(value);
                case "DNS+dialup", "DNS-lookup" -> {
                    String[] three = value.split(",\\s*");
                    if (three.length == 3) {
                        details.put(
                                name.equals("DNS+dialup") ? "DNSDialup" : "DNSLookup",
                                Arrays.stream(three)
                                        .mapToDouble(part -> Durations.parse(part, "s"))
                                        .toArray());
                    }
                }
                default -> {
                    // totals that follow from the rest
                }
            }
        }

        void record(String where, Source source, ImportContext importContext, Recorder recorder) {
            if (Double.isNaN(rate)) {
                recorder.problem(where, "has no requests per second; the report is skipped");
                return;
            }
            named(where, source, importContext, recorder).ifPresent(this::record);
        }

        private void record(LoadTest load) {
            StatedSummary time = StatedSummary.location(average)
                    .count(responses)
                    .quantile(0, fastest)
                    .quantile(1, slowest);
            for (double share : SHARES) {
                time.quantile(share, percentiles.getOrDefault(share, Double.NaN));
            }
            load.costWithPercentiles("time", "", "s", time);
            load.throughput(rate);
            rates.sample().ifPresent(sample -> load.sample("throughput.10ms", "requests/s", Better.HIGHER, sample));
            load.value("failures", "%", Better.LOWER, 100 * (1 - success));
            load.value("error_responses", "", Better.LOWER, bad);
            load.value("transfer", "B/s", Better.HIGHER, sizePerSecond);
            load.value("received", "B", Better.LOWER, sizePerRequest);
            details.forEach((name, three) -> load.cost(
                    switch (name) {
                        case "DNSDialup" -> "connect";
                        case "DNSLookup" -> "lookup";
                        case "firstByte" -> "first_byte";
                        default -> name;
                    },
                    "s",
                    StatedSummary.location(three[0]).quantile(0, three[1]).quantile(1, three[2])));
        }
    }
}
