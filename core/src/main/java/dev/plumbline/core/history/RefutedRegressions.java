package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.stats.sample.Location;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Regressions that checks reported in a series but that were false alarms: they were triaged as such, or the next runs
 * were good again and the history shows no change there. One that was real and {@linkplain RecoveredRegression went
 * back} is not among them.
 *
 * @param count how many
 * @param largest of them, relative to the level, positive; 0 without any
 */
public record RefutedRegressions(int count, double largest) {
    /** There was none. */
    static final RefutedRegressions NONE = new RefutedRegressions(0, 0);

    /** The most places between a step in the course and the run that a check reported. */
    private static final int NEARBY = 5;

    /**
     * Counts them.
     *
     * @param shape of exactly the points of the series
     * @param stated how large those changes are that people called false alarms
     * @param accepted the ids of runs of changes that people accepted
     */
    public static RefutedRegressions of(
            Series series, SeriesShape shape, Collection<Double> stated, Set<String> accepted) {
        int count = 0;
        double largest = 0;
        for (double change : stated) {
            if (series.better().isWorse(change)) {
                count++;
                largest = Math.max(largest, Math.abs(change));
            }
        }
        List<Point> points = series.points();
        if (!PackedPoints.haveJudgedBad(points)) {
            return new RefutedRegressions(count, largest);
        }
        Set<Integer> wentBack =
                RecoveredRegression.of(series, series.values(), CalledRegression.accepted(series, accepted)).stream()
                        .map(RecoveredRegression::index)
                        .collect(Collectors.toSet());
        int from = 0;
        while (from < points.size()) {
            int end = from;
            while (end < points.size() && points.get(end).judgedBad()) {
                end++;
            }
            int first = from;
            // what the newest run shows may still be one
            boolean isAccepted = points.subList(from, end).stream()
                    .anyMatch(point -> accepted.contains(point.run().id()));
            if (end > from
                    && end < points.size()
                    && !isAccepted
                    && !wentBack.contains(from)
                    && (alone(from, end, shape).isPresent() || !isBorneOut(from, end, shape))) {
                double level = alone(from, end, shape).map(Excursion::before).orElseGet(() -> levelAt(first, shape));
                double change = change(points.subList(from, end), level);
                if (Double.isFinite(change) && series.better().isWorse(change)) {
                    count++;
                    largest = Math.max(largest, Math.abs(change));
                }
            }
            from = end + 1;
        }
        return new RefutedRegressions(count, largest);
    }

    /** The change that went away with the next commit, if one run is all of it: no second one bears it out. */
    private static Optional<Excursion> alone(int from, int end, SeriesShape shape) {
        return shape.excursions().stream()
                .filter(excursion -> end - from == 1 && excursion.first() == from && excursion.end() == end)
                .findFirst();
    }

    /** Whether a new level, a slope or a change that went away lies there. */
    private static boolean isBorneOut(int from, int end, SeriesShape shape) {
        return shape.hasNewLevelNear(from, NEARBY)
                || shape.segments().stream()
                        .anyMatch(segment -> !segment.isLevel() && segment.first() < end && from < segment.end())
                || shape.excursions().stream()
                        .anyMatch(excursion -> excursion.first() < end + NEARBY && from < excursion.end() + NEARBY);
    }

    private static double levelAt(int place, SeriesShape shape) {
        return shape.segments().stream()
                .filter(segment -> place < segment.end())
                .findFirst()
                .map(Segment::startLevel)
                .orElse(Double.NaN);
    }

    private static double change(List<Point> called, double level) {
        return Effect.relativeChange(
                level, Location.median(called.stream().mapToDouble(Point::value).toArray()));
    }
}
