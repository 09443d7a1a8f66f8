package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * An accepted change of a series, at its position.
 *
 * @param place index of the first point on the accepted level
 * @param relativeChange what was accepted (0.12 is 12 % more); empty where the acceptance is of several series, so that
 *     its number may be of another one
 * @param since the commit that was accepted, which the series may not have measured; empty text where it is not known,
 *     or the acceptance is of several series
 * @param stated who accepted it, when and why
 */
public record AcceptedChange(int place, OptionalDouble relativeChange, String since, Annotation.Accepted stated) {
    public AcceptedChange {
        requireNonNull(relativeChange, "relativeChange");
        requireNonNull(since, "since");
        requireNonNull(stated, "stated");
        if (place < 0) {
            throw new IllegalArgumentException("a change at point " + place);
        }
    }

    /** The same with another commit. */
    AcceptedChange since(String commit) {
        return new AcceptedChange(place, relativeChange, commit, stated);
    }
}
