package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import java.io.Closeable;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes runs as Plumbline JSON: everything the model holds, value for value.
 *
 * <p>{@link NeutralJsonReader} makes equal runs of it again. The bytes depend on the runs alone.
 */
public final class NeutralJsonWriter implements Closeable {
    static final int VERSION = 1;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonGenerator json;

    /** Begins the file; {@link #close} ends it and closes the stream. */
    public NeutralJsonWriter(OutputStream out) {
        json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeNumberProperty("plumbline", VERSION);
        json.writeName("runs");
        json.writeStartArray();
    }

    /** Writes one run. */
    public void write(Run run) {
        begin(run.header());
        run.measurements().forEach(this::measurement);
        end();
    }

    /** Writes one run without its revision: it is then of the revision that is checked out where it is read. */
    public void writeOfWorkingCopy(Run run) {
        json.writeRaw('\n');
        json.writeStartObject();
        facts(run.header());
        run.measurements().forEach(this::measurement);
        end();
    }

    /** Begins a run whose {@link #measurement measurements} follow one by one. */
    public void begin(RunHeader header) {
        json.writeRaw('\n');
        json.writeStartObject();
        revision(header.revision());
        facts(header);
    }

    private void facts(RunHeader header) {
        texts("environment", header.environment().facts());
        header.measuredAt().ifPresent(time -> json.writeStringProperty("measuredAt", time.toString()));
        json.writeStringProperty("addedAt", header.addedAt().toString());
        texts("context", header.context());
        json.writeName("measurements");
        json.writeStartArray();
    }

    /** Ends the run that was begun. */
    public void end() {
        json.writeEndArray();
        json.writeEndObject();
    }

    private void revision(Revision revision) {
        json.writeName("revision");
        json.writeStartObject();
        json.writeStringProperty("commit", revision.commit());
        json.writeStringProperty("branch", revision.branch());
        revision.commitTime().ifPresent(time -> json.writeStringProperty("time", time.toString()));
        revision.position().ifPresent(position -> json.writeNumberProperty("position", position));
        json.writeEndObject();
    }

    private void texts(String name, Map<String, String> texts) {
        json.writeName(name);
        json.writeStartObject();
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    /** Writes one measurement of the run that was begun. */
    public void measurement(Measurement measurement) {
        Benchmark benchmark = measurement.benchmark();
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringProperty("benchmark", benchmark.name());
        if (!benchmark.parameters().isEmpty()) {
            texts("parameters", benchmark.parameters());
        }
        json.writeStringProperty("metric", measurement.metric().name());
        json.writeStringProperty("unit", measurement.metric().unit().symbol());
        json.writeStringProperty("better", lower(measurement.metric().better()));
        sample(measurement.sample());
        json.writeEndObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void sample(Sample sample) {
        if (sample instanceof Sample.Values values) {
            json.writeStringProperty("center", lower(values.center()));
            json.writeName("values");
            json.writeStartArray();
            for (int i = 0; i < values.groupCount(); i++) {
                double[] group = values.group(i);
                json.writeArray(group, 0, group.length);
            }
            json.writeEndArray();
        } else if (sample instanceof Sample.Histogram histogram) {
            json.writeName("histogram");
            json.writeStartArray();
            histogram.groups().forEach(this::bins);
            json.writeEndArray();
        } else if (sample instanceof Sample.Summary summary) {
            summary(summary);
        }
    }

    private void bins(Sample.Histogram.Bins bins) {
        double[] values = bins.values();
        long[] counts = bins.counts();
        json.writeStartArray();
        for (int i = 0; i < values.length; i++) {
            json.writeStartArray();
            json.writeNumber(values[i]);
            json.writeNumber(counts[i]);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void summary(Sample.Summary summary) {
        json.writeNumberProperty("value", summary.location());
        if (summary.count() > 0) {
            json.writeNumberProperty("count", summary.count());
        }
        summary.standardDeviation().ifPresent(deviation -> json.writeNumberProperty("deviation", deviation));
        summary.interval().ifPresent(this::interval);
        if (!summary.quantiles().isEmpty()) {
            json.writeName("quantiles");
            json.writeStartArray();
            summary.quantiles().forEach((share, value) -> json.writeArray(new double[] {share, value}, 0, 2));
            json.writeEndArray();
        }
    }

    /** An end that lies at infinity is left out. */
    private void interval(Interval interval) {
        json.writeName("interval");
        json.writeStartObject();
        if (Double.isFinite(interval.low())) {
            json.writeNumberProperty("low", interval.low());
        }
        if (Double.isFinite(interval.high())) {
            json.writeNumberProperty("high", interval.high());
        }
        json.writeNumberProperty("confidence", interval.confidence());
        json.writeEndObject();
    }

    @Override
    public void close() {
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }
}
