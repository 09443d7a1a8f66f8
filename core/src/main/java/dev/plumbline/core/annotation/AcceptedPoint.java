package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;

/**
 * The point with which a series took an accepted level.
 *
 * @param acceptanceId of its acceptance
 * @param series which series
 * @param runId in which run
 */
public record AcceptedPoint(String acceptanceId, SeriesKey series, String runId) {
    public AcceptedPoint {
        requireNonNull(acceptanceId, "acceptanceId");
        requireNonNull(series, "series");
        requireNonNull(runId, "runId");
    }
}
