package dev.plumbline.core.model;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Makes a run's id from its content while the measurements stream by, whatever their order.
 *
 * <p>Each measurement is digested on its own; the digests are added up modulo 2²⁵⁶ (a multiset hash), so that memory
 * stays constant and order does not matter. Not for use by several threads.
 */
public final class RunDigest {
    private final Digest digest;
    private final Beginnings beginnings;

    /** The sum, its lowest 64 bits first. */
    private final long[] sum = new long[4];

    private long count;

    public RunDigest() {
        this(new Digest(), new Beginnings());
    }

    private RunDigest(Digest digest, Beginnings beginnings) {
        this.digest = digest;
        this.beginnings = beginnings;
    }

    /** The digest of another run, empty; cheaper than a new one, and only for the thread that uses this one. */
    public RunDigest another() {
        return new RunDigest(digest, beginnings);
    }

    public void add(Measurement measurement) {
        beginnings.begin(digest, measurement.benchmark(), measurement.metric());
        sample(measurement.sample());
        addUp(digest.bytes());
        count++;
    }

    private void addUp(byte[] bytes) {
        long carry = 0;
        for (int i = 0; i < sum.length; i++) {
            long term = ByteBuffer.wrap(bytes).getLong(bytes.length - (i + 1) * Long.BYTES);
            long withoutCarry = sum[i] + term;
            long total = withoutCarry + carry;
            carry = Long.compareUnsigned(withoutCarry, term) < 0 || Long.compareUnsigned(total, carry) < 0 ? 1 : 0;
            sum[i] = total;
        }
    }

    /**
     * What SHA-256 makes of the names with which a measurement begins. Runs repeat them, and without the compiler that
     * knows SHA-256 they are most of the work.
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
            digest.integer(1).text(values.center().name()).integer(values.groupCount());
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

    /** The id of the measurements alone: the same numbers brought for another revision have the same content id. */
    public String contentId() {
        return digest.integer(sum[3])
                .integer(sum[2])
                .integer(sum[1])
                .integer(sum[0])
                .integer(count)
                .hex(16);
    }

    /**
     * The id of a run with these measurements: content, revision, environment and, if the result tells it, its time.
     *
     * <p>When it was added does not matter: adding a file again tomorrow adds nothing.
     */
    public String runId(RunHeader header) {
        digest.text(contentId())
                .text(header.revision().commit())
                .text(header.revision().branch())
                .text(header.environment().key());
        header.measuredAt()
                .ifPresent(time -> digest.integer(time.getEpochSecond()).integer(time.getNano()));
        return digest.hex(16);
    }
}
