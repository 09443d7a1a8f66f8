package dev.plumbline.core.shape;

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

    /**
     * The line at a place.
     *
     * @param logarithmic whether it is straight in logarithms, as it is where all values of the series are positive
     */
    double at(int place, boolean logarithmic) {
        if (isLevel()) {
            return startLevel;
        }
        double share = (place - first) / (end - first - 1.0);
        return logarithmic
                ? startLevel * StrictMath.pow(endLevel / startLevel, share)
                : startLevel + (endLevel - startLevel) * share;
    }

    /** Whether it is level. */
    public boolean isLevel() {
        return startLevel == endLevel;
    }
}
