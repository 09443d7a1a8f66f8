package dev.plumbline.report.period;

import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.incident.Case;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodReport.Week;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Map;

/** A report on a period, on one page for a terminal. */
public final class TextPeriodReport {
    /** Rows of a list on one page. */
    private static final int SHORT = 10;

    /** The width from which the intervals of numbers have a place beside them. */
    private static final int ROOMY = 120;

    private TextPeriodReport() {}

    /**
     * The page as text; every line ends in a line feed.
     *
     * @param everySeries whether every series gets a separate line, or only notable ones
     */
    public static String of(PeriodReport periodReport, boolean everySeries, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append("", style.safe(periodReport.title()), Ansi.BOLD, style, out);
        Paragraph.append("", style.safe(PeriodSummary.period(periodReport)), Ansi.DIM, style, out);
        boolean isStory = periodReport.hasCases() && !periodReport.courses().isEmpty();
        if (isStory) {
            PeriodHeadline first = PeriodHeadline.of(periodReport);
            Paragraph.append("", style.safe(first.words()), look(first.tone()), style, out);
            if (!first.next().isEmpty()) {
                // whole, however long, so that commands can be copied
                out.append(style.paint("next: " + style.safe(style.command(Words.continued(first.next()))), Ansi.DIM))
                        .append('\n');
            }
            stops(periodReport, style, out);
            if (!first.details().isEmpty()) {
                Paragraph.append("", style.safe(first.details()), Ansi.PLAIN, style, out);
            }
        }
        Paragraph.append("", style.safe(PeriodSummary.headline(periodReport)), Ansi.PLAIN, style, out);
        periodReport.orderNotes().forEach(note -> Paragraph.append("note: ", style.safe(note), Ansi.DIM, style, out));
        if (isStory) {
            story(periodReport, everySeries, style, out);
        }
        if (isStory && !everySeries && !style.verbose()) {
            return out.toString();
        }
        if (isStory) {
            heading("In numbers", style, out);
        }
        // a list of every series does not count incidents: open ones are listed above
        (everySeries ? PeriodSummary.courses(periodReport) : PeriodSummary.facts(periodReport))
                .forEach(fact -> Paragraph.append("", style.safe(fact), Ansi.PLAIN, style, out));
        if (!everySeries) {
            weeks(periodReport, style, out);
        }
        steps(periodReport, everySeries || style.verbose() ? Integer.MAX_VALUE : SHORT, style, out);
        courses("Worse than at their best", periodReport.indebted(), periodReport, everySeries, style, out);
        if (everySeries) {
            courses("Every series", periodReport.courses(), periodReport, true, style, out);
        } else {
            courses("Better than at the beginning", periodReport.better(), periodReport, false, style, out);
        }
        return out.toString();
    }

    /** Writes the reasons why the newest run does not pass, a line each, with the next step below it. */
    private static void stops(PeriodReport periodReport, TextStyle style, StringBuilder out) {
        List<GateStop> stops = periodReport.stops();
        boolean isNamed = new PeriodStory(periodReport).worst().isEmpty();
        for (GateStop stop : stops.subList(0, Math.min(SHORT, stops.size()))) {
            // the headline names the first one where nothing else is open
            if (!isNamed || !stop.equals(stops.get(0))) {
                Paragraph.append("  ", style.safe(stop.words()), Ansi.PLAIN, style, out);
            }
            String next = style.safe(style.command(stop.next()));
            if (stop.kind() == GateReason.Kind.TOO_GOOD || stop.kind() == GateReason.Kind.NOTHING) {
                Paragraph.append("  next: ", next, Ansi.DIM, style, out);
            } else if (!next.isEmpty()) {
                // whole, however long, so that commands can be copied
                out.append(style.paint("  next: " + next, Ansi.DIM)).append('\n');
            }
        }
        more(stops.size() - SHORT, style, out);
    }

    /** A sentence for each change but that of the headline. */
    private static void story(PeriodReport periodReport, boolean everySeries, TextStyle style, StringBuilder out) {
        for (PeriodStory.Chapter chapter : new PeriodStory(periodReport).chapters()) {
            List<String> lines = chapter.lines();
            heading(chapter.title(), lines.size(), style, out);
            int most = style.verbose() ? Integer.MAX_VALUE : SHORT;
            lines.stream()
                    .limit(most)
                    .forEach(line -> Paragraph.append("  ", style.safe(line), Ansi.PLAIN, style, out));
            more(lines.size() - most, style, out);
        }
        List<String> remarks = new Balance(periodReport).remarks();
        if (!remarks.isEmpty()) {
            heading("Gradual changes and noise", style, out);
            remarks.forEach(remark -> Paragraph.append("  ", style.safe(remark), Ansi.PLAIN, style, out));
        }
        if (!style.verbose() && !everySeries) {
            out.append('\n').append(style.paint("all numbers: -v", Ansi.DIM)).append('\n');
        }
    }

    private static Ansi look(PeriodHeadline.Tone tone) {
        return switch (tone) {
            case OPEN -> Ansi.GREEN;
            case CLOSED -> Ansi.BOLD_RED;
            case UNDECIDED -> Ansi.YELLOW;
        };
    }

