package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.steps.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Losses that no check has judged: recorded runs that stepped to a worse level. Where no check had
 * judged the series before, new runs are judged against that level, and the first check is the last chance to report
 * the loss. After a check the level is left out of the reference, and the note has the beginning of the loss.
 */
public final class UnjudgedLosses {
    private UnjudgedLosses() {}

    /**
     * All of them, the largest first.
     *
     * @param snapshot what was judged, as it was before the judgement was written down
     */
    public static List<Note.UnjudgedLoss> of(Judgement judgement, Policies policies, Snapshot snapshot) {
        Set<String> checked = snapshot.checked();
        Set<SeriesKey> swinging = judgement.notes().stream()
                .filter(Note.SwingTakenOut.class::isInstance)
                .map(note -> ((Note.SwingTakenOut) note).series())
                .collect(Collectors.toSet());
        Stream<Note.UnjudgedLoss> reference = judgement.series().parallelStream()
                .filter(one ->
                        one.trial().isPresent() && isUnchecked(one.trial().get().history(), checked))
                .filter(one -> swinging.contains(one.trial().get().history().key()) || hasStep(one, policies))
                .flatMap(one -> loss(one.trial().get().history(), policies, checked, true).stream());
        List<Trial> held = judgement.trials().stream()
                .filter(trial -> !trial.held().isEmpty())
                .toList();
        Map<SeriesKey, List<Point>> whole = held.isEmpty()
                ? Map.of()
                : snapshot.extended().stream()
                        .collect(Collectors.toMap(Series::key, Series::points, (one, other) -> one));
        Stream<Note.UnjudgedLoss> leftOut = held.parallelStream()
                .filter(trial -> !followsCalled(
                        trial.held().get(0), whole.getOrDefault(trial.history().key(), List.of())))
                .flatMap(trial -> loss(withHeld(trial), policies, checked, false).stream());
        return Stream.concat(reference, leftOut)
                .sorted(Comparator.<Note.UnjudgedLoss>comparingDouble(
                                loss -> -Math.abs(loss.step().relativeChange()))
                        .thenComparing(Note.UnjudgedLoss::series))
                .toList();
    }

    /** The history with the points that were left out of it. */
    private static Series withHeld(Trial trial) {
        return trial.history()
                .withPoints(Stream.concat(trial.history().points().stream(), trial.held().stream())
                        .toList());
    }

    /** Whether a check detected the run before this one of the same series: the loss began there, in a checked run. */
    private static boolean followsCalled(Point first, List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).run().id().equals(first.run().id())) {
                return points.get(i - 1).judgedBad();
            }
        }
        return false;
    }

    private static boolean isUnchecked(Series history, Set<String> checked) {
        return !history.points().isEmpty() && !isChecked(newest(history), checked);
    }

    /** Whether a history without a seasonality has a step; few have, and this test is fast. */
    private static boolean hasStep(Judgement.Judged one, Policies policies) {
        Series history = one.trial().orElseThrow().history();
        if (isOneLevel(one.finding(), history.points().size())) {
            return false;
        }
        double margin = policies.of(history.key(), history.unit()).margin();
        return !SegmentedSeries.steps(history.values(), margin).steps().isEmpty();
    }

    /** Whether the judgement has found all runs of the history on the level of the newest. */
    private static boolean isOneLevel(Finding finding, int runs) {
        return finding.evidence(HistoryEvidence.History.class)
                .anyMatch(known -> known.runs() == runs && known.leftOut() == 0 && known.currentRuns() == runs);
    }

    /** The step for the worse with which the newest level began, when no run on that level was checked. */
    private static Optional<Note.UnjudgedLoss> loss(
            Series history, Policies policies, Set<String> checked, boolean isReference) {
        double margin = policies.of(history.key(), history.unit()).margin();
        List<Step> steps =
                SegmentedSeries.of(history, margin).adjusted().steps().steps();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Step step = steps.get(steps.size() - 1);
        List<Point> since =
                history.points().subList(step.index(), history.points().size());
        boolean unheard = history.better().isWorse(step.relativeChange())
                && Math.abs(step.relativeChange()) >= margin
                && since.stream().noneMatch(point -> point.judgedBad() || isChecked(point, checked));
        return unheard
                ? Optional.of(
                        new Note.UnjudgedLoss(history.key(), step, since.get(0).run(), isReference))
                : Optional.empty();
    }

    private static Point newest(Series series) {
        return series.points().get(series.points().size() - 1);
    }

    private static boolean isChecked(Point point, Set<String> checked) {
        return checked.contains(point.run().id());
    }
}
