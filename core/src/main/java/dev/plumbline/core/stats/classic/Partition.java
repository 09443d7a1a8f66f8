package dev.plumbline.core.stats.classic;

import java.util.ArrayList;
import java.util.List;

/**
 * The division of a series into segments of constant mean that minimises squared loss plus penalties.
 *
 * @param size number of values
 * @param indices the first value of every segment but the first, ascending
 * @param deviation the noise that the penalty was taken from, in the unit of the values
 * @param cost the minimum, in squared units of {@code deviation}; 0 when that is 0
 */
public record Partition(int size, List<Integer> indices, double deviation, double cost) {
    /** Copies the list and checks the order. */
    public Partition {
        indices = List.copyOf(indices);
        int previous = 0;
        for (int index : indices) {
            if (index <= previous || index >= size) {
                throw new IllegalArgumentException("index " + index + " after " + previous + " in a series of " + size);
            }
            previous = index;
        }
    }

    /**
     * The cost of a change.
     *
     * @param penalty cost of a change as a multiple of {@code ln n * deviation^2}
     * @param minimumSegment least number of values in a segment
     */
    public record Settings(double penalty, int minimumSegment) {
        /** Three times ln n, segments of one value. */
        public static final Settings DEFAULT = new Settings(3, 1);

        /** Checks the ranges. */
        public Settings {
            if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("penalty must be zero or more and finite: " + penalty);
            }
            if (minimumSegment < 1) {
                throw new IllegalArgumentException("a segment has at least one value, not " + minimumSegment);
            }
        }
    }

    /** The partition given by the last change before every length. */
    static Partition of(Scaled scaled, double deviation, int[] last, double cost) {
        int size = scaled.values().length;
        List<Integer> indices = new ArrayList<>();
        for (int end = size; end > 0 && last[end] > 0; end = last[end]) {
            indices.add(0, last[end]);
        }
        return new Partition(
                size, indices, scaled.original(deviation), deviation == 0 ? 0 : cost / (deviation * deviation));
    }
}
