package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.RelativeChange;

/**
 * By how much something changed.
 *
 * @param before the old level, in the series' unit
 * @param after the new level
 * @param relativeChange after / before - 1; infinite for a change from zero
 * @param interval for the relative change
 */
public record Effect(double before, double after, double relativeChange, Interval interval) {
    public Effect {
        requireNonNull(interval, "interval");
        if (Double.isNaN(relativeChange)) {
            throw new IllegalArgumentException("a relative change from " + before + " to " + after + " is a number");
        }
    }

    /** after / before - 1, with 0 for two zeros and an infinity for a change from zero. */
    public static double relativeChange(double before, double after) {
        return RelativeChange.of(before, after);
    }

    /** The interval of the relative change of something that is never negative: it loses all of itself at most. */
    public static Interval ofUnsigned(Interval relative) {
        return new Interval(Math.max(-1, relative.low()), Math.max(-1, relative.high()), relative.confidence());
    }
}
