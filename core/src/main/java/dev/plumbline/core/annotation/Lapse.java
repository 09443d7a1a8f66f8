package dev.plumbline.core.annotation;

import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import java.util.List;

/**
 * The points of a series that an expired acceptance no longer covers.
 *
 * @param acceptance which
 * @param series with the points at the accepted level judged bad again
 * @param points those
 */
public record Lapse(KnownAcceptance acceptance, Series series, List<PointKey> points) {
    public Lapse {
        points = List.copyOf(points);
    }
}
