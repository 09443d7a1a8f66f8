package dev.plumbline.core.detect;

import java.util.Arrays;
import java.util.List;

/**
 * How much each value of a history resembles the one before it.
 *
 * @param correlation first-order autocorrelation of the clipped distances from each regime's middle, corrected for the
 *     middles being estimated (Marriott and Pope 1954), between -1 and 1; 0 where nothing scatters
 * @param count how many values it comes from
 */
record Neighbours(double correlation, int count) {
    /** A spike says nothing of whether neighbours are alike. */
    private static final double CLIP = 2.5;

    /** Of no values. */
    static final Neighbours NONE = new Neighbours(0, 0);

    /** @param regimes the scores of each regime in time order, all finite */
    static Neighbours of(List<double[]> regimes) {
        double squares = 0;
        double products = 0;
        int count = 0;
        for (double[] scores : regimes) {
            double[] ascending = scores.clone();
            Arrays.sort(ascending);
            double middle = Winsorised.median(ascending, scores.length);
            double limit = CLIP * Winsorised.deviation(ascending, scores.length);
            double[] distances = Arrays.stream(scores)
                    .map(score -> limit > 0 ? Math.max(-1, Math.min(1, (score - middle) / limit)) : 0)
                    .toArray();
            // of skewed noise the median is not the mean, and what all are off by would make them alike
            double mean = Arrays.stream(distances).sum() / distances.length;
            double before = 0;
            for (double distance : distances) {
                squares += (distance - mean) * (distance - mean);
                products += (distance - mean) * before;
                before = distance - mean;
            }
            count += scores.length;
        }
        if (!(squares > 0)) {
            return NONE;
        }
        double raw = products / squares;
        double corrected = raw + (1 + 3 * raw) * regimes.size() / count;
        return new Neighbours(Math.max(-1, Math.min(1, corrected)), count);
    }
}
