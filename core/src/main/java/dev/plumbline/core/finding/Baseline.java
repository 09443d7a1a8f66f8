package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.distribution.Interval;

/**
 * The reference that a candidate was judged against.
 *
 * @param runs the number of its runs
 * @param level the reference level, in the series' unit
 * @param deviation the run-to-run standard deviation relative to the level; robust
 * @param deviationInterval the 95 % interval of that; unbounded for a single run
 * @param interval the 95 % interval of the level
 * @param first its oldest run
 * @param last its newest run
 */
public record Baseline(
        int runs,
        double level,
        double deviation,
        Interval deviationInterval,
        Interval interval,
        RunInfo first,
        RunInfo last) {
    public Baseline {
        requireNonNull(deviationInterval, "deviationInterval");
        requireNonNull(interval, "interval");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (runs < 1 || !(deviation >= 0)) {
            throw new IllegalArgumentException(runs + " runs with deviation " + deviation);
        }
    }
}
