package dev.plumbline.ingest.torch;

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
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the {@code Measurement}s of {@code torch.utils.benchmark} as people write them as JSON: one, a list of them, or
 * one in a line, with the fields of the class ({@code number_per_run}, {@code raw_times}, {@code task_spec}).
 *
 * <p>A value is the time of one run; the values are summarised by their median, as in PyTorch's own output.
 */
public final class TorchJsonReader implements ResultReader {
    private static final Unit SECONDS = Unit.of("s");

    public static boolean recognises(Head head) {
        return head.has("raw_times") && head.has("number_per_run")
                || head.has("[]", "raw_times") && head.has("[]", "number_per_run");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("torch.utils.benchmark", "").in(importContext);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    json.list(() -> measurement(json, header, recorder));
                } else {
                    measurement(json, header, recorder);
                }
            }
        }
    }

    private static void measurement(Json json, RunHeader header, Recorder recorder) throws IOException {
        String where = json.where();
        Map<String, String> task = new HashMap<>();
        double[] times = {Double.NaN};
        RawValues raw = new RawValues();
        json.object(key -> {
            switch (key) {
                case "number_per_run" -> times[0] = json.number();
                case "raw_times" -> json.list(() -> raw.add(json.number()));
                case "task_spec" ->
                    json.object(field -> {
                        if (json.isScalar()) {
                            task.put(field, json.text());
                        }
                    });
                default -> json.skip();
            }
        });
        if (!(times[0] > 0)) {
            recorder.problem(where, "\"number_per_run\" is no positive number; the measurement is skipped");
            return;
        }
        String statement = task.getOrDefault("stmt", "");
        String label = task.getOrDefault("label", "");
        new Task(
                        label,
                        task.getOrDefault("sub_label", statement),
                        task.getOrDefault("description", ""),
                        task.getOrDefault("env", ""),
                        task.getOrDefault("num_threads", "1"))
                .benchmark(where, recorder)
                .ifPresent(benchmark -> {
                    if (!recorder.values(
                                    where,
                                    header,
                                    benchmark,
                                    "time",
                                    SECONDS,
                                    Better.LOWER,
                                    Sample.Center.MEDIAN,
                                    raw.dividedBy(times[0]))
                            && raw.leftOut() == 0) {
                        recorder.problem(where, benchmark, "time", "has no times; this metric is skipped");
                    }
                });
    }
}
