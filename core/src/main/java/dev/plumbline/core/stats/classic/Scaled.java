package dev.plumbline.core.stats.classic;

/**
 * Finite values times a power of two, the largest magnitude in [0.5, 1), so that no sum or square overflows.
 *
 * @param values new array; all zero when the originals are
 * @param exponent the originals are {@code values * 2^exponent}
 */
record Scaled(double[] values, int exponent) {
    /** Checks and scales. */
    static Scaled of(double[] values) {
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("values[" + i + "] is " + values[i] + ", not a finite number");
            }
            largest = Math.max(largest, Math.abs(values[i]));
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest) + 1;
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            // the two zeros become one, because sorting distinguishes them
            scaled[i] = Math.scalb(values[i], -exponent) + 0.0;
        }
        return new Scaled(scaled, exponent);
    }

    /** A number of the scaled values' unit in the originals' unit. */
    double original(double scaled) {
        return Math.scalb(scaled, exponent);
    }
}
