package dev.plumbline.core.judge;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations.Covering;
import dev.plumbline.core.annotation.FollowedTriage;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.judge.Judgement.Judged;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Findings with what people recorded about them. */
final class KnownFindings {
    private final Snapshot snapshot;
    private final BaseHistories bases;
    private final List<Note> notes;

    /** @param notes gets one for each change that people know of */
    KnownFindings(Snapshot snapshot, BaseHistories bases, List<Note> notes) {
        this.snapshot = snapshot;
        this.bases = bases;
        this.notes = notes;
    }

    /** The acceptance that covers what the runs show; none of the level that they are held against. */
    Optional<Covering> accepted(Finding finding, Asked asked) {
        return ObservedChanges.worse(finding)
                .flatMap(change -> snapshot.annotations().covering(change, asked.runs()))
                .filter(one -> !snapshot.annotations()
                        .isLevelOf(one.acceptance(), asked.trial().history()));
    }

    /**
     * The finding with what people recorded about it.
     *
     * @param covering what covers it, where it is worse
     */
    Judged annotated(Finding found, Asked asked, Optional<Covering> covering) {
        Optional<Acceptance> acceptance = covering.map(Covering::acceptance);
        Finding finding = behindFalseAlarm(found, asked);
        Optional<ObservedChange> change = ObservedChanges.worse(finding);
        if (change.isEmpty()) {
            return ObservedChanges.better(finding)
                    .flatMap(one -> snapshot.annotations().covering(one, asked.runs()))
                    .filter(one -> one.acceptance().metric().isPresent())
                    .map(one -> accepted(finding, one, asked))
                    .orElseGet(() -> new Judged(finding, Optional.of(asked.trial()), Optional.empty(), List.of()));
        }
        OptionalDouble level =
                finding.baseline().map(Baseline::level).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        Annotated byCommit = snapshot.annotations().of(change.get(), level, snapshot.runs(), points(finding, asked));
        Optional<FollowedTriage> followed = isOnBase(finding) && acceptance.isEmpty() && byCommit.equals(Annotated.NONE)
                ? snapshot.annotations().squashed(change.get())
                : Optional.empty();
        Annotated stated = followed.map(one -> byCommit.then(one.annotation())).orElse(byCommit);
        Annotated all = acceptance.map(Acceptance::annotation).map(stated::and).orElse(stated);
        Finding reported = all.holding().map(finding::with).orElse(finding);
        if (acceptance.isPresent()) {
            notes.add(new Note.AcceptedChange(finding.key()));
            elsewhere(covering.get(), finding.key());
        } else if (all.holding().isPresent()) {
            notes.add(new Note.KnownChange(finding.key()));
        } else {
            snapshot.annotations()
                    .unmerged(change.get())
                    .ifPresent(from -> notes.add(new Note.AcceptedUnmerged(finding.key(), from)));
            snapshot.annotations()
                    .picked(change.get())
                    .ifPresent(from -> notes.add(new Note.AcceptedPicked(finding.key(), from, finding.id())));
            snapshot.annotations()
                    .outgrown(change.get())
                    .ifPresent(then -> notes.add(new Note.OutgrownChange(
                            finding.key(), then, change.get().relativeChange())));
        }
        return new Judged(
                all.broken()
                        .map(promise -> reported.withWarning(new Warning.BrokenPromise(promise)))
                        .orElse(reported),
                Optional.of(asked.trial()),
                acceptance,
                followed,
                asked.isBelow(finding) ? List.of() : earlier(finding, asked),
                asked.isBelow(finding));
    }

    /** From where an acceptance was taken that is of another commit. */
    private void elsewhere(Covering covering, SeriesKey key) {
        covering.lenient().ifPresent(from -> notes.add(new Note.AcceptedElsewhere(key, from)));
    }

    /** An accepted improvement: a result that looked too good to be true is real, and the series begins with it. */
    private Judged accepted(Finding finding, Covering covering, Asked asked) {
        Acceptance acceptance = covering.acceptance();
        notes.add(new Note.AcceptedChange(finding.key()));
        elsewhere(covering, finding.key());
        return new Judged(
                finding.with(acceptance.annotation()), Optional.of(asked.trial()), Optional.of(acceptance), List.of());
    }

    /**
     * The finding behind a false alarm: the runs of the false alarm count, and a larger change that the judged runs
     * show on top of it begins behind them.
     */
    private Finding behindFalseAlarm(Finding finding, Asked asked) {
        Optional<ObservedChange> change = ObservedChanges.worse(finding);
        int earlier = asked.isBelow(finding) ? 0 : earlier(finding, asked).size();
        if (change.isEmpty()
                || earlier == 0
                || OwnAnswers.triaged(snapshot, change.get(), asked.trial()).isPresent()) {
            return finding;
        }
        List<Point> judged = asked.trial().candidate();
        String newest = judged.get(judged.size() - 1).run().id();
        List<Point> points = asked.whole().points();
        int end = points.size();
        while (end > 0 && !points.get(end - 1).run().id().equals(newest)) {
            end--;
        }
        List<Point> all = points.subList(0, end);
        int begin = end - judged.size() - earlier;
        List<Integer> levels =
                CalledLevels.of(all, begin, finding.better(), finding.policy().margin());
        if (levels.size() < 2) {
            return finding;
        }
        ObservedChange first = new ObservedChange(
                finding.key(),
                finding.since(),
                CalledLevels.changes(all, levels).get(0),
                change.get().noise());
        return OwnAnswers.triaged(snapshot, first, asked.trial())
                .filter(Annotation.FalseAlarm.class::isInstance)
                .map(stated -> finding.beginning(
                        all.get(levels.get(1)).run().header().revision().commit()))
                .orElse(finding);
    }

    /** Whether it is of the branch to which others are merged. */
    private boolean isOnBase(Finding finding) {
        String base = snapshot.reference().baseBranch();
        return snapshot.branch().equals(base) && finding.key().branch().equals(base);
    }

    /** All points of the series that a finding covers. */
    private List<Point> points(Finding finding, Asked asked) {
        return finding.key().equals(asked.whole().key())
                ? asked.whole().points()
                : bases.of(finding.key()).map(Series::points).orElse(List.of());
    }

    /**
     * The points at the bad level before the judged ones: those from the revision on at which the change began. They
     * were too few to be called when they came, and would wear the level down that is judged against.
     */
    private static List<PointKey> earlier(Finding finding, Asked asked) {
        List<Point> judged = asked.trial().candidate();
        if (finding.since().isEmpty()
                || finding.since()
                        .equals(judged.get(0).run().header().revision().commit())
                || !finding.key().equals(asked.whole().key())) {
            return List.of();
        }
        List<Point> points = asked.whole().points();
        int end = 0;
        while (end < points.size()
                && !points.get(end).run().id().equals(judged.get(0).run().id())) {
            end++;
        }
        int start = end;
        while (start > 0
                && !points.get(start).run().header().revision().commit().equals(finding.since())) {
            start--;
        }
        boolean isThere = end < points.size()
                && points.get(start).run().header().revision().commit().equals(finding.since());
        return isThere
                ? points.subList(start, end).stream().map(asked.whole()::keyOf).toList()
                : List.of();
    }
}
