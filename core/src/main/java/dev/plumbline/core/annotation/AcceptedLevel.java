package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The newest level of a series that a person accepted.
 *
 * @param runId the run with which the series took it
 * @param at when it was accepted
 */
public record AcceptedLevel(String runId, Instant at) {
    public AcceptedLevel {
        requireNonNull(runId, "runId");
        requireNonNull(at, "at");
    }
}
