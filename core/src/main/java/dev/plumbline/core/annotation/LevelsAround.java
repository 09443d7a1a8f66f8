package dev.plumbline.core.annotation;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.List;

/** The levels before and after a change, as medians; NaN without a point on that side. */
public record LevelsAround(double before, double after) {
    /** The number of points before and after a change that determine its levels. */
    private static final int BEFORE = 10;

    static final int AFTER = 5;

    /**
     * The levels around the change at {@code start}; points judged bad do not count for the level before.
     *
     * @param end behind the last point of the level after
     */
    public static LevelsAround of(List<Point> points, int start, int end) {
        List<Double> before = new ArrayList<>();
        for (int i = start - 1; i >= 0 && before.size() < BEFORE; i--) {
            if (!points.get(i).judgedBad()) {
                before.add(points.get(i).value());
            }
        }
        List<Double> after = new ArrayList<>();
        for (int i = start; i < end && after.size() < AFTER; i++) {
            after.add(points.get(i).value());
        }
        return new LevelsAround(median(before), median(after));
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : Location.median(
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    boolean areKnown() {
        return !Double.isNaN(before) && !Double.isNaN(after) && before != after;
    }

    boolean isNearerToAfter(double value) {
        return Math.abs(value - after) <= Math.abs(value - before);
    }
}
