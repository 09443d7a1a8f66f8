package dev.plumbline.core.stats.steps.noise;

/**
 * The noise of a window, estimated from the residuals around its levels.
 *
 * @param scale standard deviation of the noise, robust
 * @param ratio winsorised over median-based scale: near 1 for a normal core, larger for modes and heavy tails
 * @param phi first-order autocorrelation, shrunk towards 0.1
 * @param phiError standard error of {@code phi}
 * @param shown the same without shrinking, 0 to 0.8: right on average where {@code phi} is careful
 * @param shownScale likewise the scale for intervals: smaller than {@code scale} where values are coarse
 * @param count residuals used
 * @param highest largest residual in units of {@code scale}, at least 0
 * @param lowest minus the smallest residual in units of {@code scale}, at least 0
 * @param floor the lower limit of the scale
 */
public record NoiseModel(
        double scale,
        double ratio,
        double phi,
        double phiError,
        double shown,
        double shownScale,
        int count,
        double highest,
        double lowest,
        double floor) {
    /** The number of newest residuals that count. */
    public static final int POOL = 200;

    private static final double PRIOR_PHI = 0.1;
    private static final double PRIOR_PHI_DEVIATION = 0.15;
    private static final double MAX_PHI = 0.8;
    private static final double WIDE_CLIP = 4.5;
    private static final double INNOVATION_PHI = 0.1;

    /** The prior before any value. */
    public static NoiseModel unknown(double floor) {
        return new NoiseModel(floor, 1, PRIOR_PHI, PRIOR_PHI_DEVIATION, PRIOR_PHI, floor, 0, 0, 0, floor);
    }

    /**
     * Estimates the noise from residuals around levels.
     *
     * @param residuals differences from the level of each one's segment
     * @param first marks the residuals that follow no other in their segment
     * @param count number of residuals, at least 1
     * @param segments number of levels that were subtracted
     */
    public static NoiseModel of(
            double[] residuals,
            boolean[] first,
            int count,
            int segments,
            double floor,
            Robust robust,
            double[] scratch) {
        double scale = robust.estimate(residuals, 0, count, 0, segments, floor);
        double ratio = scale / robust.medianScale();
        boolean coarse = robust.coarse();

        double high = 0;
        double low = 0;
        double limit = 2.5 * scale;
        double squares = 0;
        double products = 0;
        double previous = 0;
        double run = 0;
        int length = 0;
        double offsets = 0;
        for (int i = 0; i < count; i++) {
            double r = residuals[i];
            high = Math.max(high, r);
            low = Math.min(low, r);
            double w = Robust.clip(r, -limit, limit);
            squares += w * w;
            if (first[i]) {
                offsets += length == 0 ? 0 : run * run / length;
                run = 0;
                length = 0;
            } else {
                products += w * previous;
            }
            run += w;
            length++;
            previous = w;
        }
        offsets += run * run / length;
        double around = robust.scaleAround(Math.sqrt(offsets / count)) / scale;
        double raw = squares > 0 ? products / squares : 0;
        raw += (1 + 3 * raw) * segments / count;
        double shown = raw;
        if (coarse && squares > offsets) {
            // values around a tick that is not their level seem to resemble their neighbours
            shown = (products - offsets) / (squares - offsets);
            shown += (1 + 3 * shown) * segments / count;
        }
        double ownVariance = Math.max(0.05, 1 - raw * raw) / count;
        double priorVariance = PRIOR_PHI_DEVIATION * PRIOR_PHI_DEVIATION;
        double error = Math.sqrt(1 / (1 / ownVariance + 1 / priorVariance));
        double posterior = (raw / ownVariance + PRIOR_PHI / priorVariance) * error * error;
        double phi = Robust.clip(posterior, 0, MAX_PHI);

        if (phi > INNOVATION_PHI && count - segments >= 8) {
            int n = 0;
            for (int i = 1; i < count; i++) {
                if (!first[i]) {
                    scratch[n++] = residuals[i] - phi * residuals[i - 1];
                }
            }
            double innovation = robust.estimate(scratch, 0, n, 0, 0, floor);
            scale = Math.max(scale, innovation / Math.sqrt(1 - phi * phi));
        }
        double wide = WIDE_CLIP * scale;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double w = Robust.clip(residuals[i], -wide, wide);
            sum += w * w;
        }
        // several modes look like a narrow core and spikes: the variance keeps the scale from being too small
        scale = Math.max(scale, 0.9 * Math.sqrt(sum / count));
        return new NoiseModel(
                scale,
                ratio,
                phi,
                error,
                Robust.clip(shown, 0, MAX_PHI),
                scale * around,
                count,
                high / scale,
                -low / scale,
                floor);
    }

    /** Degrees of freedom that are left of the autocorrelated residuals. */
    public int degrees() {
        double share = (1 - phi * phi) / (1 + phi * phi);
        return (int) Math.min(200, Math.max(4, 0.9 * count * share));
    }

    /** The ratio of the variance of a long mean to that of independent values. */
    public double longRunFactor() {
        return (1 + phi) / (1 - phi);
    }

    /** The same for a mean of {@code k} values. */
    public double meanFactor(int k) {
        return meanFactor(k, phi);
    }

    /** The same with the autocorrelation that the residuals show: for intervals, which are to be right on average. */
    public double shownMeanFactor(int k) {
        return meanFactor(k, shown);
    }

    /** The ratio of the variance of an autocorrelated mean of {@code k} values to that of independent ones. */
    public static double meanFactor(int k, double phi) {
        double power = 1;
        for (int i = 0; i < k && power > 1e-12; i++) {
            power *= phi;
        }
        return (1 + phi) / (1 - phi) - 2 * phi * (1 - power) / (k * (1 - phi) * (1 - phi));
    }

    /** True when no value of the past lay four standard deviations out on that side and the core looks normal. */
    public boolean clean(boolean up) {
        return (up ? highest : lowest) < 4 && ratio < 1.3 && count >= 40;
    }

    /** The limit at which scores are cut, in standard deviations. */
    public double clip(boolean up) {
        return clean(up) ? 6 : 3.5;
    }
}
