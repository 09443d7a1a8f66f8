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
 * @param noise the run-to-run deviation before it, relative to the level; 0 when unknown
 * @param first the first place on the branch's timeline with which it may have begun, with 95 % certainty
 * @param last the last one
 * @param lastsFrom whether it is still there from a place on the branch's timeline on
 */
public record PastChange(
        Series series,
        int index,
        String since,
        double relativeChange,
        double noise,
        int first,
        int last,
        IntPredicate lastsFrom) {
    public PastChange {
        requireNonNull(series, "series");
        requireNonNull(since, "since");
        requireNonNull(lastsFrom, "lastsFrom");
    }

    ObservedChange observed() {
        return since(since);
    }

    /** The same change if it began with another commit. */
    ObservedChange since(String commit) {
        return new ObservedChange(series.key(), commit, relativeChange, noise);
    }
}
