package dev.plumbline.ingest.locust;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code …_stats.csv}: for each request and for all together the response time with its percentiles, the rate of
 * requests and that of failures; and {@code …_failures.csv}, {@code …_stats_history.csv} and what {@code --json}
 * prints.
 */
public final class LocustStatsReader implements ResultReader {
    private static final Pattern PERCENT = Pattern.compile("([0-9.]+)%");

    public static boolean recognises(Head head) {
        if (head.isList()) {
            return head.has("[]", "response_times") && head.has("[]", "num_requests");
        }
        List<String> columns = Csv.columns(head);
        return LocustTables.isFailures(columns)
                || LocustTables.isHistory(columns)
                || columns.contains("name")
                        && columns.stream().anyMatch(column -> column.matches("(?:#|request count|# requests)"))
                        && columns.contains("median response time")
                || columns.contains("request count") && columns.contains("median response time");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        List<String> names = Csv.columns(source.head());
        if (source.head().isList()) {
            LocustJson.read(source, importContext, sink);
        } else if (LocustTables.isFailures(names)) {
            LocustTables.failures(source, importContext, sink);
        } else if (LocustTables.isHistory(names)) {
            LocustTables.history(source, importContext, sink);
        } else {
            statistics(source, importContext, sink);
        }
    }

    private static void statistics(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Locust", "").in(importContext);
        try (Csv csv = Csv.open(source).withDistinctColumnsInAnyCase()) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            while (csv.next()) {
                if (csv.size() != columns.size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are " + columns.size()
                                    + " columns; it is skipped");
                    continue;
                }
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.put(columns.get(i), csv.field(i));
                }
                TreeMap<String, String> parameters = new TreeMap<>();
                String method = row.getOrDefault("type", row.getOrDefault("method", ""));
                if (!method.isEmpty() && !method.equals("None")) {
                    parameters.put("method", method);
                }
                recorder.benchmark(csv.where(), row.getOrDefault("name", ""), parameters)
                        .ifPresent(benchmark -> record(csv.where(), header, benchmark, row, recorder));
            }
        }
    }

    private static void record(
            String where, RunHeader header, Benchmark benchmark, Map<String, String> row, Recorder recorder) {
        double requests = first(row, "request count", "# requests");
        StatedSummary time = StatedSummary.location(first(row, "average response time"))
                .count(requests)
                .quantile(0, first(row, "min response time"))
                .quantile(0.5, first(row, "median response time"))
                .quantile(1, first(row, "max response time"));
        row.forEach((column, value) -> {
            Matcher percent = PERCENT.matcher(column);
            double share = percent.matches() ? Texts.number(percent.group(1)) : Double.NaN;
            if (share > 50 && share < 100) {
                time.quantile(Texts.share(share), Texts.number(value));
                if (share >= 90 && Double.isFinite(Texts.number(value))) {
                    recorder.stated(
                            where,
                            header,
                            benchmark,
                            "p" + percent.group(1),
                            "ms",
                            Better.LOWER,
                            Sample.Summary.of(Texts.number(value)));
                }
            }
        });
        if (requests > 0) {
            time.sample()
                    .ifPresent(sample -> recorder.stated(where, header, benchmark, "time", "ms", Better.LOWER, sample));
        }
        number(where, header, benchmark, "throughput", "requests/s", Better.HIGHER, first(row, "requests/s"), recorder);
        number(
                where,
                header,
                benchmark,
                "failures",
                "",
                Better.LOWER,
                first(row, "failure count", "# failures"),
                recorder);
    }

    private static double first(Map<String, String> row, String... columns) {
        for (String column : columns) {
            double value = Texts.number(row.getOrDefault(column, ""));
            if (!Double.isNaN(value)) {
                return value;
            }
        }
        return Double.NaN;
    }

    private static void number(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            String unit,
            Better better,
            double value,
            Recorder recorder) {
        StatedSummary.location(value)
                .sample()
                .ifPresent(sample -> recorder.stated(where, header, benchmark, metric, unit, better, sample));
    }
}
