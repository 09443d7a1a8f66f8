package dev.plumbline.core.judge.level;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.Optional;

/**
 * Sizes of changes as the history of their series has them. A check weighs the newest runs; once the history is sure of
 * the change, its levels are the better estimate, and the one that every other command reports. So a finding takes the
 * two levels, the size and the interval of the history's change point with the same commit and direction. Its verdict
 * and evidence stay.
 */
public final class HistorySize {
    /** The most places between two changes that count as one. */
    public static final int NEAR = 3;

    private final SegmentedSeries segmented;

    /**
     * @param series whole, up to the newest of the judged runs
     * @param margin the smallest relative change that matters
     */
    public HistorySize(Series series, double margin, Annotations annotations) {
        segmented = SegmentedSeries.of(series, margin, annotations);
    }

    /**
     * A change with the size that the history has; the same where it has none, or the finding is of no change.
     *
     * @param isBelow whether another level came on top of it since, on which the runs are: they determine the level
     *     that they would have without the change
     */
    public Finding of(Finding finding, boolean isBelow) {
        boolean isChange =
                finding.verdict() instanceof Verdict.Regressed || finding.verdict() instanceof Verdict.Improved;
        // a larger rerun of an accepted commit begins with the commit that the accepted change began with
        boolean isBeyond = finding.warnings().stream().anyMatch(Warning.BeyondAccepted.class::isInstance);
        Optional<Effect> effect = finding.verdict().effect().filter(one -> isChange && !isBeyond);
        return effect.flatMap(
                        own -> at(finding.since(), own.relativeChange()).map(change -> effect(change, own, isBelow)))
                .map(other -> sized(finding, other))
                .orElse(finding);
    }

    /** The finding in another size. It stays more severe than that where it came on top of what is open. */
    private static Finding sized(Finding finding, Effect effect) {
        double own = finding.verdict().effect().map(Effect::relativeChange).orElse(0.0);
        boolean isRaised = !finding.policy().severities().of(Math.abs(own)).isAtLeast(finding.severity());
        return isRaised ? finding.sized(effect).atLeast(finding.severity()) : finding.sized(effect);
    }

    /**
     * A regression with the commit at which the history has it ({@link SegmentedSeries#beginning}).
     *
     * @param since index of a point of the commit that it has now
     */
    public Finding dated(Finding finding, int since) {
        int begin = segmented.beginning(since);
        return begin == since
                ? finding
                : finding.beginning(commit(segmented.series().points().get(begin)));
    }

    /** A change that is open in the series with the size that the history has. */
    public AlreadyOpen of(AlreadyOpen open) {
        return at(open.commit(), segmented.series().better() == Better.LOWER ? 1 : -1)
                .map(change -> open.sized(change.relativeChange()))
                .orElse(open);
    }

    /** The confirmed change that begins with a commit, in this direction. */
    private Optional<SeriesChange> at(String commit, double direction) {
        return segmented.changes().stream()
                .filter(change -> commit(change).equals(commit)
                        && Math.signum(change.relativeChange()) == Math.signum(direction)
                        && Double.isFinite(change.relativeChange()))
                .findFirst();
    }

    private String commit(SeriesChange change) {
        return commit(segmented.series().points().get(change.index()));
    }

    private static String commit(Point point) {
        return point.run().header().revision().commit();
    }

    /**
     * An interval with a confidence other than the requested one, or a missing one, is replaced by that of the check.
     */
    private static Effect effect(SeriesChange change, Effect own, boolean isBelow) {
        return new Effect(
                isBelow ? own.after() / (1 + change.relativeChange()) : change.before(),
                isBelow ? own.after() : change.after(),
                change.relativeChange(),
                change.confidenceInterval()
                        .filter(interval ->
                                interval.confidence() == own.interval().confidence()
                                        && Double.isFinite(interval.width()))
                        .orElse(own.interval()));
    }
}
