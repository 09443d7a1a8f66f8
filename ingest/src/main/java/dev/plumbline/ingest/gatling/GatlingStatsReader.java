package dev.plumbline.ingest.gatling;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code js/stats.json}, {@code js/stats.js} and {@code js/global_stats.json} of a report, and {@code
 * simulation.log}: of each request and group the response time of all requests, failed ones included, with its
 * percentiles, the rate of requests, and the failures.
 *
 * <p>A report does not name its percentiles; they are taken as Gatling's own 50, 75, 95 and 99.
 */
public final class GatlingStatsReader implements ResultReader {
    private static final List<String> PERCENTILES =
            List.of("percentiles1", "percentiles2", "percentiles3", "percentiles4");
    private static final double[] SHARES = {0.5, 0.75, 0.95, 0.99};

    public static boolean recognises(Head head) {
        return head.has("numberOfRequests", "total") || head.has("stats", "numberOfRequests") || isLog(head);
    }

    private static boolean isLog(Head head) {
        return !head.isObject()
                && head.lines(20).stream()
                        .anyMatch(line -> line.startsWith("RUN\t")
                                || line.startsWith("ASSERTION\t")
                                || line.startsWith("REQUEST\t"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        if (isLog(source.head())) {
            new SimulationLogReader(source, sink).read(importContext);
            return;
        }
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Gatling", "").in(importContext);
        try (Json json = Json.open(source, sink)) {
            if (json.next()) { // in stats.js functions follow
                new Report(json, header, recorder).node("");
            }
        }
    }

    private static final class Report {
        private final Json json;
        private final RunHeader header;
        private final Recorder recorder;

        Report(Json json, RunHeader header, Recorder recorder) {
            this.json = json;
            this.header = header;
            this.recorder = recorder;
        }

        /** A request, a group, or the whole; a group's parts have its path before their names. */
        void node(String path) throws IOException {
            String where = json.where();
            String[] name = {""};
            NamedNumbers stats = new NamedNumbers();
            json.object(key -> {
                switch (key) {
                    case "name" -> name[0] = unescaped(json.text());
                    case "stats" -> json.object(stat -> stat(stat, stats));
                    case "contents" -> {
                        boolean whole = path.isEmpty() && name[0].equals("All Requests");
                        String below = whole ? "" : path + name[0] + "/";
                        json.object(part -> node(below));
                    }
                    default -> stat(key, stats); // global_stats.json has them at its root
                }
            });
            if (!stats.isEmpty()) {
                recorder.benchmark(where, path + name[0], Map.of())
                        .ifPresent(benchmark -> record(where, benchmark, stats));
            }
        }

        /** The name without the HTML escapes of Gatling's report. */
        private static String unescaped(String name) {
            return name.replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }

        private void stat(String key, NamedNumbers stats) throws IOException {
            if (json.isObject()) {
                json.object(part -> {
                    if (part.equals("total") || part.equals("ko")) {
                        stats.read(key + "." + part, json);
                    }
                });
            }
        }

        private void record(String where, Benchmark benchmark, NamedNumbers stats) {
            double total = stats.get("numberOfRequests.total");
            if (!(total > 0)) {
                return; // nothing was requested here
            }
            StatedSummary time = StatedSummary.location(stats.get("meanResponseTime.total"))
                    .count(total)
                    .deviation(stats.get("standardDeviation.total"))
                    .quantile(0, stats.get("minResponseTime.total"))
                    .quantile(1, stats.get("maxResponseTime.total"));
            for (int i = 0; i < SHARES.length; i++) {
                double value = stats.get(PERCENTILES.get(i) + ".total");
                time.quantile(SHARES[i], value);
                number(where, benchmark, "p" + Math.round(SHARES[i] * 100), "ms", Better.LOWER, value);
            }
            time.sample().ifPresent(sample -> record(where, benchmark, "time", "ms", Better.LOWER, sample));
            double rate = stats.get("meanNumberOfRequestsPerSecond.total");
            number(where, benchmark, "throughput", "requests/s", Better.HIGHER, rate);
            double failed = stats.get("numberOfRequests.ko");
            number(where, benchmark, "failures", "%", Better.LOWER, 100 * failed / total);
        }

        private void number(
                String where, Benchmark benchmark, String metric, String unit, Better better, double value) {
            StatedSummary.location(value)
                    .sample()
                    .ifPresent(sample -> record(where, benchmark, metric, unit, better, sample));
        }

        private void record(
                String where, Benchmark benchmark, String metric, String unit, Better better, Sample sample) {
            recorder.stated(where, header, benchmark, metric, unit, better, sample);
        }
    }
}
