package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;

/**
 * Decides whether values climb along a line or stepped once: after an undetected small step, noisy values correlate
 * with time as they do along a line.
 */
public final class LineOrStep {
    /** The largest distance from the line that counts, in deviations. */
    private static final double FAR = 3;

    /** The natural logarithm of the likelihood ratio that a line needs. */
    private static final double LEAST_EVIDENCE = 5;

    private LineOrStep() {}

    /** Whether a line is far likelier than one step: e⁵ times; see {@link #evidence}. */
    public static boolean isLine(double[] values, double first, double last) {
        return evidence(values, first, last) >= LEAST_EVIDENCE;
    }

    /**
     * The likelihood ratio of a line to one step at the best of all places, both with Gaussian errors of their own size
     * (profile likelihood); values far from the line count as three deviations away from it.
     *
     * @param values at least four finite ones
     * @param first where the line is at the first value
     * @param last where it is at the last one
     * @return the natural logarithm of the ratio; infinite for values on the line, 0 when all are equal
     */
    public static double evidence(double[] values, double first, double last) {
        Require.finite(values, 4, "values");
        int n = values.length;
        double rise = (last - first) / (n - 1);
        double[] off = new double[n];
        Arrays.setAll(off, i -> values[i] - (first + rise * i));
        double deviation =
                1.4826 * Location.median(Arrays.stream(off).map(Math::abs).toArray());
        double most = deviation == 0 ? Double.POSITIVE_INFINITY : FAR * deviation;
        double[] sums = new double[n + 1];
        double squares = 0;
        double aroundLine = 0;
        for (int i = 0; i < n; i++) {
            double near = Math.max(-most, Math.min(most, off[i]));
            double value = rise * (i - (n - 1) / 2.0) + near;
            aroundLine += near * near;
            sums[i + 1] = sums[i] + value;
            squares += value * value;
        }
        double explained = 0;
        for (int cut = 1; cut < n; cut++) {
            double left = sums[cut];
            double right = sums[n] - left;
            explained = Math.max(explained, left * left / cut + right * right / (n - cut));
        }
        double aroundStep = Math.max(0, squares - explained);
        return aroundStep == aroundLine ? 0 : n / 2.0 * Math.log(aroundStep / aroundLine);
    }
}
