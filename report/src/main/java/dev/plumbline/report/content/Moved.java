package dev.plumbline.report.content;

import dev.plumbline.core.stats.distribution.Interval;
import java.time.Instant;
import java.util.Optional;

/**
 * The change of a series in a period, in steps and in slopes.
 *
 * @param before the level at the beginning, in the unit of the series; not a number without points
 * @param level the current level, in the same way
 * @param levelInterval of that, with 95 % confidence; unbounded where it is not known
 * @param change from one to the other, relative; 0 without points
 * @param changeInterval of that, with 95 % confidence; empty where the level is the same
 * @param debt how much worse the level of today is than the best one of the period; 0 when it is the best
 * @param debtInterval the interval of that, in the same way; empty if the period has no other level
 * @param slope the line along which it moved by at least the margin; empty if steps describe it completely
 */
public record Moved(
        double before,
        double level,
        Interval levelInterval,
        double change,
        Optional<Interval> changeInterval,
        double debt,
        Optional<Interval> debtInterval,
        Optional<Slope> slope) {
    private static final double CONFIDENCE = 0.95;
    private static final Interval NONE = new Interval(0, 0, CONFIDENCE);

    /**
     * @param since when the period begins
     * @param margin the smallest slope that is reported
     */
    static Moved of(SeriesCourse course, Instant since, double margin) {
        if (course.stretches().isEmpty()) {
            return new Moved(
                    Double.NaN,
                    Double.NaN,
                    Interval.unbounded(CONFIDENCE),
                    0,
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty());
        }
        return course.slopeSince(since)
                .filter(slope -> Math.abs(slope.change()) >= margin)
                .map(slope -> bySteps(course.coarse(), since).along(slope, course))
                .orElseGet(() -> bySteps(course, since));
    }

    private static Moved bySteps(SeriesCourse course, Instant since) {
        SeriesCourse.Stretch last = course.stretches().get(course.stretches().size() - 1);
        return new Moved(
                course.levelAt(course.firstSince(since)),
                last.level(),
                course.interval(last),
                course.changeSince(since),
                course.changeInterval(since),
                course.debtSince(since),
                course.debtInterval(since),
                Optional.empty());
    }

    private Moved along(Slope slope, SeriesCourse course) {
        double whole = slope.with(change);
        Interval interval = slope.with(changeInterval.orElse(NONE));
        double lost = course.series().better().isWorse(whole) ? Math.abs(whole) : 0;
        Optional<Interval> lostInterval =
                Optional.of(whole > 0 ? interval : new Interval(-interval.high(), -interval.low(), CONFIDENCE));
        return new Moved(
                before * slope.begin(),
                level * slope.end(),
                new Interval(levelInterval.low() * slope.end(), levelInterval.high() * slope.end(), CONFIDENCE),
                whole,
                Optional.of(interval),
                Math.max(debt, lost),
                lost > debt ? lostInterval : debtInterval,
                Optional.of(slope));
    }
}
