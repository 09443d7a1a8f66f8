package dev.plumbline.ingest.locust;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.LoadTest;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.StatedSummary;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what {@code --json} prints: each request with all its response times, which Locust rounds to two digits from
 * 100 ms on.
 */
final class LocustJson {
    private LocustJson() {}

    static void read(Source source, ImportContext surroundings, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> request(json, surroundings, recorder));
            }
        }
    }

    private static void request(Json json, ImportContext surroundings, Recorder recorder) throws IOException {
        String where = json.where();
        String[] texts = {"", ""};
        Map<String, Double> numbers = new TreeMap<>();
        TreeMap<Double, Long> times = new TreeMap<>();
        json.object(key -> {
            switch (key) {
                case "name" -> texts[0] = json.text();
                case "method" -> texts[1] = json.text();
                case "response_times" ->
                    json.object(time -> {
                        double milliseconds = Texts.number(time);
                        long count = json.integer(0);
                        if (milliseconds >= 0 && milliseconds < 1e12 && count > 0) {
                            times.merge(milliseconds, count, Long::sum);
                        } else {
                            json.problem("is not how often a time was seen; it is skipped");
                        }
                    });
                default -> {
                    if (json.isNumber()) {
                        numbers.put(key, json.number());
                    }
                }
            }
        });
        double requests = numbers.getOrDefault("num_requests", Double.NaN);
        if (!(requests > 0)) {
            return; // nothing was requested here
        }
        double began = numbers.getOrDefault("start_time", Double.NaN);
        RunFacts facts = new RunFacts().tool("Locust", "").measuredAt(Times.ofEpoch(Math.floor(began)));
        Map<String, String> parameters = LoadTest.parameters(new TreeMap<>(Map.of("method", texts[1])));
        Optional<RunHeader> header = recorder.header(where, facts, surroundings);
        header.ifPresent(run -> recorder.benchmark(where, texts[0], parameters).ifPresent(benchmark -> {
            LoadTest load = new LoadTest(recorder, where, run, benchmark);
            load.cost(
                    "time",
                    "ms",
                    StatedSummary.location(numbers.getOrDefault("total_response_time", Double.NaN) / requests)
                            .count(requests)
                            .quantile(0, numbers.getOrDefault("min_response_time", Double.NaN))
                            .quantile(1, numbers.getOrDefault("max_response_time", Double.NaN)));
            load.histogram("response_times", "", "ms", times);
            double seconds = numbers.getOrDefault("last_request_timestamp", Double.NaN) - began;
            load.throughput(seconds > 0 ? requests / seconds : Double.NaN);
            load.value("failures", "", Better.LOWER, numbers.getOrDefault("num_failures", Double.NaN));
            load.value(
                    "received", "B", Better.LOWER, numbers.getOrDefault("total_content_length", Double.NaN) / requests);
        }));
    }
}
