package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/** The latest values of a series, in the order of time and in ascending order. Finite values only. */
final class SortedWindow {
    /** From the median of absolute deviations to the standard deviation of a normal distribution. */
    static final double NORMAL = 1.4826;

    private final double[] ring;
    private final double[] ascending;
    private int size;
    private int oldest;

    /** @param capacity values at most; one more drops the oldest */
    SortedWindow(int capacity) {
        ring = new double[capacity];
        ascending = new double[capacity];
    }

    void add(double value) {
        int gap;
        if (size == ring.length) {
            gap = place(ring[oldest], 0, size - 1);
            ring[oldest] = value;
            oldest = oldest + 1 == ring.length ? 0 : oldest + 1;
        } else {
            int end = oldest + size;
            ring[end >= ring.length ? end - ring.length : end] = value;
            gap = size++;
        }
        // the gap moves to where the value belongs: step by step, for a search would guess at every step of its own
        double[] sorted = ascending;
        int to = gap;
        int last = size - 1;
        while (to < last && sorted[to + 1] < value) {
            sorted[to] = sorted[to + 1];
            to++;
        }
        while (to > 0 && sorted[to - 1] > value) {
            sorted[to] = sorted[to - 1];
            to--;
        }
        sorted[to] = value;
    }

    /**
     * Adds to an empty window, faster than one by one.
     *
     * @param values the first of which are added, oldest first
     */
    void fill(double[] values, int count) {
        size = Math.min(count, ring.length);
        oldest = 0;
        System.arraycopy(values, count - size, ring, 0, size);
        System.arraycopy(ring, 0, ascending, 0, size);
        Arrays.sort(ascending, 0, size);
    }

    /** The first place in ascending order with no smaller value; {@code last} where there is none before. */
    private int place(double value, int first, int last) {
        int low = first;
        int high = last;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int size() {
        return size;
    }

    /** @param age 0 for the oldest value */
    double get(int age) {
        int place = oldest + age;
        return ring[place >= ring.length ? place - ring.length : place];
    }

    /** The sum of the values, of which each counts as a limit at the most; the oldest is the first summand. */
    double sumUpTo(double limit) {
        int first = Math.min(size, ring.length - oldest);
        double sum = 0;
        for (int place = oldest; place < oldest + first; place++) {
            double value = ring[place];
            sum += value < limit ? value : limit;
        }
        for (int place = 0; place < size - first; place++) {
            double value = ring[place];
            sum += value < limit ? value : limit;
        }
        return sum;
    }

    /** NaN where there is no value. */
    double median() {
        return size == 0 ? Double.NaN : middle(ascending, size);
    }

    /** The median distance from the median, as a standard deviation; NaN where there is no value. */
    double deviation() {
        return size == 0 ? Double.NaN : NORMAL * medianDistance(ascending, size);
    }

    /** The distance from the median that a share of the values keeps at the most; NaN where there is no value. */
    double distance(double share) {
        double middle = median();
        double[] distances = Arrays.stream(ascending, 0, size)
                .map(value -> Math.abs(value - middle))
                .sorted()
                .toArray();
        return size == 0 ? Double.NaN : distances[(int) (share * (size - 1))];
    }

    static double middle(double[] ascending, int size) {
        return size % 2 == 1 ? ascending[size / 2] : 0.5 * (ascending[size / 2 - 1] + ascending[size / 2]);
    }

    /**
     * The median distance from the median. The values that are nearest to it, one more than half of them, stand side by
     * side: where they begin is found by bisection.
     *
     * @param size values, at least one
     */
    static double medianDistance(double[] ascending, int size) {
        double centre = middle(ascending, size);
        int count = size / 2 + 1;
        int low = 0;
        int high = size - count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (centre - ascending[middle] > ascending[middle + count] - centre) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int last = low + count - 1;
        double below = centre - ascending[low];
        double above = ascending[last] - centre;
        double farthest = Math.max(below, above);
        if (size % 2 == 1) {
            return farthest;
        }
        double next = below > above
                ? Math.max(centre - ascending[low + 1], above)
                : Math.max(below, ascending[last - 1] - centre);
        return 0.5 * (next + farthest);
    }
}
