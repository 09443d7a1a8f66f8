package dev.plumbline.ingest.bencher;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Map;

/**
 * Reads {@code {"<benchmark>": {"<measure>": {"value": …, "lower_value"?, "upper_value"?}}}}.
 *
 * <p>The measures that Bencher knows by themselves have its units ({@code latency} in nanoseconds, {@code throughput}
 * in operations a second); for others the direction follows from the name. The lower and upper value are kept as
 * the lowest and highest one when the value lies between them.
 */
public final class BencherMetricReader implements ResultReader {

    public static boolean recognises(Head head) {
        return head.has("*", "*", "value") && !head.has("results") && !head.has("benchmarks") && !head.has("metrics");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Bencher Metric Format", "").in(importContext);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(benchmark -> {
                    String name = Texts.wellFormed(benchmark);
                    json.object(measure -> measure(json, header, name, Texts.wellFormed(measure), recorder));
                });
            }
        }
    }

    private static void measure(Json json, RunHeader header, String name, String measure, Recorder recorder)
            throws IOException {
        String where = json.where();
        double[] numbers = {Double.NaN, Double.NaN, Double.NaN};
        json.object(key -> {
            switch (key) {
                case "value" -> numbers[0] = json.number();
                case "lower_value" -> numbers[1] = json.number();
                case "upper_value" -> numbers[2] = json.number();
                default -> json.skip();
            }
        });
        StatedSummary stated = StatedSummary.location(numbers[0]);
        if (numbers[1] <= numbers[0] && numbers[0] <= numbers[2]) { // tools write distances here, too
            stated.quantile(0, numbers[1]).quantile(1, numbers[2]);
        }
        if (stated.sample().isEmpty()) {
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ", measure " + Excerpt.quoted(measure)
                            + ": has no value that is a finite number; it is skipped");
        }
        stated.sample().ifPresent(sample -> recorder.benchmark(where, name, Map.of())
                .ifPresent(benchmark -> recorder.measurement(
                        where,
                        header,
                        benchmark,
                        measure,
                        unit(measure),
                        recorder.better(
                                where,
                                measure,
                                Unit.of(unit(measure)),
                                Directions.ofUnit(Unit.of(unit(measure))).or(() -> Directions.ofName(measure))),
                        sample)));
    }

    private static String unit(String measure) {
        return switch (measure) {
            case "latency", "build-time" -> measure.equals("latency") ? "ns" : "s";
            case "throughput" -> "ops/s";
            case "file-size" -> "B";
            default -> "";
        };
    }
}
