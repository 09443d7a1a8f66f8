package dev.plumbline.core.judge.level;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs that were slow as a whole and followed by recovery: nearly all series were worse at once, and nearly all of them
 * are back at their levels. The machine did that, or a change that was reverted; either way nothing of it is open. The
 * points of such a run are no evidence about their series. Without this a benchmark that the next commit really makes
 * slower is dated to the slow run, whose author did nothing, and a branch that does so passes as <em>already open on
 * main</em>.
 *
 * <p>A series whose change began with that very run is another matter: it was worse than the rest, and stays so.
 */
public final class OffRuns {
    private static final int LEAST_SERIES = 3;

    /**
     * The number of series from which a few exceptions are allowed: of fewer all have to be worse, and all but one
     * back, since some may be alike by chance.
     */
    private static final int ENOUGH = 5;

    /** The share of the series that are worse in such a run, and of those that are back afterwards. */
    private static final double MOST = 0.6;

    /** The most runs of a disturbance; a longer one is a change. */
    private static final int LONGEST = 2;

    /** Older ones are neither open nor near. */
    private static final int NEWEST = 10;

    /** The number of points before a run that determine the level and its noise. */
    private static final int BEFORE = 10;

    /** The fewest points from which noise is estimated: with fewer, only detected runs are worse. */
    private static final int LEAST_BEFORE = 5;

    /** The number of deviations, besides the margin, from which a run that no check detected is worse. */
    private static final double FAR = 3;

    private final Map<Measured, Run> runs = new LinkedHashMap<>();

    /** The series that were slow as a whole, with the factors. */
    private final Map<Measured, Double> off = new LinkedHashMap<>();

    private OffRuns() {}

    /**
     * One series. Only those of one metric are compared: what a program allocates does not depend on the machine.
     *
     * @param points up to the newest judged one, in order
     * @param judged index of the first judged one
     * @param margin the smallest relative change that matters
     */
    public record Course(SeriesKey key, List<Point> points, int judged, Better better, double margin) {
        public Course {
            requireNonNull(key, "key");
            requireNonNull(points, "points");
            requireNonNull(better, "better");
        }

        private Measured at(int index) {
            return new Measured(points.get(index).run().id(), key.metric());
        }

        /** The factor by which a point is worse than a level; 1 where one of them is not positive. */
        double factor(double level, double value) {
            boolean isKnown = level > 0 && value > 0;
            return isKnown ? (better.isWorse(1) ? value / level : level / value) : 1;
        }
    }

    /** A metric of a run. */
    private record Measured(String run, String metric) {}

    /** The counts of a run: series that have it, series that are worse, and series that are back. */
    private static final class Run {
        private int series;
        private int worse;
        private int back;
        private final List<Double> factors = new ArrayList<>();

        boolean isOff() {
            return series >= ENOUGH
                    ? worse >= MOST * series && back >= MOST * worse
                    : series >= LEAST_SERIES && worse == series && back >= series - 1;
        }
    }

    /** A level with the standard deviation of its values; infinite where there are few. */
    private record Level(double middle, double deviation) {
        static Level of(double... values) {
            return new Level(
                    Location.median(values),
                    values.length < LEAST_BEFORE ? Double.POSITIVE_INFINITY : Spread.standardDeviation(values));
        }
    }

    /** A worse point, the level before it and the middle of the points behind it. */
    private record Worse(Measured measured, double value, Level level, double behind, int length) {
        boolean isBack() {
            return Math.abs(behind - level.middle) < Math.abs(behind - value);
        }
    }

    /** The newest runs before the judged ones that were slow as a whole. */
    public static OffRuns of(List<Course> courses) {
        OffRuns all = new OffRuns();
        if (courses.size() >= LEAST_SERIES) {
            courses.forEach(all::count);
            all.runs.forEach((measured, run) -> {
                if (run.isOff()) {
                    all.off.put(
                            measured,
                            Location.median(run.factors.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray()));
                }
            });
        }
        return all;
    }

    private void count(Course course) {
        for (int i = from(course); i < course.judged; i++) {
            runs.computeIfAbsent(course.at(i), none -> new Run()).series++;
        }
        for (Worse one : worse(course)) {
            Run run = runs.get(one.measured);
            run.worse++;
            run.factors.add(course.factor(one.level.middle, one.value));
            run.back += one.length <= LONGEST && one.isBack() ? 1 : 0;
        }
    }

    private static int from(Course course) {
        return Math.max(0, course.judged - NEWEST);
    }

    private static List<Worse> worse(Course course) {
        List<Worse> found = new ArrayList<>();
        List<Point> points = course.points;
        int at = from(course);
        while (at < course.judged) {
            double[] before = before(points, at);
            Level level = before.length == 0 ? new Level(0, Double.POSITIVE_INFINITY) : Level.of(before);
            int end = at;
            while (end < course.judged
                    && (points.get(end).judgedBad() || isWorse(points.get(end).value(), level, course))) {
                end++;
            }
            if (end > at && before.length > 0) {
                double behind = Location.median(points.subList(end, Math.min(points.size(), end + LONGEST + 1)).stream()
                        .mapToDouble(Point::value)
                        .toArray());
                for (int i = at; i < end; i++) {
                    found.add(new Worse(course.at(i), points.get(i).value(), level, behind, end - at));
                }
            }
            at = end + 1;
        }
        return found;
    }

    /** The good values before a place. */
    private static double[] before(List<Point> points, int place) {
        double[] values = points.subList(Math.max(0, place - 2 * BEFORE), place).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        return Arrays.copyOfRange(values, Math.max(0, values.length - BEFORE), values.length);
    }

    /** By the margin, and by more than the noise of the level. */
    private static boolean isWorse(double value, Level level, Course course) {
        double distance = (course.better.isWorse(1) ? 1 : -1) * (value - level.middle);
        return distance > course.margin * Math.abs(level.middle) && distance > FAR * level.deviation;
    }

    /** Whether there is none. */
    public boolean areNone() {
        return off.isEmpty();
    }

    /**
     * The ids of the runs in which a series shows no change of its own, though a check may have detected it: it is
     * back, or without the common loss of all series it lies nearer to the level before than to the next one.
     *
     * @param course one of those asked about
     */
    public Set<String> in(Course course) {
        Set<String> own = new LinkedHashSet<>();
        if (off.isEmpty()) {
            return own;
        }
        for (int i = from(course); i < course.judged; i++) {
            if (off.containsKey(course.at(i))) {
                own.add(course.points.get(i).run().id());
            }
        }
        for (Worse one : worse(course)) {
            Double factor = off.get(one.measured);
            if (factor != null && isOwn(one, course, course.better.isWorse(1) ? factor : 1 / factor)) {
                own.remove(one.measured.run);
            }
        }
        return own;
    }

    /** Whether the following level is worse as well, and so is the value without the common loss of all series. */
    private static boolean isOwn(Worse one, Course course, double factor) {
        double value = one.value / factor;
        return isWorse(one.behind, one.level, course)
                && Math.abs(value - one.behind) < Math.abs(value - one.level.middle);
    }
}
