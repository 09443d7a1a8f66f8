package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.MeasurementDigest;
import dev.plumbline.core.model.Metric;
import dev.plumbline.store.sql.Preparation;
import java.util.Optional;
import java.util.OptionalDouble;

/** A measurement with all that a {@link Recording} computes from it alone. {@link Preparation} makes it. */
public final class PreparedMeasurement {
    private final Benchmark benchmark;
    private final Metric metric;
    private final MeasurementDigest digest;
    private final double value;
    private final int groupCount;
    private final double groupDeviation;
    private final Optional<byte[]> sample;
    private final OptionalDouble warmUp;

    public PreparedMeasurement(
            Benchmark benchmark,
            Metric metric,
            MeasurementDigest digest,
            double value,
            int groupCount,
            double groupDeviation,
            Optional<byte[]> sample,
            OptionalDouble warmUp) {
        this.benchmark = benchmark;
        this.metric = metric;
        this.digest = digest;
        this.value = value;
        this.groupCount = groupCount;
        this.groupDeviation = groupDeviation;
        this.sample = sample;
        this.warmUp = warmUp;
    }

    public Benchmark benchmark() {
        return benchmark;
    }

    public Metric metric() {
        return metric;
    }

    /** The digest of the measurement's content. */
    public MeasurementDigest digest() {
        return digest;
    }

    /** The sample's location; not finite if it overflows a double. */
    public double value() {
        return value;
    }

    public int groupCount() {
        return groupCount;
    }

    /** See {@link dev.plumbline.core.model.Point#groupDeviation(dev.plumbline.core.model.Sample)}. */
    public double groupDeviation() {
        return groupDeviation;
    }

    /** The sample as the database keeps it; empty if the value is the whole sample. */
    public Optional<byte[]> sample() {
        return sample;
    }

    /** See {@link dev.plumbline.core.model.Sample.Values#warmUp}. */
    public OptionalDouble warmUp() {
        return warmUp;
    }
}