    private static void heading(String title, int count, TextStyle style, StringBuilder out) {
        heading(title + " (" + Quantity.plain(count, Quantity.DIGITS) + ")", style, out);
    }

    private static void heading(String title, TextStyle style, StringBuilder out) {
        out.append('\n').append(style.paint(title, Ansi.BOLD)).append('\n');
    }

    private static void weeks(PeriodReport periodReport, TextStyle style, StringBuilder out) {
        List<Week> weeks = periodReport.weeks();
        if (weeks.size() < 2 || periodReport.events().isEmpty()) {
            return;
        }
        String worse = Sparkline.of(
                weeks.stream().map(week -> (double) week.worse()).toList(), style.width() - 30, style.unicode());
        Paragraph.append("", "change points for the worse, week by week: " + worse, Ansi.PLAIN, style, out);
    }

    private static void steps(PeriodReport periodReport, int most, TextStyle style, StringBuilder out) {
        List<Event> events = periodReport.events();
        if (events.isEmpty()) {
            return;
        }
        heading("Change points", events.size(), style, out);
        Table table = new Table(
                style,
                List.of(
                        Column.whole("time", false, 3),
                        new Column("commit", false, 0, 10, 6),
                        new Column("benchmark", false, 0, 24, 8),
                        Column.whole("change", true, 0),
                        Column.whole("95 % interval", false, 4),
                        Column.whole("state", false, 0)));
        events.stream()
                .limit(most)
                .forEach(event -> table.add(List.of(
                        new Cell(RunWords.time(event.time()).substring(0, 10), Ansi.DIM),
                        Cell.of(style.safe(event.run().header().revision().shortCommit())),
                        Cell.of(style.safe(CourseWords.name(event.course(), periodReport))),
                        new Cell(
                                style.safe(Quantity.change(event.step().relativeChange())),
                                event.triage().isPresent() ? Ansi.PLAIN : look(event.worse())),
                        Cell.of(style.safe(Words.bound(event.step().low()) + " to "
                                + Words.bound(event.step().high()))),
                        Cell.of(style.safe(CourseWords.state(event.triage()))))));
        table.appendTo(out);
        more(events.size() - most, style, out);
    }

    private static Ansi look(boolean worse) {
        return worse ? Ansi.RED : Ansi.GREEN;
    }

    private static void more(int count, TextStyle style, StringBuilder out) {
        if (count > 0) {
            out.append(style.paint(style.safe("… and " + Quantity.plain(count, Quantity.DIGITS) + " more"), Ansi.DIM))
                    .append('\n');
        }
    }

    /** A series by its benchmark, or only by its metric where it is below another one of that. */
    private static String name(SeriesCourse course, boolean below, PeriodReport periodReport) {
        return below ? "  " + course.series().key().metric() : CourseWords.name(course, periodReport);
    }

    private static void courses(
            String title,
            List<SeriesCourse> courses,
            PeriodReport periodReport,
            boolean all,
            TextStyle style,
            StringBuilder out) {
        List<List<SeriesCourse>> benchmarks =
                all ? courses.stream().map(List::of).toList() : periodReport.byBenchmark(courses);
        if (benchmarks.isEmpty()) {
            return;
        }
        heading(title, benchmarks.size(), style, out);
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        Column.whole("level", true, 0),
                        Column.whole("change", true, 0),
                        Column.whole("behind best", true, 3),
                        Column.whole("noise", true, 4),
                        Column.whole("history", false, 2)));
        int most = all || style.verbose() ? Integer.MAX_VALUE : SHORT;
        boolean roomy = style.width() >= ROOMY;
        Map<SeriesCourse, Case.State> triaged = periodReport.triaged();
        benchmarks.stream()
                .limit(most)
                .forEach(benchmark -> benchmark.forEach(course -> {
                    double change = periodReport.moved(course).change();
                    String debtInterval = CourseWords.debtRange(course, periodReport);
                    table.add(List.of(
                            Cell.of(style.safe(name(course, course != benchmark.get(0), periodReport)
                                    + CourseWords.triaged(course, triaged))),
                            Cell.of(style.safe(CourseWords.level(course, periodReport))),
                            new Cell(
                                    style.safe(CourseWords.moved(course, periodReport)),
                                    Math.abs(change) < periodReport.margin(course)
                                            ? Ansi.PLAIN
                                            : look(course.series().better().isWorse(change))),
                            Cell.of(style.safe(CourseWords.debt(course, periodReport)
                                    + (roomy ? Words.inBrackets(debtInterval) : ""))),
                            Cell.of(style.safe(CourseWords.noise(course)
                                    + (roomy ? Words.inBrackets(CourseWords.noiseRange(course)) : ""))),
                            new Cell(
                                    CourseWords.bars(course, periodReport, roomy ? 24 : 12, style.unicode()),
                                    Ansi.CYAN)));
                }));
        table.appendTo(out);
        more(benchmarks.size() - most, style, out);
    }
}
