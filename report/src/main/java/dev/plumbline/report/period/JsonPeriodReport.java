package dev.plumbline.report.period;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodReport.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A report on a period, as JSON: every series and every event is there. */
public final class JsonPeriodReport {
    /** The name and version of the JSON form. */
    public static final String SCHEMA = "plumbline-chronicle/1";

    private JsonPeriodReport() {}

    /**
     * Writes the page as JSON and a line feed; every series and every event is there.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(PeriodReport periodReport, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.text("version", periodReport.version());
                    json.text("title", periodReport.title());
                    json.text("since", periodReport.since().toString());
                    json.text("until", periodReport.until().toString());
                    json.text("summary", PeriodSummary.headline(periodReport));
                    json.number("margin", periodReport.policies().general().margin());
                    json.object("benchmarks", () -> PeriodSummary.counts(periodReport)
                            .forEach((standing, count) -> json.integer(standing.name(), count)));
                    json.object("counts", () -> {
                        for (Standing standing : Standing.values()) {
                            json.integer(
                                    standing.name(),
                                    periodReport.standing(standing).size());
                        }
                    });
                    weeks(periodReport, json);
                    if (periodReport.hasCases()) {
                        new Balance(periodReport).write(json);
                        json.array(
                                "newestRun",
                                periodReport.stops(),
                                stop -> json.object(() -> {
                                    json.text("kind", stop.kind().name());
                                    json.text("effect", stop.fails() ? "FAIL" : "HOLD");
                                    json.text("why", stop.words());
                                    json.text("next", stop.next());
                                }));
                    }
                    json.array("events", periodReport.events(), event -> json.object(() -> event(event, json)));
                    json.array(
                            "series",
                            periodReport.courses(),
                            course -> json.object(() -> course(course, periodReport, json)));
                }));
    }

    /** Writes how many changes each week had, as member {@code weeks} of the current object. */
    public static void weeks(PeriodReport periodReport, JsonText json) {
        json.array(
                "weeks",
                periodReport.weeks(),
                week -> json.object(() -> {
                    json.text("monday", week.monday().toString());
                    json.integer("worse", week.worse());
                    json.integer("better", week.better());
                }));
    }

    private static void event(Event event, JsonText json) {
        json.series(event.course().series().key());
        json.object("run", () -> json.run(event.run()));
        json.text("direction", event.worse() ? "WORSE" : "BETTER");
        json.text("severity", event.severity().name());
        json.number("before", event.step().before());
        json.number("after", event.step().after());
        json.number("relativeChange", event.step().relativeChange());
        json.numbers("interval", event.step().low(), event.step().high());
        json.text("tier", event.step().tier().name().toLowerCase(Locale.ROOT));
        event.triage().ifPresent(state -> json.text("state", state.name()));
    }

    private static void course(SeriesCourse course, PeriodReport periodReport, JsonText json) {
        json.series(course.series().key());
        json.text("label", Words.label(course.series().key()));
        json.unit(course.series().unit());
        json.text("better", course.series().better().name());
        json.integer("points", course.series().points().size());
        json.text("standing", periodReport.standing(course).name());
        Moved moved = periodReport.moved(course);
        json.number("relativeChange", moved.change());
        interval("changeInterval", moved.changeInterval(), json);
        json.number("behindBest", moved.debt());
        interval("behindBestInterval", moved.debtInterval(), json);
        json.number("level", moved.level());
        interval("levelInterval", Optional.of(moved.levelInterval()), json);
        if (Double.isNaN(course.noise())) {
            json.nothing("noise");
        } else {
            json.number("noise", course.noise());
        }
        interval("noiseInterval", course.noiseInterval(), json);
        json.integer("steps", course.steps().steps().size());
        json.array("warnings", SeriesWords.of(course.series()), json::text);
    }

    /** The ends of an interval; nothing where one is not bounded. */
    private static void interval(String name, Optional<Interval> interval, JsonText json) {
        interval.filter(known -> Double.isFinite(known.width()))
                .ifPresentOrElse(known -> json.numbers(name, known.low(), known.high()), () -> json.nothing(name));
    }
}
