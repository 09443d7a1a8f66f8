package dev.plumbline.core.calibrate;

import java.util.SplittableRandom;

/**
 * Which neighbours are taken, counted back from the newest as a share of what there is; the same for every series.
 */
public final class Blocks {
    private final double[] starts;

    Blocks(SplittableRandom random, int length) {
        starts = new double[length];
        for (int i = 0; i < length; i++) {
            starts[i] = random.nextDouble();
        }
    }

    /** So many residuals in blocks; the end of the pool is followed by its beginning. */
    double[] draw(double[] residuals, int length, int block) {
        double[] drawn = new double[length];
        for (int i = 0; i < length; i++) {
            int start = (int) (starts[i / block] * residuals.length);
            drawn[i] = residuals[(start + i % block) % residuals.length];
        }
        return drawn;
    }
}
