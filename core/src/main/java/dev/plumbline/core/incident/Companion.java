package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;

/**
 * A further series of an incident: one of its benchmarks in another environment, tested only at the incident's
 * position, or one that changed there by less than the margin.
 *
 * @param track the series
 * @param index of its first point at the likeliest revision or behind it
 * @param relativeChange from before the incident to behind it
 * @param interval of that, 95 %
 * @param pValue of so large a change in the incident's direction at this place, were there none
 */
public record Companion(Track track, int index, double relativeChange, Interval interval, double pValue) {
    public Companion {
        requireNonNull(track, "track");
        requireNonNull(interval, "interval");
        if (!(pValue >= 0 && pValue <= 1) || Double.isNaN(relativeChange)) {
            throw new IllegalArgumentException("a change of " + relativeChange + " with p = " + pValue);
        }
    }

    public SeriesKey key() {
        return track.key();
    }
}
