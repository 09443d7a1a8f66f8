package dev.plumbline.ingest.input.summary;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of one task as tinybench names them, which Vitest took over: times of one call in milliseconds.
 *
 * <p>The values themselves are kept when all of them are there, else the statistics with the margin of error as 95 %
 * interval.
 */
public final class JavaScriptTask {
    private final String where;
    private final NamedNumbers numbers = new NamedNumbers();
    private final RawValues samples = new RawValues();

    public JavaScriptTask(String where) {
        this.where = where;
    }

    /** Takes one member of the statistics; what is no number and no list of values is passed over. */
    public void field(String key, Json json) throws IOException {
        if (key.equals("samples")) {
            samples.clear();
            if (json.isList()) {
                json.list(() -> samples.add(json.number()));
            }
        } else if (json.isNumber()) {
            numbers.read(key, json);
        } else {
            json.skip();
        }
    }

    /** Whether there are any statistics at all: a task that failed has none. */
    public boolean isEmpty() {
        return Double.isNaN(numbers.get("mean")) && samples.count() == 0;
    }

    /** The statistics as a sample standing for their mean; empty when there are none. */
    public Optional<Sample> sample() {
        double mean = numbers.get("mean");
        double count = numbers.has("df") ? numbers.get("df") + 1 : numbers.get("samplesCount", "sampleCount");
        if (samples.count() > 0 && samples.leftOut() == 0 && (Double.isNaN(count) || count == samples.count())) {
            return samples.sample(Sample.Center.MEAN).map(all -> all);
        }
        double margin = numbers.get("moe");
        return StatedSummary.location(mean)
                .count(count)
                .deviation(numbers.get("sd"))
                .interval(mean - margin, mean + margin, 0.95)
                .quantile(0, numbers.get("min"))
                .quantile(0.5, numbers.get("p50", "median"))
                .quantile(0.75, numbers.get("p75"))
                .quantile(0.99, numbers.get("p99"))
                .quantile(0.995, numbers.get("p995"))
                .quantile(0.999, numbers.get("p999"))
                .quantile(1, numbers.get("max"))
                .sample();
    }

    /**
     * Hands on the time of one call and, if there is one, the tool's rate.
     *
     * @param rate the member with the rate
     */
    public void record(String name, Optional<String> rate, Better better, RunHeader header, Recorder recorder) {
        if (isEmpty()) {
            recorder.problem(
                    where, "task " + Excerpt.quoted(name) + " has no times, as if it had failed; it is skipped");
            return;
        }
        recorder.benchmark(where, name, Map.of()).ifPresent(benchmark -> {
            LoadTest load = new LoadTest(recorder, where, header, benchmark);
            sample().ifPresent(sample -> load.sample("time", "ms", Better.LOWER, sample));
            rate.ifPresent(member -> load.value("throughput", "ops/s", better, numbers.get(member)));
        });
    }
}
