package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;

/**
 * A change of a series as a command sees it; it may have been triaged.
 *
 * @param series which one
 * @param since the commit with which it began; empty text when unknown
 * @param relativeChange how large it is, in relation to the level before (0.12 is 12 % more); not NaN
 * @param noise the run-to-run deviation of the series, relative to its level; 0 when unknown
 */
public record ObservedChange(SeriesKey series, String since, double relativeChange, double noise) {
    public ObservedChange {
        requireNonNull(series, "series");
        requireNonNull(since, "since");
        if (Double.isNaN(relativeChange) || !(noise >= 0)) {
            throw new IllegalArgumentException("a change of " + relativeChange + " in noise of " + noise);
        }
    }
}
