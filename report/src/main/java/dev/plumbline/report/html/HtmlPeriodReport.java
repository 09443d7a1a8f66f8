package dev.plumbline.report.html;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.period.Balance;
import dev.plumbline.report.period.CourseWords;
import dev.plumbline.report.period.JsonPeriodReport;
import dev.plumbline.report.period.PeriodHeadline;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodSummary;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report on a period, as one self-contained page. */
public final class HtmlPeriodReport {
    /** The part shown first; the series and their details are the same in all. */
    public enum View {
        /** Every series. */
        HISTORY,
        /** One page for who has a minute. */
        EXECUTIVE,
        /** Charts to explore. */
        DASHBOARD
    }

    /** A generated name of an environment at the end of a title: it is meaningless to a reader. */
    private static final Pattern DIGEST = Pattern.compile(" in [0-9a-f]{12}$");

    private final PeriodReport periodReport;
    private final JsonText json;
    private final PageRuns runs;
    private final PageData data;

    private HtmlPeriodReport(PeriodReport periodReport, JsonText json, PageRuns runs) {
        this.periodReport = periodReport;
        this.json = json;
        this.runs = runs;
        this.data = new PageData(json, runs, finding -> false);
    }

    /**
     * Writes the page.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     * @throws IllegalStateException when this Plumbline was built without its pages
     */
    public static void write(PeriodReport periodReport, View view, PageFrame frame, OutputStream out)
            throws IOException {
        HtmlPage.write(
                title(periodReport, frame),
                TextPeriodReport.of(
                        periodReport,
                        view == View.HISTORY,
                        TextStyle.DEFAULT.withWidth(100).withVerbose(true)),
                json -> new HtmlPeriodReport(periodReport, json, new PageRuns()).write(view, frame),
                out);
    }

    private static String title(PeriodReport periodReport, PageFrame frame) {
        return (frame.project().isEmpty() ? "Plumbline" : frame.project()) + ": " + periodReport.title();
    }

