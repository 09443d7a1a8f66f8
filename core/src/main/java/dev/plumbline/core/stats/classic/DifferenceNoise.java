package dev.plumbline.core.stats.classic;

import dev.plumbline.core.stats.sample.Location;

/** The noise of a series whose level changes now and then, from the differences of neighbours. */
final class DifferenceNoise {
    private static final double NORMAL_MAD = 1.482602218505602;
    /** The size, among values below 1, whose square is still a number. */
    private static final double NEGLIGIBLE = 1e-100;

    private DifferenceNoise() {}

    /**
     * The median absolute deviation of the differences as a standard deviation of the values; the root mean square of
     * the differences where more than half of them are equal, as on a coarse scale or without noise.
     */
    static double deviation(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double[] differences = new double[values.length - 1];
        double squares = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = values[i + 1] - values[i];
            squares += differences[i] * differences[i];
        }
        double median = Location.median(differences);
        double[] deviations = new double[differences.length];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.abs(differences[i] - median);
        }
        double spread = Location.median(deviations);
        return spread > NEGLIGIBLE ? NORMAL_MAD * spread / Math.sqrt(2) : Math.sqrt(squares / differences.length / 2);
    }
}
