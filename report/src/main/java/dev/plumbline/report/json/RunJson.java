package dev.plumbline.report.json;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs as Plumbline's own JSON, which reads back to equal runs. */
public final class RunJson {
    private static final int VERSION = 1;

    private RunJson() {}

    /**
     * Writes whole runs, every value.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(List<Run> runs, OutputStream out) throws IOException {
        JsonText.write(out, json -> document(runs, json));
    }

    /**
     * The same on one line.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeLine(List<Run> runs, OutputStream out) throws IOException {
        JsonText.line(out, json -> document(runs, json));
    }

    private static void document(List<Run> runs, JsonText json) {
        json.object(() -> {
            json.integer("plumbline", VERSION);
            json.array("runs", runs, run -> json.object(() -> run(run, json)));
        });
    }

    private static void run(Run run, JsonText json) {
        RunHeader header = run.header();
        json.object("revision", () -> revision(header.revision(), json));
        json.strings("environment", header.environment().facts());
        header.measuredAt().ifPresent(time -> json.text("measuredAt", time.toString()));
        json.text("addedAt", header.addedAt().toString());
        json.strings("context", header.context());
        json.array(
                "measurements", run.measurements(), measurement -> json.object(() -> measurement(measurement, json)));
    }

    private static void revision(Revision revision, JsonText json) {
        json.text("commit", revision.commit());
        json.text("branch", revision.branch());
        revision.commitTime().ifPresent(time -> json.text("time", time.toString()));
        revision.position().ifPresent(position -> json.integer("position", position));
    }

    private static void measurement(Measurement measurement, JsonText json) {
        json.text("benchmark", measurement.benchmark().name());
        json.strings("parameters", measurement.benchmark().parameters());
        json.text("metric", measurement.metric().name());
        json.unit(measurement.metric().unit());
        json.text("better", measurement.metric().better().name().toLowerCase(Locale.ROOT));
        Sample sample = measurement.sample();
        if (sample instanceof Sample.Values values) {
            json.text("center", values.center().name().toLowerCase(Locale.ROOT));
            json.rows(
                    "values",
                    IntStream.range(0, values.groupCount())
                            .mapToObj(values::group)
                            .toList());
        } else if (sample instanceof Sample.Histogram histogram) {
            json.array("histogram", histogram.groups(), bins -> json.rows(bins.values(), bins.counts()));
        } else if (sample instanceof Sample.Summary summary) {
            json.number("value", summary.location());
            json.integer("count", summary.count());
            summary.standardDeviation().ifPresent(deviation -> json.number("deviation", deviation));
            summary.interval().ifPresent(interval -> json.interval("interval", interval));
            json.rows(
                    "quantiles",
                    summary.quantiles().entrySet().stream()
                            .map(quantile -> new double[] {quantile.getKey(), quantile.getValue()})
                            .toList());
        }
    }
}
