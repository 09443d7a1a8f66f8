package dev.plumbline.core.stats.classic;

/**
 * A change found by a test.
 *
 * @param index zero-based index of the first value after the change, at least 1
 * @param statistic the energy statistic of the split, in the unit of the values; infinite when it exceeds the largest
 *     number
 * @param pValue what the method's test gave, in [0, 1]
 * @param before mean of the values since the change before, or since the beginning
 * @param after mean of the values up to the next change, or to the end
 */
public record ChangePoint(int index, double statistic, double pValue, double before, double after) {
    /** Checks the ranges. */
    public ChangePoint {
        if (index < 1) {
            throw new IllegalArgumentException("a change needs a value before it; index " + index);
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("p-value " + pValue + " is not in [0, 1]");
        }
    }
}
