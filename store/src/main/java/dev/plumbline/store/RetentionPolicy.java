package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;

/**
 * The data that a history may delete. Regardless of the policy, a run that a baseline of any version, a mark, an
 * acceptance or a triage refers to stays, with its samples.
 *
 * @param before runs committed (or measured, if the time of the commit is unknown) before this time may be deleted
 * @param newestPerPlace the number of runs of each environment and branch that stay however old they are; not negative
 * @param samplesBefore of runs before this time the samples may go: their values stay, with what histories read
 * @param needed ids of runs that stay with their samples however old they are
 */
public record RetentionPolicy(Instant before, int newestPerPlace, Instant samplesBefore, Set<String> needed) {
    public RetentionPolicy {
        requireNonNull(before, "before");
        requireNonNull(samplesBefore, "samplesBefore");
        needed = Set.copyOf(needed);
        if (newestPerPlace < 0) {
            throw new IllegalArgumentException("the number of runs must not be negative: " + newestPerPlace);
        }
    }

    /** Whole runs, and no samples of others. */
    public RetentionPolicy(Instant before, int newestPerPlace) {
        this(before, newestPerPlace, Instant.MIN, Set.of());
    }
}
