package dev.plumbline.core.stats.steps;

import java.util.Arrays;

/**
 * What the residuals around the levels of a window say of its noise.
 *
 * @param scale standard deviation of the noise, robust
 * @param ratio winsorised over median-based scale: near 1 for a normal core, larger for modes and heavy tails
 * @param phi first-order autocorrelation, leaning upwards by a part of its standard error
 * @param phiError standard error of {@code phi}
 * @param count residuals used
 * @param highest largest residual in units of {@code scale}, at least 0
 * @param lowest minus the smallest residual in units of {@code scale}, at least 0
 * @param floor smallest scale that is believed
 */
record NoiseModel(
        double scale,
        double ratio,
        double phi,
        double phiError,
        int count,
        double highest,
        double lowest,
        double floor) {
    /** Residuals looked at: the newest so many. */
    private static final int POOL = 200;

    private static final double PRIOR_PHI = 0.15;
    private static final double PRIOR_PHI_DEVIATION = 0.2;
    private static final double LEAN = 0.3;
    private static final double MAX_PHI = 0.9;
    private static final double WIDE_CLIP = 4.5;

    /**
     * Estimates the noise of {@code x[0, end)} around the medians of the segments that {@code starts} begin.
     *
     * @param starts ascending starts of the segments, the first is 0; those at or beyond {@code end} are ignored
     */
    static NoiseModel of(double[] x, int end, int[] starts, int segments, double floor) {
        double[] residuals = new double[end];
        boolean[] first = new boolean[end];
        int count = 0;
        int lost = 0;
        int used = segments;
        while (used > 1 && starts[used - 1] >= end) {
            used--;
        }
        // from the newest segment back, until the pool is full
        int from = used;
        int size = 0;
        while (from > 0 && size < POOL) {
            from--;
            size = end - starts[from];
        }
        for (int s = from; s < used; s++) {
            int a = starts[s];
            int b = s + 1 < used ? starts[s + 1] : end;
            if (b - a < 4) {
                continue;
            }
            double centre = Robust.median(x, a, b);
            int skip = s == from ? Math.max(a, end - POOL) : a;
            for (int i = skip; i < b; i++) {
                first[count] = i == skip;
                residuals[count++] = x[i] - centre;
            }
            lost++;
        }
        return of(residuals, first, count, lost, floor);
    }

    static NoiseModel of(double[] residuals, boolean[] first, int count, int lost, double floor) {
        double high = 0;
        double low = 0;
        for (int i = 0; i < count; i++) {
            high = Math.max(high, residuals[i]);
            low = Math.max(low, -residuals[i]);
        }
        if (count == 0) {
            return new NoiseModel(floor, 1, PRIOR_PHI, PRIOR_PHI_DEVIATION, 0, 0, 0, floor);
        }
        Robust.dither(residuals, count, floor);
        double start = Robust.medianScale(residuals, count, floor);
        double scale = Robust.scale(residuals, count, lost, floor, start);
        double ratio = scale / start;

        double limit = 2.5 * scale;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < count; i++) {
            double w = Robust.clip(residuals[i], -limit, limit);
            squares += w * w;
            if (!first[i] && i > 0) {
                products += w * Robust.clip(residuals[i - 1], -limit, limit);
            }
        }
        double raw = squares > 0 ? products / squares : 0;
        raw += (1 + 3 * raw) * lost / Math.max(1, count);
        double ownVariance = Math.max(0.05, 1 - raw * raw) / Math.max(1, count);
        double priorVariance = PRIOR_PHI_DEVIATION * PRIOR_PHI_DEVIATION;
        double error = Math.sqrt(1 / (1 / ownVariance + 1 / priorVariance));
        double posterior = (raw / ownVariance + PRIOR_PHI / priorVariance) * error * error;
        double phi = Robust.clip(posterior + LEAN * error, 0, MAX_PHI);

        if (phi > 0.1 && count - lost >= 8) {
            double[] innovations = new double[count];
            int n = 0;
            for (int i = 1; i < count; i++) {
                if (!first[i]) {
                    innovations[n++] = residuals[i] - phi * residuals[i - 1];
                }
            }
            scale = Math.max(scale, Robust.scale(innovations, n, 0, floor) / Math.sqrt(1 - phi * phi));
        }
        double wide = WIDE_CLIP * scale;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double w = Robust.clip(residuals[i], -wide, wide);
            sum += w * w;
        }
        scale = Math.max(scale, 0.9 * Math.sqrt(sum / Math.max(1, count)));
        return new NoiseModel(scale, ratio, phi, error, count, high / scale, low / scale, floor);
    }

    /** Degrees of freedom that are left of {@code values} autocorrelated ones. */
    int degrees() {
        double share = (1 - phi * phi) / (1 + phi * phi);
        return (int) Math.min(200, Math.max(4, 0.9 * count * share));
    }

    /** How much the variance of a long mean exceeds that of independent values. */
    double longRunFactor() {
        return (1 + phi) / (1 - phi);
    }

    /** The same for a mean of {@code k} values. */
    double meanFactor(int k) {
        double power = Math.pow(phi, k);
        return longRunFactor() - 2 * phi * (1 - power) / (k * (1 - phi) * (1 - phi));
    }

    /** True when no value of the past lay four standard deviations out and the core looks normal. */
    boolean clean(boolean up) {
        return (up ? highest : lowest) < 4 && ratio < 1.3 && count >= 40;
    }

    /** Where scores are cut, in standard deviations. */
    double clip(boolean up) {
        return clean(up) ? 6 : WIDE_CLIP;
    }

    static int[] startsOf(int[] changes, int count) {
        int[] starts = new int[count + 1];
        System.arraycopy(changes, 0, starts, 1, count);
        return Arrays.copyOf(starts, count + 1);
    }
}
