package dev.plumbline.core.model;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes the digests of measurements, one after the other. Not for use by several threads. */
public final class MeasurementDigests {
    private final Digest digest = new Digest();
    private final Beginnings beginnings = new Beginnings();

    /** The digest of all content of the measurement. */
    public MeasurementDigest of(Measurement measurement) {
        beginnings.begin(digest, measurement.benchmark(), measurement.metric());
        sample(measurement.sample());
        return MeasurementDigest.of(digest.bytes());
    }

    /**
     * The SHA-256 states of the names with which measurements begin. Runs repeat them, and without the compiler's
     * SHA-256 intrinsic they are most of the work.
     */
    private static final class Beginnings {
        private static final int MOST = 2_000;

        private final Map<Benchmark, Map<Metric, Digest.State>> states = new HashMap<>();
        private int count;

        void begin(Digest digest, Benchmark benchmark, Metric metric) {
            Map<Metric, Digest.State> metrics = states.get(benchmark);
            Digest.State known = metrics == null ? null : metrics.get(metric);
            if (known != null) {
                digest.continueFrom(known);
                return;
            }
            digest.text(benchmark.name()).integer(benchmark.parameters().size());
            benchmark.parameters().forEach((name, value) -> digest.text(name).text(value));
            digest.text(metric.name())
                    .text(metric.unit().symbol())
                    .text(metric.better().name());
            if (count < MOST) {
                count++;
                states.computeIfAbsent(benchmark, b -> new HashMap<>(2)).put(metric, digest.state());
            }
        }
    }

    private void sample(Sample sample) {
        if (sample instanceof Sample.Values values) {
            // averages are the same regardless of the number that represents them
            String kind = values.center() == Sample.Center.MEDIAN ? "MEDIAN" : "MEAN";
            digest.integer(1).text(kind).integer(values.groupCount());
            for (int i = 0; i < values.groupCount(); i++) {
                double[] group = values.group(i);
                digest.integer(group.length);
                for (double value : group) {
                    digest.real(value);
                }
            }
        } else if (sample instanceof Sample.Histogram histogram) {
            digest.integer(2).integer(histogram.groupCount());
            for (Sample.Histogram.Bins bins : histogram.groups()) {
                double[] values = bins.values();
                long[] counts = bins.counts();
                digest.integer(values.length);
                for (int i = 0; i < values.length; i++) {
                    digest.real(values[i]).integer(counts[i]);
                }
            }
        } else if (sample instanceof Sample.Summary summary) {
            digest.integer(3).real(summary.location()).integer(summary.count());
            optional(summary.standardDeviation());
            digest.integer(summary.interval().isPresent() ? 1 : 0);
            summary.interval()
                    .ifPresent(i -> digest.real(i.low()).real(i.high()).real(i.confidence()));
            summary.quantiles().forEach((share, value) -> digest.real(share).real(value));
        }
    }

    private void optional(OptionalDouble value) {
        digest.integer(value.isPresent() ? 1 : 0);
        value.ifPresent(digest::real);
    }
}
