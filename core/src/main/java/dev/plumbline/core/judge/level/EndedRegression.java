package dev.plumbline.core.judge.level;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.RecoveredRegression;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A detected regression that is over with the judged runs.
 *
 * @param since the first run that it was detected in
 * @param runs how many it was detected in, at least 1
 * @param relativeChange of those, from the level before
 * @param back the first of the runs that are back
 * @param value the median of those
 */
public record EndedRegression(RunInfo since, int runs, double relativeChange, RunInfo back, double value) {
    /**
     * The one that some runs end.
     *
     * @param series whose points they are
     * @param before the points before the judged ones, with what checks detected
     * @param judged at least one
     * @param finding about them
     * @return empty where the newest of the points before was not detected, or the runs are no clear end
     */
    public static Optional<EndedRegression> of(
            Series series, List<Point> before, List<Point> judged, Finding finding, Annotations annotations) {
        if (before.isEmpty()
                || !before.get(before.size() - 1).judgedBad()
                || finding.verdict() instanceof Verdict.Regressed) {
            return Optional.empty();
        }
        List<Point> all = new ArrayList<>(before);
        all.addAll(judged);
        double[] values = series.withPoints(all).values();
        return RecoveredRegression.at(
                        series.withPoints(all), values, before.size(), annotations.acceptedRuns(series.key()))
                .filter(one -> one.end() - one.index() > 1 || isClearlyBack(finding, one))
                .map(one -> new EndedRegression(
                        all.get(one.index()).run(),
                        one.end() - one.index(),
                        one.relativeChange(),
                        all.get(one.end()).run(),
                        Location.median(Arrays.copyOfRange(values, one.end(), values.length))));
    }

    /**
     * Whether the runs exclude half of the loss: a single run may have been detected by mistake, and the loss be
     * smaller than it was.
     */
    private static boolean isClearlyBack(Finding finding, RecoveredRegression single) {
        return finding.verdict()
                .effect()
                .map(Effect::interval)
                .filter(interval -> finding.better().isWorse(1)
                        ? interval.high() < single.relativeChange() / 2
                        : interval.low() > single.relativeChange() / 2)
                .isPresent();
    }
}
