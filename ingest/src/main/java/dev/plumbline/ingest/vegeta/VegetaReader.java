package dev.plumbline.ingest.vegeta;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code vegeta report} writes, as JSON or as text: latencies in nanoseconds, rates, bytes, failures.
 *
 * <p>The report does not name its target: the file name is used instead. The rate at which requests were sent is
 * a parameter, to three digits, because other latencies belong to another rate.
 */
public final class VegetaReader implements ResultReader {
    private static final Pattern LINE = Pattern.compile("([A-Z][A-Za-z ]+?)\\s+\\[([^\\]]+)\\]\\s+(\\S.*)");

    public static boolean recognises(Head head) {
        boolean json = head.has("latencies", "mean") && head.has("latencies", "99th");
        return json
                || !head.isObject()
                        && head.lines(200).stream()
                                .anyMatch(line -> line.startsWith("Requests ") && line.contains("[total, rate"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        if (!source.head().isObject()) {
            text(source, importContext, recorder);
            return;
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                Report report = new Report(json.where());
                json.object(key -> {
                    switch (key) {
                        case "latencies" -> json.object(part -> report.numbers.read("Latencies." + part, json));
                        case "bytes_in" -> json.object(part -> report.numbers.read("Bytes In." + part, json));
                        case "bytes_out" -> json.object(part -> report.numbers.read("Bytes Out." + part, json));
                        case "earliest" -> report.began = json.text();
                        case "duration" -> report.numbers.read("Duration.attack", json);
                        case "requests" -> report.numbers.read("Requests.total", json);
                        case "throughput" -> report.numbers.read("Requests.throughput", json);
                        case "success" -> report.numbers.read("Success.ratio", json);
                        default -> json.skip();
                    }
                });
                report.record(source, importContext, recorder);
            }
        }
    }

    private static void text(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        Optional<Report> report = Optional.empty();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher line = LINE.matcher(lines.line());
                if (!line.matches()) {
                    continue;
                }
                if (line.group(1).equals("Requests")) {
                    if (report.isPresent()) {
                        report.get().record(source, importContext, recorder);
                    }
                    report = Optional.of(new Report(lines.where()));
                }
                if (report.isPresent()) {
                    report.get().line(line.group(1), line.group(2), line.group(3));
                }
            }
        }
        if (report.isPresent()) {
            report.get().record(source, importContext, recorder);
        }
    }

    /** The numbers of one report under the names that the text gives them; durations in nanoseconds. */
    private static final class Report {
        private final String where;
        private final NamedNumbers numbers = new NamedNumbers();
        private String began = "";

        Report(String where) {
            this.where = where;
        }

        void line(String name, String labels, String values) {
            String[] label = labels.split(",\\s*");
            String[] value = values.split(",\\s*");
            for (int i = 0; i < label.length && i < value.length; i++) {
                boolean percent = value[i].endsWith("%");
                double number = Texts.number(percent ? value[i].substring(0, value[i].length() - 1) : value[i]);
                double kept = Double.isNaN(number) ? Durations.parse(value[i], "ns") : number;
                numbers.put(name + "." + label[i], percent ? Durations.shifted(kept, -2) : kept);
            }
        }

        /** The first and the last request are a whole number of intervals apart. */
        private String rate() {
            double seconds = numbers.get("Duration.attack") / 1e9;
            double rate = (numbers.get("Requests.total") - 1) / seconds;
            return rate > 0 && rate < 1e12
                    ? BigDecimal.valueOf(rate)
                            .round(new MathContext(3))
                            .stripTrailingZeros()
                            .toPlainString()
                    : "";
        }

        void record(Source source, ImportContext importContext, Recorder recorder) {
            double requests = numbers.get("Requests.total");
            if (!(requests > 0) || Double.isNaN(numbers.get("Latencies.mean"))) {
                recorder.problem(where, "has no requests or no latencies; the report is skipped");
                return;
            }
            RunFacts facts = new RunFacts().tool("vegeta", "").measuredAt(began, importContext.zone());
            Map<String, String> parameters = LoadTest.parameters(new TreeMap<>(Map.of("rate", rate())));
            recorder.header(where, facts, importContext)
                    .ifPresent(header -> recorder.benchmark(where, source.stem(), parameters)
                            .ifPresent(benchmark -> record(header, benchmark, requests, recorder)));
        }

        private void record(RunHeader header, Benchmark benchmark, double requests, Recorder recorder) {
            LoadTest load = new LoadTest(recorder, where, header, benchmark);
            StatedSummary time = StatedSummary.location(numbers.get("Latencies.mean"))
                    .count(requests)
                    .quantile(0, numbers.get("Latencies.min"))
                    .quantile(1, numbers.get("Latencies.max"));
            for (String percent : List.of("50", "90", "95", "99")) {
                time.quantile(
                        Texts.share(Texts.number(percent)),
                        numbers.get("Latencies." + percent + "th", "Latencies." + percent));
            }
            load.costWithPercentiles("time", "", "ns", time);
            load.throughput(numbers.get("Requests.throughput"));
            load.value("failures", "%", Better.LOWER, 100 * (1 - numbers.get("Success.ratio")));
            load.value("received", "B", Better.LOWER, numbers.get("Bytes In.mean"));
            load.value("sent", "B", Better.LOWER, numbers.get("Bytes Out.mean"));
        }
    }
}
