package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Which runs a history may forget. Whatever it says, a run stays that a baseline of any version, a mark or an
 * acceptance stands on.
 *
 * @param before runs committed, or measured when nobody knows the commit's time, before this time may go
 * @param newestPerPlace the number of runs of each environment and branch that stay however old they are; not negative
 */
public record RetentionPolicy(Instant before, int newestPerPlace) {
    public RetentionPolicy {
        requireNonNull(before, "before");
        if (newestPerPlace < 0) {
            throw new IllegalArgumentException("the number of runs must not be negative: " + newestPerPlace);
        }
    }
}
