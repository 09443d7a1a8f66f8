package dev.plumbline.core.shape.mixture;

/** The logarithm of a product of powers: one logarithm of many factors is cheaper than one of each. */
public final class LogProduct {
    private static final double LEAST = 1e-100;
    /** The most that a power of it is multiplied out. */
    private static final double LARGEST_POWER = 16;

    /** A power of it is above 1e-96, and so a number with all its digits beside a product above the least. */
    private static final double LEAST_FACTOR = 1e-6;

    private double logarithm;
    private double product = 1;

    /**
     * @param factor above 0 and not above 1
     * @param power a whole number from 1
     */
    public void times(double factor, double power) {
        if (power == 1) {
            product *= factor;
        } else if (factor < LEAST_FACTOR || power > LARGEST_POWER) {
            logarithm += power * StrictMath.log(factor);
        } else {
            double square = factor;
            for (int left = (int) power; left > 0; left >>= 1) {
                if ((left & 1) == 1) {
                    product *= square;
                }
                square *= square;
            }
        }
        if (product < LEAST) {
            logarithm += StrictMath.log(product);
            product = 1;
        }
    }

    public double value() {
        return logarithm + StrictMath.log(product);
    }
}
