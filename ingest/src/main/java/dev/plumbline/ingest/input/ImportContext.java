package dev.plumbline.ingest.input;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The facts of a result that are missing from the file.
 *
 * @param revision the code that was measured
 * @param environment the machine
 * @param measuredAt when it was measured, if a person states it
 * @param zone the time zone of times that are written without one
 * @param now when the result is added
 */
public record ImportContext(
        Revision revision, Environment environment, Optional<Instant> measuredAt, ZoneId zone, Instant now) {
    public ImportContext {
        requireNonNull(revision, "revision");
        requireNonNull(environment, "environment");
        requireNonNull(measuredAt, "measuredAt");
        requireNonNull(zone, "zone");
        requireNonNull(now, "now");
    }

    /** The context of results of unknown origin, at a time. */
    public static ImportContext unknown(Instant now) {
        return of(Revision.unknown(), Environment.unknown(), now);
    }

    /** Times without a zone are taken as UTC. */
    public static ImportContext of(Revision revision, Environment environment, Instant now) {
        return new ImportContext(revision, environment, Optional.empty(), ZoneOffset.UTC, now);
    }
}
