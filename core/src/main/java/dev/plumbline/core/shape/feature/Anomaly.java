package dev.plumbline.core.shape.feature;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A short outlying stretch without a change of the level.
 *
 * @param kind what it looks like
 * @param first place of its first value
 * @param end place behind its last value
 * @param value the value farthest off, in the unit of the values
 * @param expected what the course of the series had there
 * @param deviations how far that value is off, in standard deviations of the noise, with its sign
 * @param severity from 0, just beyond the threshold, towards 1: 1 less the threshold over the distance
 */
public record Anomaly(
        Kind kind, int first, int end, double value, double expected, double deviations, double severity) {
    public Anomaly {
        requireNonNull(kind, "kind");
        if (first < 0 || end <= first || !(severity >= 0 && severity <= 1)) {
            throw new IllegalArgumentException(kind + " from " + first + " to " + end + " with severity " + severity);
        }
    }

    /** The forms of an anomaly. */
    public enum Kind {
        /** One or two points far above. */
        SPIKE,
        /** One or two points far below. */
        DROP,
        /** Three or more neighbours off to one side. */
        PLATEAU,
        /** Four or more neighbours off to both sides in turn. */
        OSCILLATION;

        /** In small letters. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
