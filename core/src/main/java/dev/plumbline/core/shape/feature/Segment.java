package dev.plumbline.core.shape.feature;

/**
 * A stretch of a series that one line describes.
 *
 * @param first place of its first value
 * @param end place behind its last value
 * @param startLevel the line at its first value, in the unit of the values
 * @param endLevel the line at its last value; equal to the other where the stretch is level
 * @param noise standard deviation around the line relative to it, robust; 0 where all values are equal, infinite around
 *     a level of zero
 */
public record Segment(int first, int end, double startLevel, double endLevel, double noise) {
    public Segment {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("a segment from " + first + " to " + end + " has no value");
        }
    }

    /** Whether it is level. */
    public boolean isLevel() {
        return startLevel == endLevel;
    }
}
