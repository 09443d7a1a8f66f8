package dev.plumbline.store.sql;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.MeasurementDigests;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.Recording;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prepares measurements for a {@link Recording}, which is half the work of recording them, on any free thread. Not for
 * use by several threads: each has its own.
 */
public final class Preparation {
    private final MeasurementDigests digests = new MeasurementDigests();

    public PreparedMeasurement prepare(Measurement measurement) {
        Sample sample = measurement.sample();
        Better better = measurement.metric().better();
        Sample steady = sample.steady(better);
        boolean isBare = MeasurementRow.isBare(sample);
        return new PreparedMeasurement(
                measurement.benchmark(),
                measurement.metric(),
                digests.of(measurement),
                steady.location(),
                Point.groupCount(steady),
                isBare ? 0 : Point.groupDeviation(steady),
                isBare ? Optional.empty() : Optional.of(SampleCodec.encode(sample)),
                sample instanceof Sample.Values values ? values.warmUp(better) : OptionalDouble.empty());
    }
}
