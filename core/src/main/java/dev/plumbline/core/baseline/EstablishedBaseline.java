package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The stored reference of one series.
 *
 * @param key which series: benchmark, metric, environment and branch
 * @param unit of every value
 * @param better which way is better
 * @param runs its runs, in revision order, anomalies among them
 * @param statistics of these runs
 * @param anchor the median to which later changes are counted: that of the first baseline, or of the last one that an
 *     improvement or an acceptance brought. A baseline that is renewed keeps its anchor, so that small losses add up.
 * @param provenance who established it, when and why
 */
public record EstablishedBaseline(
        SeriesKey key,
        Unit unit,
        Better better,
        List<BaselineRun> runs,
        BaselineStatistics statistics,
        double anchor,
        Provenance provenance) {
    public EstablishedBaseline {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        requireNonNull(statistics, "statistics");
        requireNonNull(provenance, "provenance");
        runs = List.copyOf(runs);
        if (!Double.isFinite(anchor)) {
            throw new IllegalArgumentException("an anchor is a finite number, not " + anchor);
        }
        long counted = runs.stream().filter(run -> !run.anomaly()).count();
        if (counted != statistics.runs()) {
            throw new IllegalArgumentException("statistics of " + statistics.runs() + " runs for " + counted);
        }
    }

    /** Its newest run. */
    public BaselineRun last() {
        return runs.get(runs.size() - 1);
    }

    /** Its oldest run. */
    public BaselineRun first() {
        return runs.get(0);
    }

    /** Its runs as the history of a series, for the judge. */
    public Series series() {
        Environment environment = Environment.unknown().named(key.environment());
        List<Point> points = runs.stream().map(run -> point(run, environment)).toList();
        return new Series(key, unit, better, points, List.of());
    }

    private Point point(BaselineRun run, Environment environment) {
        Revision revision = new Revision(run.commit(), key.branch(), Optional.of(run.time()), OptionalLong.empty());
        RunHeader header =
                new RunHeader(revision, environment, Optional.empty(), run.time(), Collections.emptySortedMap());
        return new Point(new RunInfo(run.id(), header), run.value(), run.groups(), run.groupDeviation(), false);
    }

    /** Whether the runs and the results from them are the same, regardless of author and time. */
    boolean standsOnTheSameAs(EstablishedBaseline other) {
        return key.equals(other.key)
                && unit.equals(other.unit)
                && better == other.better
                && runs.equals(other.runs)
                && anchor == other.anchor;
    }

    /** When the newest of its revisions was committed. */
    Instant newest() {
        return last().time();
    }
}
