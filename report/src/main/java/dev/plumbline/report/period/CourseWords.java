package dev.plumbline.report.period;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Sparkline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One series of a period, in words: its name, its level, how that moved, and the certainty of each number. */
public final class CourseWords {
    private CourseWords() {}

    /** Benchmark and metric, and the environment where the chronicle has several: two rows would look the same. */
    static String name(SeriesCourse course, PeriodReport periodReport) {
        SeriesKey key = course.series().key();
        boolean several = periodReport.courses().stream()
                .anyMatch(other -> !other.series().key().environment().equals(key.environment()));
        return Words.label(key) + " " + key.metric() + (several ? " in " + key.environment() : "");
    }

    /** {@code accepted}; empty text where a change is open. */
    static String state(Optional<Case.State> triage) {
        return triage.map(state -> switch (state) {
                    case FIXED -> TriageWords.FIX_PROMISED;
                    case NEW, ACKNOWLEDGED, ACCEPTED, MUTED, RECOVERED, FALSE_ALARM -> Words.lower(state);
                })
                .orElse("");
    }

    /** {@code  (accepted)} behind the name of a series that is as people know it; else empty text. */
    static String triaged(SeriesCourse course, Map<SeriesCourse, Case.State> triaged) {
        return Words.inBrackets(state(Optional.ofNullable(triaged.get(course))));
    }

    /** The change of the level, in words: {@code 1.24 → 1.54 ms, +24.1 %}. */
    static String moved(SeriesCourse course, PeriodReport periodReport) {
        return Quantity.change(periodReport.moved(course).change());
    }

    /** The values of the period, from its beginning to its end. */
    static String bars(SeriesCourse course, PeriodReport periodReport, int columns, boolean unicode) {
        List<Double> values = course.series().points().stream()
                .skip(course.firstSince(periodReport.since()))
                .map(Point::value)
                .toList();
        return Sparkline.ofAll(values, columns, unicode);
    }

    /** The level of today. */
    public static String level(SeriesCourse course, PeriodReport periodReport) {
        return level(course, periodReport.moved(course).level());
    }

    private static String level(SeriesCourse course, double level) {
        return Double.isNaN(level) ? "" : Quantity.of(level, course.series().unit(), course.noise());
    }

    /** The level at the beginning of the period. */
    public static String levelBefore(SeriesCourse course, PeriodReport periodReport) {
        return level(course, periodReport.moved(course).before());
    }

    /** The uncertainty of today's level: {@code ±0.3 %}; empty where that is not known. */
    public static String levelError(SeriesCourse course) {
        List<SeriesCourse.Stretch> stretches = course.stretches();
        if (stretches.isEmpty()) {
            return "";
        }
        SeriesCourse.Stretch last = stretches.get(stretches.size() - 1);
        double relative = course.interval(last).width() / 2 / Math.abs(last.level());
        if (!Double.isFinite(relative)) {
            return "";
        }
        return relative > 0 && relative < 0.0005 ? "±< 0.1 %" : "±" + Percent.of(relative);
    }

    public static String noise(SeriesCourse course) {
        return Double.isNaN(course.noise()) ? "" : Percent.of(course.noise());
    }

    /** Between which bounds the noise lies with 95 % confidence; empty where that is not known. */
    public static String noiseRange(SeriesCourse course) {
        return course.noiseInterval().map(Words::shares).orElse("");
    }

    /** The relative distance of the level from its best; empty where it is the best. */
    static String debt(SeriesCourse course, PeriodReport periodReport) {
        double debt = periodReport.moved(course).debt();
        return debt == 0 ? "" : Percent.of(debt);
    }

    /** Between which bounds that lies with 95 % confidence; empty where it is at its best, or they are not known. */
    public static String debtRange(SeriesCourse course, PeriodReport periodReport) {
        Moved moved = periodReport.moved(course);
        return moved.debt() == 0 ? "" : moved.debtInterval().map(Words::shares).orElse("");
    }
}
