package dev.plumbline.core.stats.sample;

/** The change of a level relative to the level before: 0.12 is 12 % more. */
public final class RelativeChange {
    private RelativeChange() {}

    /**
     * From one level to another.
     *
     * @return 0 where they are equal; infinite from a level of zero to any other; towards the larger value positive,
     *     also below zero
     */
    public static double of(double before, double after) {
        if (before == after) {
            return 0;
        }
        if (before == 0) {
            return after > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return (after - before) / Math.abs(before);
    }
}
