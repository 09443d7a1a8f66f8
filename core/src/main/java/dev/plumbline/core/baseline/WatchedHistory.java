package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.RelativeChange;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A history without the losses that began while checks were watching and that are not accepted.
 *
 * <p>A check may be unsure of every single run of a noisy series while the runs together leave no doubt. Such a level
 * would become the new normal by being there long enough; so it is left out, and the runs that come are judged against
 * the level before. What is too small or too noisy to be a step moves the level by half the margin at the most: see
 * {@link AnchoredHistory}. What happened before the first check is the past, and counts as it is.
 *
 * @param series the history; the very one that was given when nothing is left out
 * @param change to the worst level that was left out, relative to the one before it; 0 where none was
 * @param since the first run of what was left out with that level, including those that checks detected right before
 *     it; empty where no level was left out
 */
public record WatchedHistory(Series series, double change, Optional<RunInfo> since) {
    public WatchedHistory {
        requireNonNull(series, "series");
        requireNonNull(since, "since");
    }

    /** No level was left out. */
    private WatchedHistory(Series series) {
        this(series, 0, Optional.empty());
    }

    /** Whether a step for the worse was left out. */
    public boolean isWorse() {
        return change != 0;
    }

    /** The steps that were triaged as false alarms: their levels count as normal. */
    public interface FalseAlarms {
        /** No annotations. */
        FalseAlarms NONE = (points, step, deviation) -> false;

        /**
         * Whether this step is one of them.
         *
         * @param points that the step's indices count
         * @param deviation from run to run, relative to the newest level
         */
        boolean have(List<Point> points, Step step, double deviation);
    }

    /**
     * Leaves out the losses that are not accepted.
     *
     * @param history from the newest accepted level on
     * @param checked the ids of the runs that checks have judged
     * @param falseAlarms what people recorded about steps
     * @param margin the smallest relative change worth a person's time
     */
    public static WatchedHistory of(Series history, Set<String> checked, FalseAlarms falseAlarms, double margin) {
        PackedPoints points = PackedPoints.of(history.points()).notJudgedBad();
        List<Point> before = beforeFirstCheck(history, checked);
        int watched = PackedPoints.of(before).notJudgedBad().size();
        if (watched == points.size()) {
            return new WatchedHistory(history);
        }
        Steps scanned = scan(points, margin);
        List<Step> steps = scanned.steps();
        List<Point> kept = new ArrayList<>();
        double level = Double.NaN; // that the series has to come back to; NaN while nothing is left out
        double worst = 0;
        int begin = 0; // of what is left out now
        int since = 0; // of what is left out with the worst level
        int start = 0;
        for (int i = 0; i <= steps.size(); i++) {
            int end = i < steps.size() ? steps.get(i).index() : points.size();
            if (Double.isNaN(level)) {
                kept.addAll(points.subList(start, end));
            }
            if (i < steps.size()) {
                Step step = steps.get(i);
                boolean isNormal = !isWatched(step, watched) || falseAlarms.have(points, step, deviation(scanned));
                begin = Double.isNaN(level) ? step.index() : begin;
                level = levelAfter(history, step, level, isNormal, margin);
                // NaN makes no comparison true
                double change = RelativeChange.of(level, step.after());
                since = Math.abs(change) > Math.abs(worst) ? begin : since;
                worst = Math.abs(change) > Math.abs(worst) ? change : worst;
            }
            start = end;
        }
        Steps left = worst == 0 ? scanned : scan(kept, margin);
        int length = AnchoredHistory.length(
                kept,
                before,
                history.better(),
                watched,
                left,
                step -> falseAlarms.have(kept, step, deviation(left)),
                margin);
        return length == points.size()
                ? new WatchedHistory(history)
                : new WatchedHistory(
                        history.withPoints(kept.subList(0, length)),
                        worst,
                        worst == 0
                                ? Optional.empty()
                                : Optional.of(begun(history, points.get(since).run())));
    }

    /** The run itself, or the first of those directly before it that checks detected: they began it. */
    private static RunInfo begun(Series history, RunInfo run) {
        List<Point> all = history.points();
        int index = 0;
        while (!all.get(index).run().id().equals(run.id())) {
            index++;
        }
        while (index > 0 && all.get(index - 1).judgedBad()) {
            index--;
        }
        return all.get(index).run();
    }

    /**
     * All points before the first one that a check judged, including those that it then reported as part of the
     * regression. A check that detected a regression counts as any other: runs that are only recorded after it do not
     * make the regression the normal level. A late result of an old commit does not count as the first check at its
     * position: the later runs existed before any check.
     */
    private static List<Point> beforeFirstCheck(Series history, Set<String> checked) {
        List<RunInfo> runs = PackedPoints.of(history.points()).runs();
        int first = 0;
        while (first < runs.size() && !(checked.contains(runs.get(first).id()) && !isLate(runs, first))) {
            first++;
        }
        return history.points().subList(0, first);
    }

    private static boolean isLate(List<RunInfo> runs, int place) {
        Instant added = runs.get(place).header().addedAt();
        return runs.subList(place + 1, runs.size()).stream()
                .anyMatch(later -> later.header().addedAt().isBefore(added));
    }

    /** Whether a step may have come after the first check: where it lies is known to some runs only. */
    static boolean isWatched(Step step, int watched) {
        return step.lastIndex() >= watched;
    }

    private static Steps scan(List<Point> points, double margin) {
        return SegmentedSeries.steps(points.stream().mapToDouble(Point::value).toArray(), margin);
    }

    private static double deviation(Steps steps) {
        return steps.regime()
                .map(Regime::relativeNoise)
                .filter(Double::isFinite)
                .orElse(0.0);
    }

    /** @param isNormal whether the step's level counts where nothing is left out before it */
    private static double levelAfter(Series history, Step step, double before, boolean isNormal, double margin) {
        double reference = Double.isNaN(before) ? step.before() : before;
        double change = RelativeChange.of(reference, step.after());
        boolean worse = history.better().isWorse(change) && Math.abs(change) >= margin;
        return worse && (!isNormal || !Double.isNaN(before)) ? reference : Double.NaN;
    }
}
