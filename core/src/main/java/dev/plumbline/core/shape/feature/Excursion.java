package dev.plumbline.core.shape.feature;

/**
 * A change that went away: another level for a while, and then the old one again.
 *
 * @param first place of the first value on the other level
 * @param end place of the first value back on the old one
 * @param before the old level, in the unit of the values
 * @param during the other level
 * @param after the level after it
 * @param relativeChange from before to during
 */
public record Excursion(int first, int end, double before, double during, double after, double relativeChange) {
    public Excursion {
        if (first < 1 || end <= first) {
            throw new IllegalArgumentException("an excursion from " + first + " to " + end);
        }
    }
}
