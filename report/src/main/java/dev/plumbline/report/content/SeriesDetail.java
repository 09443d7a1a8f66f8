package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.Steps;
import java.util.List;

/**
 * The details of one series on a page, besides the finding: its course, its steps, and raw values.
 *
 * @param course the history and, at its end, the judged points, all in the unit of the series
 * @param judged how many points at the end of the course were judged; 0 to all of them
 * @param steps what a scan of exactly these points found
 * @param distributions raw values to be drawn beside each other, the reference first; may be empty
 */
public record SeriesDetail(Series course, int judged, Steps steps, List<Distribution> distributions) {
    public SeriesDetail {
        requireNonNull(course, "course");
        requireNonNull(steps, "steps");
        distributions = List.copyOf(distributions);
        if (judged < 0 || judged > course.points().size()) {
            throw new IllegalArgumentException(
                    judged + " of " + course.points().size() + " points cannot be the judged ones");
        }
        if (steps.size() != course.points().size()) {
            throw new IllegalArgumentException("steps of " + steps.size() + " values for "
                    + course.points().size() + " points");
        }
    }
}
