package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * A change of a series that a person accepted, where the series took it.
 *
 * @param place index of the first point on the accepted level
 * @param relativeChange what was accepted (0.12 is 12 % more); empty where the acceptance is of several series, so that
 *     its number may be of another one
 * @param said who accepted it, when and why
 */
public record AcceptedChange(int place, OptionalDouble relativeChange, Annotation.Accepted said) {
    public AcceptedChange {
        requireNonNull(relativeChange, "relativeChange");
        requireNonNull(said, "said");
        if (place < 0) {
            throw new IllegalArgumentException("a change at point " + place);
        }
    }
}
