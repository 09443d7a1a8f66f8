package dev.plumbline.report.period;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.format.CsvText;
import java.util.List;
import java.util.Optional;

/**
 * A report on a period, as a table for spreadsheets and data frames: one record for each series. RFC 4180, UTF-8, a
 * header line; see {@code docs/report-format.md}.
 */
public final class CsvPeriodReport {
    private static final List<String> HEADER = List.of(
            "standing",
            "benchmark",
            "parameters",
            "metric",
            "unit",
            "better",
            "level",
            "level_low",
            "level_high",
            "change",
            "change_low",
            "change_high",
            "behind_best",
            "behind_best_low",
            "behind_best_high",
            "noise",
            "noise_low",
            "noise_high",
            "steps",
            "points",
            "environment",
            "branch",
            "id",
            "warnings");

    private CsvPeriodReport() {}

    /** The whole table; every record ends in a carriage return and a line feed. */
    public static String of(PeriodReport periodReport) {
        CsvText csv = new CsvText().names(HEADER);
        periodReport.courses().forEach(course -> course(course, periodReport, csv));
        return csv.toString();
    }

    private static void course(SeriesCourse course, PeriodReport periodReport, CsvText csv) {
        SeriesKey key = course.series().key();
        Moved moved = periodReport.moved(course);
        Interval level = moved.levelInterval();
        Optional<Interval> change = moved.changeInterval();
        Optional<Interval> debt = moved.debtInterval();
        Optional<Interval> noise = course.noiseInterval();
        csv.text(periodReport.standing(course).name())
                .text(key.benchmark().name())
                .text(
                        key.benchmark().parameters().isEmpty()
                                ? ""
                                : key.benchmark().parameters().toString())
                .text(key.metric())
                .text(course.series().unit().symbol())
                .text(course.series().better().name())
                .number(moved.level())
                .number(known(level.low()))
                .number(known(level.high()))
                .number(moved.change())
                .number(change.map(Interval::low).orElse(Double.NaN))
                .number(change.map(Interval::high).orElse(Double.NaN))
                .number(moved.debt())
                .number(debt.map(Interval::low).orElse(Double.NaN))
                .number(debt.map(Interval::high).orElse(Double.NaN))
                .number(course.noise())
                .number(known(noise.map(Interval::low).orElse(Double.NaN)))
                .number(known(noise.map(Interval::high).orElse(Double.NaN)))
                .number(course.steps().steps().size())
                .number(course.series().points().size())
                .text(key.environment())
                .text(key.branch())
                .text(key.id())
                .text(String.join("; ", SeriesWords.of(course.series())))
                .end();
    }

    /** An end that nothing bounds is no value. */
    private static double known(double end) {
        return Double.isInfinite(end) ? Double.NaN : end;
    }
}