    private void write(View view, PageFrame frame) {
        json.text("form", PageData.FORM);
        json.text("page", view.name().toLowerCase(Locale.ROOT));
        json.text("version", periodReport.version());
        frame.write(json);
        json.text("title", DIGEST.matcher(periodReport.title()).replaceFirst(""));
        json.text("since", RunWords.time(periodReport.since()));
        json.text("until", RunWords.time(periodReport.until()));
        json.integer("sinceSeconds", periodReport.since().getEpochSecond());
        PeriodHeadline headline = PeriodHeadline.of(periodReport);
        json.text("tone", headline.tone().name().toLowerCase(Locale.ROOT));
        json.text("headline", headline.words());
        json.text(
                "details",
                Stream.concat(Stream.of(headline.details()), periodReport.orderNotes().stream())
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(". ")));
        json.text("next", headline.next());
        json.array("remarks", periodReport.hasCases() ? new Balance(periodReport).remarks() : List.of(), json::text);
        json.text("margin", periodReport.margins());
        json.object("counts", () -> PeriodSummary.counts(periodReport)
                .forEach((standing, count) -> json.integer(standing.name(), count)));
        JsonPeriodReport.weeks(periodReport, json);
        List<SeriesCourse> courses = periodReport.courses();
        Set<SeriesCourse> judged = Collections.newSetFromMap(new IdentityHashMap<>());
        judged.addAll(periodReport.judged());
        courses.forEach(course -> runs.axis(course.series()));
        SeriesWords.newestByRecording(courses.stream().map(SeriesCourse::series).toList())
                .or(() -> courses.stream()
                        .map(course -> course.series().points())
                        .map(points -> points.get(points.size() - 1).run())
                        .max(Comparator.comparing(RunInfo::time).thenComparing(RunInfo::id)))
                .ifPresent(run -> json.integer("newest", runs.run(run)));
        runs.whileClosed(
                () -> json.pieces("series", courses, (course, piece) -> new HtmlPeriodReport(periodReport, piece, runs)
                        .series(course, judged.contains(course))));
        IdentityHashMap<SeriesCourse, Integer> places = new IdentityHashMap<>();
        courses.forEach(course -> places.put(course, places.size()));
        json.array(
                "benchmarks",
                periodReport.benchmarks(),
                one -> json.object(() -> {
                    json.text("standing", one.standing().name());
                    json.integers(
                            "series",
                            one.courses().stream().mapToLong(places::get).toArray());
                }));
        json.array("events", periodReport.events(), event -> json.object(() -> event(event, places)));
        if (periodReport.hasCases()) {
            Map<SeriesKey, Integer> keys = new HashMap<>();
            courses.forEach(course -> keys.put(course.series().key(), places.get(course)));
            List<Case> cases = new ArrayList<>(periodReport.cases());
            cases.addAll(periodReport.earlier());
            new PageIncidents(json, data, keys::get).write(cases);
            json.array(
                    "stops",
                    periodReport.stops(),
                    stop -> json.object(() -> {
                        json.text("text", stop.words());
                        json.text("next", stop.next());
                        json.truth("fails", stop.fails());
                    }));
            json.text("open", new Balance(periodReport).openWords());
            Function<CalledRegression, Severity> severities = periodReport.severities();
            json.array(
                    "called",
                    periodReport.calledBenchmarks(),
                    one -> json.object(() -> {
                        json.text("id", one.head().findingId());
                        json.text("text", one.words(periodReport.authors()));
                        json.truth("open", one.isOpen());
                        json.truth("waits", one.waits());
                        json.text("severity", Words.lower(severities.apply(one.head())));
                        json.text(
                                "author",
                                periodReport
                                        .authors()
                                        .nameOf(one.head()
                                                .since()
                                                .header()
                                                .revision()
                                                .commit()));
                        json.text("next", one.next());
                        List<CalledRegression> drawn = one.metrics().stream()
                                .filter(metric -> keys.containsKey(metric.key()))
                                .toList();
                        json.integers(
                                "series",
                                drawn.stream()
                                        .mapToLong(metric -> keys.get(metric.key()))
                                        .toArray());
                        json.array("changes", drawn, metric -> json.text(Quantity.change(metric.relativeChange())));
                    }));
        }
        json.integers(
                "indebted",
                periodReport.indebted().stream().mapToLong(places::get).toArray());
        data.tables(frame);
    }

    private void series(SeriesCourse course, boolean isJudged) {
        json.text("id", course.series().key().id());
        if (!isJudged) {
            json.truth("context", true);
        }
        data.series(
                course.series().key(), course.series().unit(), course.series().better() == Better.LOWER);
        data.course(course, 0);
        json.object("trend", () -> {
            Moved moved = periodReport.moved(course);
            double change = moved.change();
            double debt = moved.debt();
            int first = course.firstSince(periodReport.since());
            json.text("standing", periodReport.standing(course).name());
            data.number("change", change);
            json.text("text", Quantity.change(change));
            moved.changeInterval().ifPresent(interval -> json.text("interval", Words.range(interval)));
            json.text("level", CourseWords.level(course, periodReport));
            json.text("before", CourseWords.levelBefore(course, periodReport));
            data.number("start", moved.before());
            json.text("levelError", CourseWords.levelError(course));
            data.number("noise", course.noise());
            json.text("noiseText", CourseWords.noise(course));
            json.text("noiseRange", CourseWords.noiseRange(course));
            data.number("debt", debt);
            boolean indebted = debt >= periodReport.margin(course);
            json.text("debtText", indebted ? Percent.of(debt) : "");
            json.text("debtRange", indebted ? CourseWords.debtRange(course, periodReport) : "");
            json.integer("first", first);
        });
        if (!course.series().warnings().isEmpty()) {
            json.array("warnings", SeriesWords.of(course.series()), json::text);
        }
    }

    private void event(Event event, IdentityHashMap<SeriesCourse, Integer> places) {
        Quantity.Pair levels = Quantity.pair(
                event.step().before(),
                event.step().after(),
                event.course().series().unit(),
                0.005);
        json.integer("series", places.get(event.course()));
        json.integer("at", event.step().index());
        json.integer("run", data.run(event.run()));
        json.truth("worse", event.worse());
        json.text("severity", event.severity().name());
        // an infinite change has no position on a scale; the largest double is used at its end
        double change = event.step().relativeChange();
        json.number("change", Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, change)));
        json.text("text", Quantity.change(event.step().relativeChange()));
        json.text(
                "interval",
                Words.bound(event.step().low()) + " to "
                        + Words.bound(event.step().high()));
        json.text("before", levels.before());
        json.text("after", levels.after());
        event.triage().ifPresent(state -> json.text("state", state.name()));
        json.truth(
                "open",
                event.worse() && periodReport.moved(event.course()).debt() >= periodReport.margin(event.course()));
    }
}
