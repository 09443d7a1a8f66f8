package dev.plumbline.core.calibrate;

import java.util.SplittableRandom;

/**
 * The blocks of neighbouring residuals that are drawn, counted back from the newest as a share of the pool; the same
 * for every series.
 */
public final class Blocks {
    private final double[] starts;

    Blocks(SplittableRandom random, int length) {
        starts = new double[length];
        for (int i = 0; i < length; i++) {
            starts[i] = random.nextDouble();
        }
    }

    /** A number of residuals drawn in blocks; the end of the pool is followed by its beginning. */
    double[] draw(double[] residuals, int length, int block) {
        double[] drawn = new double[length];
        for (int i = 0; i < length; i++) {
            int start = (int) (starts[i / block] * residuals.length);
            drawn[i] = residuals[(start + i % block) % residuals.length];
        }
        return drawn;
    }
}
