package dev.plumbline.core.baseline;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A history without the levels for the worse that came in while checks were watching and that nobody accepted.
 *
 * <p>A check may be unsure of every single run of a noisy series while the runs together leave no doubt. Such a level
 * would become the new normal by being there long enough; so it is left out, and the runs that come are judged against
 * the level before. What happened before the first check is the past, and counts as it is.
 */
public final class WatchedHistory {
    private WatchedHistory() {}

    /**
     * Leaves out what nobody accepted.
     *
     * @param history from the newest accepted level on
     * @param checked the ids of the runs that checks have judged
     * @param margin the smallest relative change worth a person's time
     * @return the history itself when there is no such level
     */
    public static Series of(Series history, Set<String> checked, double margin) {
        List<Point> points =
                history.points().stream().filter(point -> !point.judgedBad()).toList();
        int watched = 0;
        while (watched < points.size()
                && !checked.contains(points.get(watched).run().id())) {
            watched++;
        }
        if (watched == points.size()) {
            return history;
        }
        List<Step> steps = StepScan.analyze(
                        points.stream().mapToDouble(Point::value).toArray(), new StepScan.Settings(margin))
                .steps();
        List<Point> kept = new ArrayList<>();
        double level = Double.NaN; // that the series has to come back to; NaN while nothing is left out
        int start = 0;
        for (int i = 0; i <= steps.size(); i++) {
            int end = i < steps.size() ? steps.get(i).index() : points.size();
            if (Double.isNaN(level)) {
                kept.addAll(points.subList(start, end));
            }
            if (i < steps.size()) {
                level = levelAfter(history, steps.get(i), level, end >= watched, margin);
            }
            start = end;
        }
        return kept.size() == points.size() ? history : history.withPoints(kept);
    }

    private static double levelAfter(Series history, Step step, double before, boolean isWatched, double margin) {
        double reference = Double.isNaN(before) ? step.before() : before;
        double change = Establisher.relativeChange(reference, step.after());
        boolean worse = history.better().isWorse(change) && Math.abs(change) >= margin;
        return worse && (isWatched || !Double.isNaN(before)) ? reference : Double.NaN;
    }
}
