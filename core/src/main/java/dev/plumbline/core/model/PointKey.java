package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/**
 * Identifies a point: one metric of one benchmark in one run.
 *
 * @param runId the run
 * @param benchmark what was measured
 * @param metric the metric's name
 */
public record PointKey(String runId, Benchmark benchmark, String metric) {
    public PointKey {
        requireNonNull(runId, "runId");
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
    }
}
