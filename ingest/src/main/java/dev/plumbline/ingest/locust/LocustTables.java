package dev.plumbline.ingest.locust;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the tables beside the statistics: {@code …_failures.csv} and {@code …_stats_history.csv}. */
final class LocustTables {
    private static final int MOST_VALUES = 8_000_000;

    private LocustTables() {}

    static boolean isFailures(List<String> columns) {
        return columns.equals(List.of("method", "name", "error", "occurrences"));
    }

    static boolean isHistory(List<String> columns) {
        return columns.contains("timestamp")
                && columns.contains("user count")
                && columns.contains("total request count");
    }

    /** Every kind of failure is a benchmark with its error as parameter. */
    static void failures(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Locust", "").in(importContext);
        try (Csv csv = Csv.open(source)) {
            while (csv.next()) {
                double count = Texts.number(csv.field(3));
                if (!(count >= 0)) {
                    recorder.problem(csv.where(), "has no number of occurrences; it is skipped");
                    continue;
                }
                Map<String, String> parameters = new TreeMap<>();
                parameters.put("method", csv.field(0));
                parameters.put("error", csv.field(2));
                String where = csv.where();
                recorder.benchmark(where, csv.field(1), LoadTest.parameters(parameters))
                        .ifPresent(benchmark -> new LoadTest(recorder, where, header, benchmark)
                                .value("failures", "", Better.LOWER, count));
            }
        }
    }

    /** The rows of one request in a history. */
    private static final class Request {
        final String where;
        final RawValues rates = new RawValues();
        final Map<String, RawValues> percentiles = new LinkedHashMap<>();
        Map<String, String> last = Map.of();

        Request(String where) {
            this.where = where;
        }
    }

    /**
     * Reads the rate and the percentiles of each request at every second, and the totals at the end. Percentiles are of
     * the last ten seconds each.
     */
    static void history(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Map<List<String>, Request> requests = new LinkedHashMap<>();
        double first = Double.NaN;
        long values = 0;
        try (Csv csv = Csv.open(source).withDistinctColumnsInAnyCase()) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            while (csv.next()) {
                if (csv.size() != columns.size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " of " + columns.size() + " fields; it is skipped");
                    continue;
                }
                first = Double.isNaN(first) ? Texts.number(csv.field(columns.indexOf("timestamp"))) : first;
                double total = Texts.number(csv.field(columns.indexOf("total request count")));
                if (!(total > 0)) {
                    continue; // nothing was requested yet
                }
                String where = csv.where();
                Request request = requests.computeIfAbsent(
                        List.of(csv.field(columns.indexOf("name")), csv.field(columns.indexOf("type"))),
                        name -> new Request(where));
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.put(columns.get(i), csv.field(i));
                    if (columns.get(i).endsWith("%")) {
                        String name = columns.get(i).substring(0, columns.get(i).length() - 1);
                        double value = Texts.number(csv.field(i));
                        if (value > 0) {
                            request.percentiles
                                    .computeIfAbsent(name, percent -> new RawValues())
                                    .add(value);
                            values++;
                        }
                    }
                }
                request.last = row;
                request.rates.add(Texts.number(csv.field(columns.indexOf("requests/s"))));
                if (values > MOST_VALUES) {
                    throw new UnreadableInput(where, "brings more than " + MOST_VALUES + " values together");
                }
            }
        }
        RunFacts facts = new RunFacts().tool("Locust", "").measuredAt(Times.ofEpoch(first));
        recorder.header(source.name(), facts, importContext)
                .ifPresent(header -> requests.forEach((name, request) -> record(name, request, header, recorder)));
    }

    private static void record(List<String> name, Request request, RunHeader header, Recorder recorder) {
        Map<String, String> parameters = LoadTest.parameters(new TreeMap<>(Map.of("method", name.get(1))));
        recorder.benchmark(request.where, name.get(0), parameters).ifPresent(benchmark -> {
            LoadTest load = new LoadTest(recorder, request.where, header, benchmark);
            load.cost(
                    "time",
                    "ms",
                    StatedSummary.location(last(request, "total average response time"))
                            .count(last(request, "total request count"))
                            .quantile(0, last(request, "total min response time"))
                            .quantile(0.5, last(request, "total median response time"))
                            .quantile(1, last(request, "total max response time")));
            load.value("failures", "", Better.LOWER, last(request, "total failure count"));
            load.value("received", "B", Better.LOWER, last(request, "total average content size"));
            request.rates
                    .sample(Sample.Center.MEAN)
                    .ifPresent(rates -> load.sample("throughput.seconds", "requests/s", Better.HIGHER, rates));
            request.percentiles.forEach((percent, values) -> values.sample(Sample.Center.MEDIAN)
                    .ifPresent(sample -> load.sample("p" + percent + ".seconds", "ms", Better.LOWER, sample)));
        });
    }

    private static double last(Request request, String column) {
        return Texts.number(request.last.getOrDefault(column, ""));
    }
}
