package dev.plumbline.core.judge.level;

import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs of the base branch in which nearly everything was called a regression, and that what came next takes back: the
 * machine was slow, and nothing is open there. Without this a branch that really makes one benchmark slower passed as
 * <em>already open on main</em> for as long as main had no other run.
 */
public final class OffBaseRuns {
    private static final int LEAST_SERIES = 5;

    /** The share of the series that are called in such a run, and of those that are back afterwards. */
    private static final double MOST = 0.6;

    /** What lasts longer is a change. */
    private static final int LONGEST = 2;

    /** Older ones are neither open nor near. */
    private static final int NEWEST = 10;

    private OffBaseRuns() {}

    /**
     * The histories without such runs.
     *
     * @param trials of runs of a branch against the histories of its base
     * @return in their order; the very same where there are none
     */
    public static List<Trial> leftOut(List<Trial> trials) {
        Map<String, int[]> counts = new HashMap<>();
        for (Trial trial : trials) {
            List<Point> points = trial.history().points();
            for (int i = Math.max(0, points.size() - NEWEST); i < points.size(); i++) {
                int[] count = counts.computeIfAbsent(points.get(i).run().id(), none -> new int[3]);
                count[0]++;
                if (points.get(i).judgedBad()) {
                    count[1]++;
                    count[2] += isBack(trial, i) ? 1 : 0;
                }
            }
        }
        Set<String> off = new HashSet<>();
        counts.forEach((run, count) -> {
            if (count[0] >= LEAST_SERIES && count[1] >= MOST * count[0] && count[2] >= MOST * count[1]) {
                off.add(run);
            }
        });
        return off.isEmpty()
                ? trials
                : trials.stream().map(trial -> without(trial, off)).toList();
    }

    /** Whether what comes behind a called point lies nearer to the level before it, at most a few runs later. */
    private static boolean isBack(Trial trial, int place) {
        List<Point> points = trial.history().points();
        int begin = place;
        while (begin > 0 && points.get(begin - 1).judgedBad()) {
            begin--;
        }
        int end = place + 1;
        while (end < points.size() && points.get(end).judgedBad()) {
            end++;
        }
        if (begin == 0 || end - begin > LONGEST) {
            return false;
        }
        double before = median(points.subList(Math.max(0, begin - NEWEST), begin));
        double called = median(points.subList(begin, end));
        double now = median(end < points.size() ? points.subList(end, end + 1) : trial.candidate());
        return Math.abs(now - before) < Math.abs(now - called);
    }

    private static double median(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    private static Trial without(Trial trial, Set<String> off) {
        List<Point> kept = new ArrayList<>();
        for (Point point : trial.history().points()) {
            if (!off.contains(point.run().id()) || !point.judgedBad()) {
                kept.add(point);
            }
        }
        return kept.size() == trial.history().points().size()
                ? trial
                : new Trial(
                        trial.history().withPoints(kept),
                        trial.candidate(),
                        trial.elsewhere(),
                        trial.earlier(),
                        trial.held());
    }
}
