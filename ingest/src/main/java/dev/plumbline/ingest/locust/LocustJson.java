package dev.plumbline.ingest.locust;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
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

    static void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> request(json, importContext, recorder));
            }
        }
    }

    private static void request(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        String[] texts = {"", ""};
        NamedNumbers numbers = new NamedNumbers();
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
                        numbers.read(key, json);
                    }
                }
            }
        });
        double requests = numbers.get("num_requests");
        if (!(requests > 0)) {
            return; // nothing was requested here
        }
        double began = numbers.get("start_time");
        RunFacts facts = new RunFacts().tool("Locust", "").measuredAt(Times.ofEpoch(Math.floor(began)));
        Map<String, String> parameters = LoadTest.parameters(new TreeMap<>(Map.of("method", texts[1])));
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        header.ifPresent(run -> recorder.benchmark(where, texts[0], parameters).ifPresent(benchmark -> {
            LoadTest load = new LoadTest(recorder, where, run, benchmark);
            load.cost(
                    "time",
                    "ms",
                    StatedSummary.location(numbers.get("total_response_time") / requests)
                            .count(requests)
                            .quantile(0, numbers.get("min_response_time"))
                            .quantile(1, numbers.get("max_response_time")));
            load.histogram("response_times", "", "ms", times);
            double seconds = numbers.get("last_request_timestamp") - began;
            load.throughput(seconds > 0 ? requests / seconds : Double.NaN);
            load.value("failures", "", Better.LOWER, numbers.get("num_failures"));
            load.value("received", "B", Better.LOWER, numbers.get("total_content_length") / requests);
        }));
    }
}
