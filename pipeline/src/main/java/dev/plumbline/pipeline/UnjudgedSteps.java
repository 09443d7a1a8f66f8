package dev.plumbline.pipeline;

import dev.plumbline.core.judge.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.threshold.Policies;
import dev.plumbline.report.Course;
import dev.plumbline.report.StepWords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of losses that no check has ever judged: runs that were only recorded stepped to a worse level, and what comes
 * now is judged against that. The first check on such a level is the last chance to hear of it.
 */
final class UnjudgedSteps {
    private UnjudgedSteps() {}

    private record Loss(Series series, Step step, RunInfo since) {}

    /**
     * One sentence for all of them.
     *
     * @param checked the ids of the runs that checks have judged before this one
     */
    static Optional<String> note(List<Trial> trials, Policies policies, Set<String> checked) {
        List<Loss> losses = trials.parallelStream()
                .filter(trial -> !trial.history().points().isEmpty() && !isChecked(newest(trial.history()), checked))
                .flatMap(trial -> loss(trial.history(), policies, checked).stream())
                .sorted(Comparator.<Loss>comparingDouble(loss -> -Math.abs(loss.step.relativeChange()))
                        .thenComparing(loss -> loss.series.key()))
                .toList();
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        Loss largest = losses.get(0);
        return Optional.of(StepWords.unjudged(losses.size(), largest.series.key(), largest.step, largest.since));
    }

    /** The step for the worse with which the newest level began, when no run on that level was checked. */
    private static Optional<Loss> loss(Series history, Policies policies, Set<String> checked) {
        Course course = Exhibits.course(history, policies);
        List<Step> steps = course.steps().steps();
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Step step = steps.get(steps.size() - 1);
        List<Point> since =
                history.points().subList(step.index(), history.points().size());
        double margin = policies.of(history.key(), history.unit()).margin();
        boolean unheard = history.better().isWorse(step.relativeChange())
                && Math.abs(step.relativeChange()) >= margin
                && since.stream().noneMatch(point -> point.judgedBad() || isChecked(point, checked));
        return unheard ? Optional.of(new Loss(history, step, since.get(0).run())) : Optional.empty();
    }

    private static Point newest(Series series) {
        return series.points().get(series.points().size() - 1);
    }

    private static boolean isChecked(Point point, Set<String> checked) {
        return checked.contains(point.run().id());
    }
}
