package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.level.OpenBelowAccepted;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The question about one series.
 *
 * @param whole the series that the runs extend
 * @param cumulative what is asked about losses that add up
 * @param below what is open below the accepted level that the series is on
 * @param branch what the branch of the runs has behind them, where the trial is of another one's history
 */
record Asked(
        Series whole,
        Trial trial,
        Optional<Accumulation.Question> cumulative,
        Optional<OpenBelowAccepted> below,
        List<Point> branch) {
    /** Whether a finding is about the open level below the accepted one that the runs are on. */
    boolean isBelow(Finding finding) {
        return below.filter(one -> one.isOpen(finding.since())).isPresent();
    }

    /** The same of some of the runs. */
    Asked with(List<Point> points) {
        return new Asked(whole, trial.with(points), cumulative, below, branch);
    }

    /** The same asked of another trial of the same points. */
    Asked on(Trial other) {
        return new Asked(whole, other, cumulative, below, branch);
    }

    /** The same held against a history without some runs. */
    Asked without(Set<String> ids) {
        Series history = trial.history();
        List<Point> kept = history.points().stream()
                .filter(point -> !ids.contains(point.run().id()))
                .toList();
        return kept.size() == history.points().size()
                ? this
                : on(new Trial(
                        history.withPoints(kept),
                        trial.candidate(),
                        trial.elsewhere(),
                        trial.earlier(),
                        trial.held(),
                        trial.off()));
    }

    /** Whether only zeros were measured, as by many counters of events that never happen: these are no evidence. */
    boolean isZeroForEver() {
        return !trial.history().points().isEmpty()
                && trial.candidate().stream().allMatch(point -> point.value() == 0)
                && trial.history().points().stream().allMatch(point -> point.value() == 0);
    }

    /** The runs that are judged. */
    Set<String> runs() {
        return trial.candidate().stream().map(point -> point.run().id()).collect(Collectors.toSet());
    }

    /** Whether it is held against the series' own history. */
    boolean isOwn() {
        return trial.history().key().equals(whole.key());
    }

    /** The points of the whole series up to the newest one that is judged. */
    List<Point> upToJudged() {
        Set<String> runs = runs();
        List<Point> points = whole.points();
        int end = points.size();
        while (end > 0 && !runs.contains(points.get(end - 1).run().id())) {
            end--;
        }
        return points.subList(0, end);
    }
}
