package dev.plumbline.core.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.util.Set;

/**
 * A change of a series as seen by a command; possibly triaged.
 *
 * @param series which one
 * @param since the commit with which it began; empty text when unknown
 * @param relativeChange how large it is, in relation to the level before (0.12 is 12 % more); not NaN
 * @param noise the run-to-run deviation of the series, relative to its level; 0 when unknown
 * @param below the commits of the losses on top of which it came; what was recorded about those is not about it
 */
public record ObservedChange(SeriesKey series, String since, double relativeChange, double noise, Set<String> below) {
    public ObservedChange {
        below = Set.copyOf(below);
        requireNonNull(series, "series");
        requireNonNull(since, "since");
        if (Double.isNaN(relativeChange) || !(noise >= 0)) {
            throw new IllegalArgumentException("a change of " + relativeChange + " in noise of " + noise);
        }
    }

    /** A change from a level that nothing made worse. */
    public ObservedChange(SeriesKey series, String since, double relativeChange, double noise) {
        this(series, since, relativeChange, noise, Set.of());
    }
}
