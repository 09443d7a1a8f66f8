package dev.plumbline.core.judge.level;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.WatchedHistory;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A loss that the history of a series confirms with its newest run, though a check of that run does not detect it: the
 * run itself may be near the level before.
 */
public final class SlowLoss {
    /** The number of newest runs that show whether there may be one. */
    private static final int NEWEST = 3;

    private SlowLoss() {}

    /**
     * The history without the loss; empty where there is none.
     *
     * @param series whole
     * @param points of it up to its newest run
     * @param finding of that run
     * @param checked the ids of the runs that checks have judged, the newest among them
     */
    public static Optional<WatchedHistory> of(
            Series series, List<Point> points, Finding finding, Set<String> checked, Annotations annotations) {
        if (!isLatelyWorse(points, finding)) {
            return Optional.empty(); // as nearly always, and for no more than a look
        }
        WatchedHistory watched = WatchedHistory.of(
                annotations.sinceAccepted(series.withPoints(points)),
                checked,
                (all, step, deviation) -> annotations.isFalseAlarm(finding.key(), all, step, deviation),
                finding.policy().margin());
        return watched.since().map(since -> watched);
    }

    /** Whether most of the newest points are worse than the reference by more than the noise of one run. */
    private static boolean isLatelyWorse(List<Point> points, Finding finding) {
        return finding.baseline()
                .filter(baseline -> points.size() > NEWEST)
                .filter(baseline -> {
                    double newest = Location.median(points.subList(points.size() - NEWEST, points.size()).stream()
                            .mapToDouble(Point::value)
                            .toArray());
                    double change = Effect.relativeChange(baseline.level(), newest);
                    return finding.better().isWorse(change) && Math.abs(change) > baseline.deviation();
                })
                .isPresent();
    }
}
