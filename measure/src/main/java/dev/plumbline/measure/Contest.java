package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

/** One benchmark on both sides of a change. */
public record Contest(String name, Subject base, Subject candidate) {
    public Contest {
        requireNonNull(name, "name");
        requireNonNull(base, "base");
        requireNonNull(candidate, "candidate");
    }
}
