package dev.plumbline.core.shape.mixture;

/**
 * The exponential function of what is not above zero, to within three units of the last place: a power of two from a
 * table of 64 and a short series for the rest (Tang 1989). {@link StrictMath#exp} is exact to one, and takes several
 * times as long; {@link Math#exp} may differ from one processor to another, which additions and products do not.
 */
public final class Decay {
    private static final int STEPS = 64;
    private static final int SHIFT = 6;
    private static final double PER_STEP = 0x1.71547652b82fep+6;
    /** A step, log(2) / 64, in two parts: the first has zeros at its end, so that products with it are exact. */
    private static final double STEP = 0x1.62e42fee00000p-7;

    private static final double REST = 0x1.a39ef35793c76p-39;
    /** Farther out there is nothing left. */
    private static final double END = 700;

    private static final double[] POWERS = new double[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            POWERS[i] = StrictMath.pow(2, -(double) i / STEPS);
        }
    }

    private Decay() {}

    /**
     * {@code exp(-x)}.
     *
     * @param x not below 0; above 700 the answer is 0
     */
    public static double of(double x) {
        if (x > END) {
            return 0;
        }
        int step = (int) (x * PER_STEP + 0.5);
        double rest = step * STEP - x + step * REST;
        double series = 1 + rest * (1 + rest * (0.5 + rest * (1 / 6.0 + rest * (1 / 24.0 + rest * (1 / 120.0)))));
        return POWERS[step & STEPS - 1] * series * Double.longBitsToDouble(1023L - (step >> SHIFT) << 52);
    }
}
