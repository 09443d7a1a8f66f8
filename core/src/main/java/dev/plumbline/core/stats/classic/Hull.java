package dev.plumbline.core.stats.classic;

import java.util.Arrays;

/** One side of the convex hull of the points (t, sum of the first t values), built from left to right (Andrew 1979). */
final class Hull {
    private final double side;
    private double[] times = new double[32];
    private double[] sums = new double[32];
    private int size;

    /** @param side 1 for the upper side, -1 for the lower */
    Hull(int side) {
        this.side = side;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    double time(int vertex) {
        return times[vertex];
    }

    double sum(int vertex) {
        return sums[vertex];
    }

    /** Adds a point to the right of all others and drops the points it covers. */
    void add(double time, double sum) {
        while (size >= 2 && isCovered(time, sum)) {
            size--;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            sums = Arrays.copyOf(sums, 2 * size);
        }
        times[size] = time;
        sums[size++] = sum;
    }

    private boolean isCovered(double time, double sum) {
        double lastTime = times[size - 1];
        double lastSum = sums[size - 1];
        double turn = (lastSum - sums[size - 2]) * (time - lastTime) - (sum - lastSum) * (lastTime - times[size - 2]);
        return side * turn <= 0;
    }

    /**
     * The vertex at which {@code (sum - time * mean)^2 / (time * (count - time))} is largest, -1 when no vertex lies
     * strictly between 0 and {@code count}.
     */
    int farthestFromMean(double mean, double count) {
        int best = -1;
        double bestSquare = 0;
        double bestWeight = 1;
        for (int i = 0; i < size; i++) {
            double time = times[i];
            double distance = sums[i] - time * mean;
            double weight = time * (count - time);
            // fractions are compared crosswise, as a division costs more than all the rest
            if (weight > 0 && (best < 0 || distance * distance * bestWeight > bestSquare * weight)) {
                best = i;
                bestSquare = distance * distance;
                bestWeight = weight;
            }
        }
        return best;
    }

    /** The vertex at which {@code (total - sum)^2 / (count - time)} is largest. */
    int farthestFromEnd(double total, double count) {
        int best = 0;
        double bestSquare = 0;
        double bestWeight = 1;
        for (int i = 0; i < size; i++) {
            double distance = total - sums[i];
            double weight = count - times[i];
            if (distance * distance * bestWeight > bestSquare * weight) {
                best = i;
                bestSquare = distance * distance;
                bestWeight = weight;
            }
        }
        return best;
    }
}
