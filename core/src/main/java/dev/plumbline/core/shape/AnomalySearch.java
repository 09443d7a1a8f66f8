package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Anomaly;
import java.util.ArrayList;
import java.util.List;

/** Finds short stretches that do not belong, in residuals that are counted in deviations of the noise. */
final class AnomalySearch {
    /** About one normal value in 150,000 lies farther off. */
    static final double ALONE = 4.5;
    /** The distance that each of several neighbours needs. */
    private static final double TOGETHER = 3;

    private static final int PLATEAU = 3;
    private static final int OSCILLATION = 4;
    /** A longer stretch on another level is none that does not belong. */
    private static final int LONGEST = 12;

    private AnomalySearch() {}

    /**
     * A stretch.
     *
     * @param peak index of the value farthest off
     */
    record Found(Anomaly.Kind kind, int from, int to, int peak, double severity) {}

    static List<Found> find(double[] deviations) {
        List<Found> found = new ArrayList<>();
        int n = deviations.length;
        int i = 0;
        while (i < n) {
            int end = i;
            if (Math.abs(deviations[i]) > TOGETHER) {
                int turning = alternating(deviations, i);
                int same = sameSide(deviations, i);
                if (turning - i >= OSCILLATION) {
                    end = turning;
                    found.add(of(Anomaly.Kind.OSCILLATION, deviations, i, end, TOGETHER));
                } else if (same - i >= PLATEAU && same - i <= LONGEST) {
                    end = same;
                    found.add(of(Anomaly.Kind.PLATEAU, deviations, i, end, TOGETHER));
                } else if (same - i < PLATEAU && largest(deviations, i, same) > ALONE) {
                    end = same;
                    found.add(
                            of(deviations[i] > 0 ? Anomaly.Kind.SPIKE : Anomaly.Kind.DROP, deviations, i, end, ALONE));
                } else {
                    end = same;
                }
            }
            i = Math.max(i + 1, end);
        }
        return found;
    }

    private static Found of(Anomaly.Kind kind, double[] deviations, int from, int to, double threshold) {
        int peak = from;
        for (int i = from; i < to; i++) {
            if (Math.abs(deviations[i]) > Math.abs(deviations[peak])) {
                peak = i;
            }
        }
        return new Found(kind, from, to, peak, 1 - threshold / Math.abs(deviations[peak]));
    }

    private static int sameSide(double[] deviations, int from) {
        int to = from + 1;
        while (to < deviations.length
                && Math.abs(deviations[to]) > TOGETHER
                && deviations[to] > 0 == deviations[from] > 0) {
            to++;
        }
        return to;
    }

    private static int alternating(double[] deviations, int from) {
        int to = from + 1;
        while (to < deviations.length
                && Math.abs(deviations[to]) > TOGETHER
                && deviations[to] > 0 != deviations[to - 1] > 0) {
            to++;
        }
        return to;
    }

    private static double largest(double[] deviations, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(deviations[i]));
        }
        return largest;
    }
}
