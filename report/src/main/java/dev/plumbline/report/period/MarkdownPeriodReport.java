package dev.plumbline.report.period;

import dev.plumbline.report.GateStop;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.MarkdownText;
import dev.plumbline.report.period.PeriodReport.Event;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report on a period, on one page of Markdown for GitHub and GitLab. */
public final class MarkdownPeriodReport {
    /** Rows of a list on one page. */
    private static final int SHORT = 10;

    private static final int COLUMNS = 120;

    /** The most characters of a sentence in Markdown; only names longer than any chosen by people are cut. */
    private static final int SENTENCE = 600;

    private MarkdownPeriodReport() {}

    /** The page as Markdown for GitHub and GitLab. */
    public static String of(PeriodReport periodReport, boolean everySeries) {
        StringBuilder out = new StringBuilder("### ")
                .append(MarkdownText.escape(periodReport.title(), COLUMNS))
                .append("\n\n")
                .append(MarkdownText.escape(PeriodSummary.period(periodReport), COLUMNS))
                .append("\n\n");
        boolean isStory = periodReport.hasCases() && !periodReport.courses().isEmpty();
        periodReport.orderNotes().forEach(note -> out.append("> ")
                .append(MarkdownText.escape(note, SENTENCE))
                .append("\n\n"));
        if (isStory) {
            story(periodReport, out);
            out.append("<details><summary>In numbers</summary>\n\n");
        } else {
            out.append("**")
                    .append(MarkdownText.escape(PeriodSummary.headline(periodReport), SENTENCE))
                    .append("**\n\n");
        }
        (everySeries ? PeriodSummary.courses(periodReport) : PeriodSummary.facts(periodReport))
                .forEach(fact -> out.append("- ")
                        .append(MarkdownText.escape(fact, SENTENCE))
                        .append('\n'));
        tables(periodReport, everySeries, out);
        if (isStory) {
            out.append("\n</details>\n");
        }
        return out.toString();
    }

    /** Each command by itself, so that it can be copied: {@code `plumb explain ID` · intended: `plumb accept ID …`}. */
    private static String commands(String next) {
        return Stream.of(next.split(" · "))
                .map(part -> {
                    int command = Math.max(0, part.indexOf("plumb "));
                    return part.substring(0, command) + MarkdownText.code(part.substring(command), COLUMNS);
                })
                .collect(Collectors.joining(" · "));
    }

    private static void story(PeriodReport periodReport, StringBuilder out) {
        PeriodHeadline first = PeriodHeadline.of(periodReport);
        out.append("**").append(MarkdownText.escape(first.words(), SENTENCE)).append("**\n\n");
        if (!first.next().isEmpty()) {
            out.append("Next: ").append(commands(first.next())).append("\n\n");
        }
        stops(periodReport, out);
        out.append(MarkdownText.escape(
                        (first.details().isEmpty() ? "" : first.details() + ". ")
                                + PeriodSummary.headline(periodReport),
                        SENTENCE))
                .append("\n\n");
        for (PeriodStory.Chapter chapter : new PeriodStory(periodReport).chapters()) {
            List<String> lines = chapter.lines();
            out.append("**")
                    .append(MarkdownText.escape(chapter.title(), COLUMNS))
                    .append("** (")
                    .append(lines.size())
                    .append(")\n\n");
            lines.stream().limit(SHORT).forEach(line -> out.append("- ")
                    .append(MarkdownText.escape(line, SENTENCE))
                    .append('\n'));
            more(lines.size() - SHORT, out);
            out.append('\n');
        }
    }

