package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/** One metric of one benchmark in one run. */
public record Measurement(Benchmark benchmark, Metric metric, Sample sample) {
    public Measurement {
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(sample, "sample");
    }
}
