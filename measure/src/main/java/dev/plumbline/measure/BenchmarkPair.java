package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.subject.Subject;
import java.util.Optional;

/**
 * One benchmark on both sides of a change.
 *
 * @param name the display name
 * @param twin a second copy of the base, measured beside the two to see how much equal things differ
 * @param first whether it is completed before the others
 */
public record BenchmarkPair(String name, Subject base, Subject candidate, Optional<Subject> twin, boolean first) {
    public BenchmarkPair {
        requireNonNull(name, "name");
        requireNonNull(base, "base");
        requireNonNull(candidate, "candidate");
        requireNonNull(twin, "twin");
    }

    /** One without a second copy of its base. */
    public BenchmarkPair(String name, Subject base, Subject candidate, boolean first) {
        this(name, base, candidate, Optional.empty(), first);
    }

    /** A pair that has no predecessor and no right of way. */
    public BenchmarkPair(String name, Subject base, Subject candidate) {
        this(name, base, candidate, false);
    }
}
