package dev.plumbline.ingest.julia;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code BenchmarkTools.save} writes: groups inside of groups, whose names make a benchmark's.
 *
 * <p>A trial has every time, standing for their median; an estimate of a trial has the one that it was made with.
 * Memory and allocations are metrics beside them.
 */
public final class BenchmarkToolsReader implements ResultReader {
    private static final Unit NANOSECONDS = Unit.of("ns");

    public static boolean recognises(Head head) {
        return head.isList() && head.has("[]", "BenchmarkTools") && head.has("[]", "Julia");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("BenchmarkTools.jl", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> {
                    if (json.isObject()) {
                        json.object(key -> {
                            switch (key) {
                                case "Julia" -> facts.software("julia", json.text());
                                case "BenchmarkTools" -> facts.tool("BenchmarkTools.jl", json.text());
                                default -> json.skip();
                            }
                        });
                    } else {
                        Optional<RunHeader> header = recorder.header(json.where(), facts, importContext);
                        if (header.isPresent()) {
                            json.list(() -> typed(json, "", header.get(), recorder));
                        }
                    }
                });
            }
        }
    }

    /** {@code ["BenchmarkGroup", {"data": {…}}]} or {@code ["Trial", {"times": […]}]}. */
    private static void typed(Json json, String name, RunHeader header, Recorder recorder) throws IOException {
        String[] type = {""};
        json.list(() -> {
            if (json.isText()) {
                type[0] = json.text().substring(json.text().lastIndexOf('.') + 1);
            } else if (type[0].equals("BenchmarkGroup")) {
                json.object(key -> {
                    if (key.equals("data")) {
                        json.object(
                                child -> typed(json, name.isEmpty() ? child : name + "/" + child, header, recorder));
                    }
                });
            } else if (type[0].equals("Trial") || type[0].equals("TrialEstimate")) {
                trial(json, name, header, recorder);
            }
        });
    }

    private static void trial(Json json, String name, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        RawValues times = new RawValues();
        double[] counts = {Double.NaN, Double.NaN};
        json.object(key -> {
            switch (key) {
                case "times" -> json.list(() -> times.add(json.number()));
                case "time" -> times.add(json.number());
                case "memory" -> counts[0] = json.finite(key);
                case "allocs" -> counts[1] = json.finite(key);
                default -> json.skip();
            }
        });
        recorder.benchmark(where, name, Map.of()).ifPresent(benchmark -> {
            if (!recorder.values(
                            where, header, benchmark, "time", NANOSECONDS, Better.LOWER, Sample.Center.MEDIAN, times)
                    && times.leftOut() == 0) {
                recorder.problem(where, benchmark, "time", "has no times; this metric is skipped");
            }
            if (!Double.isNaN(counts[0])) {
                recorder.number(where, header, benchmark, "allocated", "B", Better.LOWER, counts[0]);
            }
            if (!Double.isNaN(counts[1])) {
                recorder.number(where, header, benchmark, "allocations", "", Better.LOWER, counts[1]);
            }
        });
    }
}
