package dev.plumbline.core.stats.classic;

import java.util.List;

/**
 * The changes of a series.
 *
 * @param size number of values analysed
 * @param points ascending by index
 */
public record Changes(int size, List<ChangePoint> points) {
    /** Copies the list and checks the order. */
    public Changes {
        points = List.copyOf(points);
        int previous = 0;
        for (ChangePoint point : points) {
            if (point.index() <= previous || point.index() >= size) {
                throw new IllegalArgumentException(
                        "index " + point.index() + " after " + previous + " in a series of " + size);
            }
            previous = point.index();
        }
    }

    /** The indices alone, ascending. */
    public int[] indices() {
        return points.stream().mapToInt(ChangePoint::index).toArray();
    }
}
