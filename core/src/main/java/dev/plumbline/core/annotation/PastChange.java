package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import java.util.function.IntPredicate;

/**
 * A change inside the history of a series.
 *
 * @param series the whole of it
 * @param index of the first point behind the change
 * @param since the commit with which it began, most likely; empty text when unknown
 * @param relativeChange how large it is, in relation to the level before
 * @param lastsFrom whether it is still there from a place on the branch's timeline on
 */
public record PastChange(Series series, int index, String since, double relativeChange, IntPredicate lastsFrom) {
    public PastChange {
        requireNonNull(series, "series");
        requireNonNull(since, "since");
        requireNonNull(lastsFrom, "lastsFrom");
    }

    ObservedChange observed() {
        return new ObservedChange(series.key(), since, relativeChange, 0);
    }
}
