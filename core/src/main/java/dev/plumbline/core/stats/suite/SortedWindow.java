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
        if (size == ring.length) {
            int gone = Arrays.binarySearch(ascending, 0, size, ring[oldest]);
            System.arraycopy(ascending, gone + 1, ascending, gone, size - gone - 1);
            size--;
            ring[oldest] = value;
            oldest = oldest + 1 == ring.length ? 0 : oldest + 1;
        } else {
            int end = oldest + size;
            ring[end >= ring.length ? end - ring.length : end] = value;
        }
        int place = Arrays.binarySearch(ascending, 0, size, value);
        place = place < 0 ? -place - 1 : place;
        System.arraycopy(ascending, place, ascending, place + 1, size - place);
        ascending[place] = value;
        size++;
    }

    int size() {
        return size;
    }

    /** @param age 0 for the oldest value */
    double get(int age) {
        int place = oldest + age;
        return ring[place >= ring.length ? place - ring.length : place];
    }

    /** NaN where there is no value. */
    double median() {
        return size == 0 ? Double.NaN : middle(ascending, size);
    }

    /** The median distance from the median, as a standard deviation; NaN where there is no value. */
    double deviation() {
        return size == 0 ? Double.NaN : NORMAL * medianDistance(ascending, size, median());
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

    /** The median of all |value - centre|, by walking outwards from the centre. */
    static double medianDistance(double[] ascending, int size, double centre) {
        int place = Arrays.binarySearch(ascending, 0, size, centre);
        int right = place < 0 ? -place - 1 : place;
        int left = right - 1;
        double before = 0;
        double last = 0;
        for (int taken = 0; taken <= size / 2; taken++) {
            before = last;
            if (left < 0 || right < size && ascending[right] - centre < centre - ascending[left]) {
                last = ascending[right++] - centre;
            } else {
                last = centre - ascending[left--];
            }
        }
        return size % 2 == 1 ? last : 0.5 * (before + last);
    }
}
