package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people said last of a change.
 *
 * @param holding what holds now
 * @param broken a promise to mend it that does not hold any more: runs with the commit that was named show the change
 *     still, and nobody has said anything since
 */
public record Annotated(Optional<Annotation> holding, Optional<Annotation.Fixed> broken) {
    /** Nobody has said anything that holds. */
    public static final Annotated NONE = new Annotated(Optional.empty(), Optional.empty());

    public Annotated {
        requireNonNull(holding, "holding");
        requireNonNull(broken, "broken");
    }

    /** The same, and then this was said, which holds. */
    public Annotated then(Annotation said) {
        return new Annotated(Optional.of(said), Optional.empty());
    }

    /** The same, and then a promise was made that is broken: what was said before it holds as it did. */
    public Annotated thenBroken(Annotation.Fixed promise) {
        return new Annotated(holding, Optional.of(promise));
    }

    /** The same with something else that holds, whenever it was said. */
    public Annotated and(Annotation other) {
        return new Annotated(
                holding.filter(one -> one.at().isAfter(other.at())).or(() -> Optional.of(other)),
                broken.filter(one -> one.at().isAfter(other.at())));
    }

    /** These, or where that is nothing, others. */
    public Annotated or(Annotated others) {
        return equals(NONE) ? others : this;
    }

    /** All that is told. */
    public Stream<Annotation> stream() {
        return Stream.concat(holding.stream(), broken.stream());
    }
}
