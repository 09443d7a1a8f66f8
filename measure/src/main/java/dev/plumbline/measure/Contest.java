package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

/**
 * One benchmark on both sides of a change.
 *
 * @param name what people call it
 * @param first whether it is measured to its end before those that are not
 */
public record Contest(String name, Subject base, Subject candidate, boolean first) {
    public Contest {
        requireNonNull(name, "name");
        requireNonNull(base, "base");
        requireNonNull(candidate, "candidate");
    }

    /** One that waits for nobody and has no right of way. */
    public Contest(String name, Subject base, Subject candidate) {
        this(name, base, candidate, false);
    }
}
