package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import java.time.Instant;

/**
 * One run of an established baseline.
 *
 * @param id the run's id; empty text where it is unknown
 * @param commit the revision that was measured; empty text when unknown
 * @param time when the revision was committed, else when it was measured
 * @param value what was measured, in the baseline's unit; finite
 * @param groups how many independent groups (forks) the value is made of
 * @param groupDeviation the standard deviation of the groups' logarithms; 0 for a single group
 * @param anomaly whether the value lies far off the others: it is no part of the statistics, and is kept because it
 *     shows how often this series surprises
 */
public record BaselineRun(
        String id, String commit, Instant time, double value, int groups, double groupDeviation, boolean anomaly) {
    public BaselineRun {
        requireNonNull(id, "id");
        requireNonNull(commit, "commit");
        requireNonNull(time, "time");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a measured value is a finite number, not " + value);
        }
        if (groups < 1 || !(groupDeviation >= 0 && groupDeviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(groups + " groups with deviation " + groupDeviation);
        }
    }

    static BaselineRun of(Point point, boolean anomaly) {
        return new BaselineRun(
                point.run().id(),
                point.run().header().revision().commit(),
                time(point.run()),
                point.value(),
                point.groupCount(),
                point.groupDeviation(),
                anomaly);
    }

    /** When the revision was committed, else when it was measured, else when it was recorded. */
    static Instant time(RunInfo run) {
        return run.time();
    }
}
