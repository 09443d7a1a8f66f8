package dev.plumbline.core.stats.steps.noise;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The noise of a short series, estimated from neighbouring values, independent of steps and slopes.
 *
 * @param scores the first {@code count} of which are used; not copied
 * @param count how many
 * @param scale standard deviation from the smaller three quarters of the differences of neighbours
 * @param equal how many neighbours are equal, as of coarse timers
 */
public record NeighbourNoise(double[] scores, int count, double scale, int equal) {
    /** Mean of the smaller three quarters of |Z|, Z standard normal. */
    private static final double NORMAL = 0.5149033339461041;

    private static final double SAME = 0.01;
    private static final double FAR = 6;
    private static final int NEIGHBOURS = 5;
    private static final int SPIKES = 8;
    private static final int COARSE = 6;

    public static NeighbourNoise of(double[] scores, int count, double floor) {
        double[] differences = new double[Math.max(0, count - 1)];
        int equal = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.abs(scores[i + 1] - scores[i]);
            equal += differences[i] < SAME * floor ? 1 : 0;
        }
        Arrays.sort(differences);
        int smaller = 3 * differences.length / 4;
        double mean = Arrays.stream(differences, 0, smaller).average().orElse(0);
        return new NeighbourNoise(scores, count, Math.max(floor, mean / NORMAL / Math.sqrt(2)), equal);
    }

    /**
     * The places of the values that are no isolated spikes: not far from the median of the five around them. All, where
     * the far ones are a mode by their number, and where values are coarse.
     */
    public int[] withoutSpikes() {
        if (count < NEIGHBOURS) {
            return IntStream.range(0, count).toArray();
        }
        Robust robust = new Robust(NEIGHBOURS);
        int[] kept = IntStream.range(0, count)
                .filter(i -> {
                    int from = Math.max(0, Math.min(i - NEIGHBOURS / 2, count - NEIGHBOURS));
                    return Math.abs(scores[i] - robust.median(scores, from, from + NEIGHBOURS)) <= FAR * scale;
                })
                .toArray();
        boolean many = count - kept.length > count / SPIKES;
        return many || equal * COARSE > count ? IntStream.range(0, count).toArray() : kept;
    }
}
