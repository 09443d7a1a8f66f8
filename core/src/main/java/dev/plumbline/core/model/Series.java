package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The history of one metric of one benchmark in one environment on one branch.
 *
 * @param key identifies the series
 * @param unit the unit of every point's value: the established one; others are converted
 * @param better the established direction
 * @param points in revision order; kept as {@link PackedPoints}, which create a point on each access
 * @param warnings what was odd when the points were combined: a changed unit, a changed direction
 * @param foreign the number of points left out because their unit cannot be converted
 */
public record Series(
        SeriesKey key, Unit unit, Better better, List<Point> points, List<SeriesWarning> warnings, int foreign) {
    public Series {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        points = PackedPoints.of(points);
        warnings = List.copyOf(warnings);
    }

    /** A series none of whose points is left out. */
    public Series(SeriesKey key, Unit unit, Better better, List<Point> points, List<SeriesWarning> warnings) {
        this(key, unit, better, points, warnings, 0);
    }

    /** The same series with other points. */
    public Series withPoints(List<Point> others) {
        return new Series(key, unit, better, others, warnings, foreign);
    }

    /** The name of one of its points. */
    public PointKey keyOf(Point point) {
        return new PointKey(point.run().id(), key.benchmark(), key.metric());
    }

    /** The values of all points, in order. */
    public double[] values() {
        return PackedPoints.of(points).values();
    }
}
