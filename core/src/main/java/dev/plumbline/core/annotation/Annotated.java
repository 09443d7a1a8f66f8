package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest annotation of a change.
 *
 * @param holding what holds now
 * @param broken a triage as fixed that no longer applies: runs with the named commit still show the change, and nothing
 *     has been recorded since
 */
public record Annotated(Optional<Annotation> holding, Optional<Annotation.Fixed> broken) {
    /** No annotation applies. */
    public static final Annotated NONE = new Annotated(Optional.empty(), Optional.empty());

    public Annotated {
        requireNonNull(holding, "holding");
        requireNonNull(broken, "broken");
    }

    /** The same, followed by this, which applies. */
    public Annotated then(Annotation stated) {
        return new Annotated(Optional.of(stated), Optional.empty());
    }

    /** The same, followed by a promise that is broken: what was recorded before it still applies. */
    public Annotated thenBroken(Annotation.Fixed promise) {
        return new Annotated(holding, Optional.of(promise));
    }

    /** The same with another annotation that applies, whenever it was recorded. */
    public Annotated and(Annotation other) {
        return new Annotated(
                holding.filter(one -> one.at().isAfter(other.at())).or(() -> Optional.of(other)),
                broken.filter(one -> one.at().isAfter(other.at())));
    }

    /** These, or where that is nothing, others. */
    public Annotated or(Annotated others) {
        return equals(NONE) ? others : this;
    }

    /** Everything that is reported. */
    public Stream<Annotation> stream() {
        return Stream.concat(holding.stream(), broken.stream());
    }
}
