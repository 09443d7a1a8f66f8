package dev.plumbline.core.stats.steps;

import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.commons.statistics.distribution.TDistribution;

/** Two-sided critical values of Student's t, kept in a table because the scan asks for the same ones over and over. */
final class StudentQuantile {
    private static final int MAX_DEGREES = 200;

    private final double alpha;
    /** Bits of the values computed so far, 0 for none; threads may compute one twice, to the same bits. */
    private final AtomicLongArray critical = new AtomicLongArray(MAX_DEGREES + 1);

    /** Critical values at the two-sided level {@code alpha}, in (0, 1). */
    StudentQuantile(double alpha) {
        this.alpha = alpha;
    }

    /** The value that |t| exceeds with probability alpha; degrees are cut to 1..200. */
    double at(int degrees) {
        int index = Math.max(1, Math.min(MAX_DEGREES, degrees));
        long bits = critical.get(index);
        if (bits == 0) {
            double value = TDistribution.of(index).inverseSurvivalProbability(alpha / 2);
            critical.set(index, Double.doubleToRawLongBits(value));
            return value;
        }
        return Double.longBitsToDouble(bits);
    }
}
