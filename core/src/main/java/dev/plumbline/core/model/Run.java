package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One execution of a suite, entirely in memory. */
public record Run(RunHeader header, List<Measurement> measurements) {
    public Run {
        requireNonNull(header, "header");
        measurements = List.copyOf(measurements);
    }

    /** The id derived from the content: equal runs have equal ids, regardless of the order of their measurements. */
    public String id() {
        RunDigest digest = new RunDigest();
        MeasurementDigests digests = new MeasurementDigests();
        measurements.forEach(measurement -> digest.add(digests.of(measurement)));
        return digest.runId(header);
    }
}
