package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A regression that checks have called and nobody has accepted, and that the newest run of its series still shows. One
 * run is enough for a check, which knows the suite; a look at the whole history asks for more of them.
 *
 * @param key of which series
 * @param index of its first point
 * @param since the run of that
 * @param before the level before it
 * @param after the level of its points
 */
public record CalledRegression(SeriesKey key, int index, RunInfo since, double before, double after) {
    /** So many points before it tell the level that was. */
    private static final int BEFORE = 10;

    public CalledRegression {
        requireNonNull(key, "key");
        requireNonNull(since, "since");
    }

    /** What is open of a series; nothing when its newest point was not called bad, or is no worse than those before. */
    public static Optional<CalledRegression> of(Series series) {
        List<Point> points = series.points();
        int start = points.size();
        while (start > 0 && points.get(start - 1).judgedBad()) {
            start--;
        }
        double[] before = points.subList(0, start).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        if (start == points.size() || before.length == 0) {
            return Optional.empty();
        }
        double[] after = points.subList(start, points.size()).stream()
                .mapToDouble(Point::value)
                .toArray();
        CalledRegression called = new CalledRegression(
                series.key(),
                start,
                points.get(start).run(),
                Location.median(Arrays.copyOfRange(before, Math.max(0, before.length - BEFORE), before.length)),
                Location.median(after));
        return series.better().isWorse(called.relativeChange()) ? Optional.of(called) : Optional.empty();
    }

    /** How far it is from the level before, relative to that. */
    public double relativeChange() {
        return Effect.relativeChange(before, after);
    }

    /** What {@code plumb accept} takes for it: the id of its finding. */
    public String findingId() {
        String commit = since.header().revision().commit();
        return commit.isEmpty()
                ? key.id()
                : key.id() + "-" + since.header().revision().shortCommit();
    }
}
