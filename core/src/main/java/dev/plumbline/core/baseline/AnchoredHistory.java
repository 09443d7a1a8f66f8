package dev.plumbline.core.baseline;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.RelativeChange;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Finds how much of a history may be judged against so that its level is never worse, by more than half the margin,
 * than it was when checks began to watch it.
 *
 * <p>Where noise hides a change for the worse, no single run shows it and no step is found; but each run that joins the
 * history moves the level a little, and in the end the worse level is the one that is judged against. So the current
 * regime has an anchor: its runs from before the first check, or its first runs where it began under watch. When the
 * level that the judge would take of the whole history is worse than the anchor's by more than half the margin, the
 * newest runs are left out until it is not. A regression as large as the margin therefore never moves the level by more
 * than half its size, however long it stays and however noisy the series is.
 *
 * <p>Where fewer than ten runs came before the first check, the anchor's level is known less exactly than half the
 * margin. One standard error of it is allowed for, or half of all healthy histories would end with their first runs.
 *
 * <p>What the first check marks as part of a regression was part of the level that it judged against. Without those
 * runs a step may appear among the rest that was not there, and its level is another one; the better of the two is the
 * anchor.
 *
 * <p>An improvement begins a regime, and with it another anchor; so does a false alarm, and an accepted change, before
 * which nothing is part of the history.
 */
final class AnchoredHistory {
    /** The least number of runs of an anchor: a median of fewer does not determine a level. */
    private static final int LEAST_ANCHOR = 5;

    /** An anchor of fewer runs is not exact enough for half the margin. */
    private static final int EXACT_ANCHOR = 10;

    /** The variance of the median of Gaussian values, over that of their mean. */
    private static final double MEDIAN_VARIANCE = Math.PI / 2;

    /** From the median of distances between neighbours to the standard deviation of Gaussian values. */
    private static final double NEIGHBOURS = 1.482602218505602 / Math.sqrt(2);

    /** Neighbours in time may be alike; values this far apart hardly are. */
    private static final int APART = 3;

    private AnchoredHistory() {}

    /**
     * Leaves out the runs with which the level would creep.
     *
     * @param points of the history that are not judged bad, without the steps for the worse that came in under watch
     * @param before all points before the first that a check has judged
     * @param watched the index of the first point that a check has judged
     * @param steps what a scan of these points found
     * @param isFalseAlarm whether a step for the worse was called one: its level is the normal one
     * @param margin the smallest relative change worth a person's time
     * @return how many of the points are kept, the oldest ones
     */
    static int length(
            List<Point> points,
            List<Point> before,
            Better better,
            int watched,
            Steps steps,
            Predicate<Step> isFalseAlarm,
            double margin) {
        int start = steps.steps().stream()
                .filter(step -> !WatchedHistory.isWatched(step, watched)
                        || isImprovement(step, better, margin)
                        || isFalseAlarm.test(step))
                .mapToInt(Step::index)
                .max()
                .orElse(0);
        boolean marked = before.size() > watched;
        // an earlier step that only later runs revealed was not part of the earlier judgements
        int anchorEnd = start < watched ? Math.max(watched, LEAST_ANCHOR) : start + EXACT_ANCHOR;
        if (anchorEnd > points.size() || anchorEnd == points.size() && !marked) {
            return points.size();
        }
        double[] values = values(points);
        // the level that was judged against when the watch began; of an improvement its own first runs
        int from = start < watched ? 0 : start;
        double anchor = level(SegmentedSeries.steps(Arrays.copyOfRange(values, from, anchorEnd), margin));
        if (from == 0 && marked) {
            anchor = better(better, anchor, level(SegmentedSeries.steps(values(before), margin)));
        }
        double limit = limit(values, anchorEnd - from, margin);
        if (isNear(level(steps), anchor, better, limit)) {
            return values.length;
        }
        int length = longest(better, values, start, anchorEnd, limit);
        // the level is no plain median: runs are left out until the judge's own does not creep
        Steps kept = SegmentedSeries.steps(Arrays.copyOf(values, length), margin);
        while (!isNear(level(kept), anchor, better, limit)) {
            if (length > anchorEnd) {
                length = anchorEnd + (length - anchorEnd) / 2;
            } else if (newest(kept) >= LEAST_ANCHOR) {
                length = newest(kept); // a step of the past that was not there when the watch began
            } else {
                break;
            }
            kept = SegmentedSeries.steps(Arrays.copyOf(values, length), margin);
        }
        return length;
    }

    /**
     * The largest allowed loss of the level against the anchor's: half the margin, and of a young anchor its standard
     * error, where that is more.
     */
    private static double limit(double[] values, int anchor, double margin) {
        if (anchor >= EXACT_ANCHOR) {
            return margin / 2;
        }
        double noise = Math.max(noise(values, 1), noise(values, APART));
        return Math.max(margin / 2, noise * Math.sqrt(MEDIAN_VARIANCE / anchor));
    }

    /**
     * The noise of values that many places apart; a change of level between them does not count as noise, since it
     * affects few of many distances. The distance from zero has no relative size, and does not count either.
     */
    private static double noise(double[] values, int apart) {
        double[] distances = IntStream.range(apart, Math.max(apart, values.length))
                .mapToDouble(i -> Math.abs(RelativeChange.of(values[i - apart], values[i])))
                .filter(Double::isFinite)
                .toArray();
        return distances.length == 0 ? 0 : NEIGHBOURS * Location.median(distances);
    }

    /** The index of the newest step, or 0. */
    private static int newest(Steps steps) {
        return steps.steps().stream().mapToInt(Step::index).max().orElse(0);
    }

    /** A step for the worse that is smaller than the margin begins no other anchor: ten of them would add up. */
    private static boolean isImprovement(Step step, Better better, double margin) {
        return !better.isWorse(step.relativeChange()) && Math.abs(step.relativeChange()) >= margin;
    }

    private static double[] values(List<Point> points) {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    private static double better(Better better, double one, double other) {
        return better == Better.LOWER ? Math.min(one, other) : Math.max(one, other);
    }

    private static double level(Steps steps) {
        return steps.regime().orElseThrow().level();
    }

    private static boolean isNear(double level, double anchor, Better better, double limit) {
        double change = RelativeChange.of(anchor, level);
        return !better.isWorse(change) || Math.abs(change) <= limit;
    }

    /** The end of the longest stretch whose median is not worse than the anchor's by the limit. */
    private static int longest(Better better, double[] values, int start, int anchorEnd, double limit) {
        List<Double> ascending = new ArrayList<>();
        for (int i = start; i < anchorEnd; i++) {
            insert(values[i], ascending);
        }
        double anchor = median(ascending);
        int end = anchorEnd;
        for (int i = anchorEnd; i < values.length; i++) {
            insert(values[i], ascending);
            if (isNear(median(ascending), anchor, better, limit)) {
                end = i + 1;
            }
        }
        return end;
    }

    private static void insert(double value, List<Double> ascending) {
        int place = Collections.binarySearch(ascending, value);
        ascending.add(place < 0 ? -place - 1 : place, value);
    }

    private static double median(List<Double> ascending) {
        int half = ascending.size() / 2;
        return ascending.size() % 2 == 1
                ? ascending.get(half)
                : Location.median(new double[] {ascending.get(half - 1), ascending.get(half)});
    }
}