    private static void stops(PeriodReport periodReport, StringBuilder out) {
        List<GateStop> stops = periodReport.stops();
        stops.stream().limit(SHORT).forEach(stop -> out.append("- ⚠️ newest run: ")
                .append(MarkdownText.escape(stop.words(), SENTENCE))
                .append(stop.next().isEmpty() ? "" : "; next: " + MarkdownText.escape(stop.next(), SENTENCE))
                .append('\n'));
        if (stops.size() > SHORT) {
            out.append("- … and ")
                    .append(Quantity.plain(stops.size() - SHORT, Quantity.DIGITS))
                    .append(" more\n");
        }
        if (!stops.isEmpty()) {
            out.append('\n');
        }
    }

    private static void tables(PeriodReport periodReport, boolean everySeries, StringBuilder out) {
        List<Event> events = periodReport.events();
        int most = everySeries ? 200 : SHORT;
        if (!events.isEmpty()) {
            out.append("\n**Change points** (")
                    .append(events.size())
                    .append(")\n\n")
                    .append("| | Time | Commit | Benchmark | Change | 95 % interval |\n")
                    .append("|---|---|---|---|---:|---:|\n");
            events.stream().limit(most).forEach(event -> out.append("| ")
                    .append(event.triage().isPresent() ? "⚪" : event.worse() ? "🔴" : "🟢")
                    .append(" | ")
                    .append(RunWords.time(event.time()), 0, 10)
                    .append(" | ")
                    .append(MarkdownText.code(event.run().header().revision().shortCommit(), 16))
                    .append(" | ")
                    .append(MarkdownText.code(CourseWords.name(event.course(), periodReport), 80))
                    .append(" | **")
                    .append(Quantity.change(event.step().relativeChange()))
                    .append("**")
                    .append(Words.inBrackets(CourseWords.state(event.triage())))
                    .append(" | ")
                    .append(Words.bound(event.step().low()))
                    .append(" to ")
                    .append(Words.bound(event.step().high()))
                    .append(" |\n"));
            more(events.size() - most, out);
        }
        courses("Worse than at their best", periodReport.byBenchmark(periodReport.indebted()), periodReport, most, out);
        if (everySeries) {
            List<List<SeriesCourse>> each =
                    periodReport.courses().stream().map(List::of).toList();
            courses("Every series", each, periodReport, most, out);
        } else {
            courses(
                    "Better than at the beginning",
                    periodReport.byBenchmark(periodReport.better()),
                    periodReport,
                    most,
                    out);
        }
    }

    private static void courses(
            String title, List<List<SeriesCourse>> benchmarks, PeriodReport periodReport, int most, StringBuilder out) {
        if (benchmarks.isEmpty()) {
            return;
        }
        out.append("\n**")
                .append(title)
                .append("** (")
                .append(benchmarks.size())
                .append(")\n\n")
                .append("| Benchmark | Level | Change | Behind best | Noise | History |\n")
                .append("|---|---:|---:|---:|---:|---|\n");
        benchmarks.stream()
                .limit(most)
                .forEach(benchmark -> benchmark.forEach(course -> {
                    boolean below = course != benchmark.get(0);
                    out.append("| ")
                            .append(below ? "↳ " : "")
                            .append(MarkdownText.code(
                                    below ? course.series().key().metric() : CourseWords.name(course, periodReport),
                                    80))
                            .append(" | ")
                            .append(MarkdownText.escape(CourseWords.level(course, periodReport), 40))
                            .append(" | **")
                            .append(CourseWords.moved(course, periodReport))
                            .append("** | ")
                            .append(CourseWords.debt(course, periodReport)
                                    + Words.inBrackets(CourseWords.debtRange(course, periodReport)))
                            .append(" | ")
                            .append(CourseWords.noise(course) + Words.inBrackets(CourseWords.noiseRange(course)))
                            .append(" | ")
                            .append(CourseWords.bars(course, periodReport, 20, true))
                            .append(" |\n");
                }));
        more(benchmarks.size() - most, out);
    }

    private static void more(int count, StringBuilder out) {
        if (count > 0) {
            out.append("\n… and ")
                    .append(Quantity.plain(count, Quantity.DIGITS))
                    .append(" more\n");
        }
    }
}
