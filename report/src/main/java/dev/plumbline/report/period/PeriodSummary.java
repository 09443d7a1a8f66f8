package dev.plumbline.report.period;

import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Moved;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.MarkdownText;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodReport.Standing;
import dev.plumbline.report.period.PeriodReport.Week;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened in a period, on one page: how many series stand worse and better than at its beginning, what happened
 * week by week, what is worst, and what nobody has won back yet.
 */
public final class PeriodSummary {
    /** The name and version of the JSON form. */
    public static final String SCHEMA = "plumbline-chronicle/1";

    private static final String EVERY_SERIES = "Every series";

    /** Rows of a list on one page. */
    private static final int SHORT = 10;

    private static final int COLUMNS = 120;

    /** Of a sentence in Markdown; only names that are longer than any of people are cut. */
    private static final int SENTENCE = 600;

    /** The width from which the intervals of numbers have a place beside them. */
    private static final int ROOMY = 120;

    private PeriodSummary() {}

    /** The one sentence. */
    static String headline(PeriodReport periodReport) {
        if (periodReport.courses().isEmpty()) {
            return "nothing was measured in this period"
                    + (periodReport.elsewhere().isEmpty() ? "" : "; " + periodReport.elsewhere());
        }
        Map<Name, Standing> standings = standings(periodReport);
        Map<Benchmark, String> called = called(periodReport);
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        // what nobody has triaged before what somebody has
        Map<String, Integer> detected = new TreeMap<>(
                Comparator.comparing(String::isEmpty).reversed().thenComparing(Comparator.naturalOrder()));
        called.forEach((benchmark, state) -> detected.put(state, 0));
        standings.forEach((name, standing) -> {
            String state = called.get(name.benchmark());
            if (state == null || standing == Standing.WORSE) {
                counts.merge(standing, 1, Integer::sum);
            } else {
                detected.merge(state, 1, Integer::sum);
            }
        });
        int worse = counts.getOrDefault(Standing.WORSE, 0);
        List<String> parts = new ArrayList<>();
        if (worse > 0 || detected.values().stream().noneMatch(count -> count > 0)) {
            parts.add(worse == 0 ? "none worse" : worse + " worse than when the period began");
        }
        detected.forEach((state, count) ->
                part(count, "reported as worse by a check, " + (state.isEmpty() ? "not confirmed yet" : state), parts));
        part(counts.getOrDefault(Standing.BETTER, 0), "better", parts);
        part(counts.getOrDefault(Standing.LEVEL, 0), "level", parts);
        part(counts.getOrDefault(Standing.UNKNOWN, 0), "too short to judge", parts);
        return Words.count(standings.size(), "benchmark", "benchmarks") + environments(periodReport) + ": "
                + String.join(", ", parts);
    }

    private static void part(int count, String what, List<String> parts) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** How many benchmarks stand how, each as the worst of its primary metrics in any environment. */
    public static Map<Standing, Integer> counts(PeriodReport periodReport) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, 0);
        }
        standings(periodReport).values().forEach(standing -> counts.merge(standing, 1, Integer::sum));
        return counts;
    }

    /** A benchmark of a branch, in all its environments. */
    private record Name(Benchmark benchmark, String branch) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.branch());
        }
    }

    /** Of a benchmark of several environments the worst one. */
    private static Map<Name, Standing> standings(PeriodReport periodReport) {
        Map<Name, Standing> standings = new LinkedHashMap<>();
        periodReport
                .benchmarks()
                .forEach(one -> standings.merge(
                        Name.of(one.courses().get(0).series().key()),
                        one.standing(),
                        (first, second) -> first.compareTo(second) <= 0 ? first : second));
        return standings;
    }

    /** {@code  in 2 environments}; empty text where there is one. */
    private static String environments(PeriodReport periodReport) {
        long environments = periodReport.courses().stream()
                .map(course -> course.series().key().environment())
                .distinct()
                .count();
        return environments < 2 ? "" : " in " + environments + " environments";
    }

    /**
     * The benchmarks that a check reports as worse, where the history has too few runs to confirm it, each with what
     * people recorded about it; empty text where that is nothing for one of them.
     */
    private static Map<Benchmark, String> called(PeriodReport periodReport) {
        Map<Benchmark, String> called = new HashMap<>();
        periodReport.called().stream()
                .filter(one -> !one.isFalseAlarm())
                .forEach(one -> called.merge(
                        one.key().benchmark(),
                        one.stated()
                                .map(stated -> TriageWords.state(stated.kind()))
                                .orElse(""),
                        (first, second) -> first.isEmpty() || second.isEmpty() ? "" : first));
        return called;
    }

    /** The one sentence with its period, on one line of any length, made harmless. */
    public static String line(PeriodReport periodReport) {
        return TerminalText.escape(periodReport.title() + ": " + cause(periodReport) + headline(periodReport));
    }

    /** What is open and what keeps the newest run from passing, before the counts; empty where nothing is. */
    private static String cause(PeriodReport periodReport) {
        return periodReport.hasCases() && PeriodHeadline.isTold(periodReport)
                ? PeriodHeadline.of(periodReport).words() + "; "
                : "";
    }

    /** Why the newest run does not pass, a line each, with what to do below it. */
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

    /** How many change points there are; a quiet period says so, and counts nothing. */
    private static Optional<String> changes(PeriodReport periodReport) {
        List<Event> events = periodReport.events();
        if (events.isEmpty()) {
            return periodReport.judged().isEmpty()
                    ? Optional.empty()
                    : Optional.of("no " + (called(periodReport).isEmpty() ? "" : "confirmed ")
                            + "change points of at least " + periodReport.margins());
        }
        int worse = (int) events.stream().filter(Event::worse).count();
        int parts = periodReport.partsOfSlopes();
        return Optional.of(Words.count(events.size(), "change point", "change points") + " of at least "
                + periodReport.margins() + ": " + worse + " worse, " + (events.size() - worse) + " better"
                + (parts == 0 ? "" : "; " + Words.count(parts, "more is", "more are") + " part of gradual changes"));
    }

    /** Further sentences with their numbers. */
    public static List<String> facts(PeriodReport periodReport) {
        if (periodReport.courses().isEmpty()) {
            return List.of();
        }
        List<String> facts =
                new ArrayList<>(periodReport.hasCases() ? new Balance(periodReport).sentences() : List.of());
        changes(periodReport).ifPresent(facts::add);
        if (!periodReport.indebted().isEmpty()) {
            facts.add(Words.count(
                    periodReport.indebted().size(),
                    "series is worse than at its best in this period",
                    "series are worse than at their best in this period"));
        }
        double[] noises = periodReport.judged().stream()
                .mapToDouble(SeriesCourse::noise)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (noises.length > 0) {
            facts.add("half of the series vary by at most " + Quantity.percent(noises[noises.length / 2])
                    + " from run to run");
        }
        return facts;
    }

    static String period(PeriodReport periodReport) {
        return RunWords.time(periodReport.since()) + " to " + RunWords.time(periodReport.until());
    }

    /** Benchmark and metric, and the environment where the chronicle has several: two rows would look the same. */
    static String name(SeriesCourse course, PeriodReport periodReport) {
        SeriesKey key = course.series().key();
        boolean several = periodReport.courses().stream()
                .anyMatch(other -> !other.series().key().environment().equals(key.environment()));
        return Words.label(key) + " " + key.metric() + (several ? " in " + key.environment() : "");
    }

    /** How the level moved, in words: {@code 1.24 → 1.54 ms, +24.1 %}. */
    static String moved(SeriesCourse course, PeriodReport periodReport) {
        return Quantity.change(periodReport.moved(course).change());
    }

    /**
     * The page as text; every line ends in a line feed.
     *
     * @param everySeries whether every series gets a line of its own, or only those that stand out
     */
    public static String text(PeriodReport periodReport, boolean everySeries, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append("", style.safe(periodReport.title()), Ansi.BOLD, style, out);
        Paragraph.append("", style.safe(period(periodReport)), Ansi.DIM, style, out);
        boolean isStory = periodReport.hasCases() && !periodReport.courses().isEmpty();
        if (isStory) {
            PeriodHeadline first = PeriodHeadline.of(periodReport);
            Paragraph.append("", style.safe(first.words()), look(first.tone()), style, out);
            if (!first.next().isEmpty()) {
                // whole, however long, so that commands can be copied
                out.append(style.paint("next: " + style.safe(style.command(first.next())), Ansi.DIM))
                        .append('\n');
            }
            stops(periodReport, style, out);
            if (!first.details().isEmpty()) {
                Paragraph.append("", style.safe(first.details()), Ansi.PLAIN, style, out);
            }
        }
        Paragraph.append("", style.safe(headline(periodReport)), Ansi.PLAIN, style, out);
        if (isStory && !everySeries) {
            story(periodReport, style, out);
        }
        if (isStory && !everySeries && !style.verbose()) {
            return out.toString();
        }
        if (isStory && !everySeries) {
            heading("In numbers", style, out);
        }
        facts(periodReport).forEach(fact -> Paragraph.append("", style.safe(fact), Ansi.PLAIN, style, out));
        if (!everySeries) {
            weeks(periodReport, style, out);
        }
        steps(periodReport, everySeries || style.verbose() ? Integer.MAX_VALUE : SHORT, style, out);
        courses("Worse than at their best", periodReport.indebted(), periodReport, everySeries, style, out);
        if (everySeries) {
            courses(EVERY_SERIES, periodReport.courses(), periodReport, true, style, out);
        } else {
            courses("Better than at the beginning", better(periodReport), periodReport, false, style, out);
        }
        return out.toString();
    }

    /** A sentence for each change but that of the headline. */
    private static void story(PeriodReport periodReport, TextStyle style, StringBuilder out) {
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
        if (!style.verbose()) {
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
                        Column.whole("95 % interval", false, 4)));
        events.stream()
                .limit(most)
                .forEach(event -> table.add(List.of(
                        new Cell(RunWords.time(event.time()).substring(0, 10), Ansi.DIM),
                        Cell.of(style.safe(event.run().header().revision().shortCommit())),
                        Cell.of(style.safe(name(event.course(), periodReport))),
                        new Cell(style.safe(Quantity.change(event.step().relativeChange())), look(event.worse())),
                        Cell.of(style.safe(Words.bound(event.step().low()) + " to "
                                + Words.bound(event.step().high()))))));
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

    /** The series that are better, of benchmarks that are, the largest change first. */
    private static List<SeriesCourse> better(PeriodReport periodReport) {
        Set<SeriesCourse> ofBetter = periodReport.benchmarks().stream()
                .filter(one -> one.standing() == Standing.BETTER)
                .flatMap(one -> one.courses().stream())
                .collect(Collectors.toSet());
        return periodReport.standing(Standing.BETTER).stream()
                .filter(ofBetter::contains)
                .toList();
    }

    /** A series by its benchmark, or only by its metric where it stands below another one of that. */
    private static String name(SeriesCourse course, boolean below, PeriodReport periodReport) {
        return below ? "  also " + course.series().key().metric() : name(course, periodReport);
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
        benchmarks.stream()
                .limit(most)
                .forEach(benchmark -> benchmark.forEach(course -> {
                    double change = periodReport.moved(course).change();
                    String debtInterval = debtRange(course, periodReport);
                    table.add(List.of(
                            Cell.of(style.safe(name(course, course != benchmark.get(0), periodReport))),
                            Cell.of(style.safe(level(course, periodReport))),
                            new Cell(
                                    style.safe(moved(course, periodReport)),
                                    Math.abs(change) < periodReport.margin(course)
                                            ? Ansi.PLAIN
                                            : look(course.series().better().isWorse(change))),
                            Cell.of(style.safe(
                                    debt(course, periodReport) + (roomy ? Words.inBrackets(debtInterval) : ""))),
                            Cell.of(style.safe(noise(course) + (roomy ? Words.inBrackets(noiseRange(course)) : ""))),
                            new Cell(bars(course, periodReport, roomy ? 24 : 12, style.unicode()), Ansi.CYAN)));
                }));
        table.appendTo(out);
        more(benchmarks.size() - most, style, out);
    }

    /** The values of the period, from its beginning to its end. */
    private static String bars(SeriesCourse course, PeriodReport periodReport, int columns, boolean unicode) {
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

    /** How well the level of today is known: {@code ±0.3 %}; empty where that is not known. */
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
        return relative > 0 && relative < 0.0005 ? "±< 0.1 %" : "±" + Quantity.percent(relative);
    }

    public static String noise(SeriesCourse course) {
        return Double.isNaN(course.noise()) ? "" : Quantity.percent(course.noise());
    }

    /** Between which bounds the noise lies with 95 % confidence; empty where that is not known. */
    public static String noiseRange(SeriesCourse course) {
        return course.noiseInterval().map(Words::shares).orElse("");
    }

    /** How far the level is behind its best; empty where it is the best. */
    static String debt(SeriesCourse course, PeriodReport periodReport) {
        double debt = periodReport.moved(course).debt();
        return debt == 0 ? "" : Quantity.percent(debt);
    }

    /** Between which bounds that lies with 95 % confidence; empty where it is at its best, or they are not known. */
    public static String debtRange(SeriesCourse course, PeriodReport periodReport) {
        Moved moved = periodReport.moved(course);
        return moved.debt() == 0 ? "" : moved.debtInterval().map(Words::shares).orElse("");
    }

    /** The page as Markdown for GitHub and GitLab. */
    public static String markdown(PeriodReport periodReport, boolean everySeries) {
        StringBuilder out = new StringBuilder("### ")
                .append(MarkdownText.escape(periodReport.title(), COLUMNS))
                .append("\n\n")
                .append(MarkdownText.escape(period(periodReport), COLUMNS))
                .append("\n\n");
        boolean isStory = periodReport.hasCases() && !periodReport.courses().isEmpty();
        if (isStory) {
            markdownStory(periodReport, !everySeries, out);
            out.append("<details><summary>In numbers</summary>\n\n");
        } else {
            out.append("**")
                    .append(MarkdownText.escape(headline(periodReport), SENTENCE))
                    .append("**\n\n");
        }
        facts(periodReport).forEach(fact -> out.append("- ")
                .append(MarkdownText.escape(fact, SENTENCE))
                .append('\n'));
        markdownTables(periodReport, everySeries, out);
        if (isStory) {
            out.append("\n</details>\n");
        }
        return out.toString();
    }

    private static void markdownStory(PeriodReport periodReport, boolean isWhole, StringBuilder out) {
        PeriodHeadline first = PeriodHeadline.of(periodReport);
        out.append("**").append(MarkdownText.escape(first.words(), SENTENCE)).append("**\n\n");
        if (!first.next().isEmpty()) {
            out.append("Next: ")
                    .append(MarkdownText.code(first.next(), COLUMNS))
                    .append("\n\n");
        }
        markdownStops(periodReport, out);
        out.append(MarkdownText.escape(
                        (first.details().isEmpty() ? "" : first.details() + ". ") + headline(periodReport), SENTENCE))
                .append("\n\n");
        if (!isWhole) {
            return;
        }
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
            markdownMore(lines.size() - SHORT, out);
            out.append('\n');
        }
    }

    private static void markdownTables(PeriodReport periodReport, boolean everySeries, StringBuilder out) {
        List<Event> events = periodReport.events();
        int most = everySeries ? 200 : SHORT;
        if (!events.isEmpty()) {
            out.append("\n**Change points** (")
                    .append(events.size())
                    .append(")\n\n")
                    .append("| | Time | Commit | Benchmark | Change | 95 % interval |\n")
                    .append("|---|---|---|---|---:|---:|\n");
            events.stream().limit(most).forEach(event -> out.append("| ")
                    .append(event.worse() ? "🔴" : "🟢")
                    .append(" | ")
                    .append(RunWords.time(event.time()), 0, 10)
                    .append(" | ")
                    .append(MarkdownText.code(event.run().header().revision().shortCommit(), 16))
                    .append(" | ")
                    .append(MarkdownText.code(name(event.course(), periodReport), 80))
                    .append(" | **")
                    .append(Quantity.change(event.step().relativeChange()))
                    .append("** | ")
                    .append(Words.bound(event.step().low()))
                    .append(" to ")
                    .append(Words.bound(event.step().high()))
                    .append(" |\n"));
            markdownMore(events.size() - most, out);
        }
        markdownCourses("Worse than at their best", periodReport.indebted(), periodReport, most, out);
        markdownCourses(
                everySeries ? EVERY_SERIES : "Better than at the beginning",
                everySeries ? periodReport.courses() : better(periodReport),
                periodReport,
                most,
                out);
    }

    private static void markdownStops(PeriodReport periodReport, StringBuilder out) {
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

    private static void markdownMore(int count, StringBuilder out) {
        if (count > 0) {
            out.append("\n… and ")
                    .append(Quantity.plain(count, Quantity.DIGITS))
                    .append(" more\n");
        }
    }

    private static void markdownCourses(
            String title, List<SeriesCourse> courses, PeriodReport periodReport, int most, StringBuilder out) {
        List<List<SeriesCourse>> benchmarks = title.equals(EVERY_SERIES)
                ? courses.stream().map(List::of).toList()
                : periodReport.byBenchmark(courses);
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
                                    below ? course.series().key().metric() : name(course, periodReport), 80))
                            .append(" | ")
                            .append(MarkdownText.escape(level(course, periodReport), 40))
                            .append(" | **")
                            .append(moved(course, periodReport))
                            .append("** | ")
                            .append(debt(course, periodReport) + Words.inBrackets(debtRange(course, periodReport)))
                            .append(" | ")
                            .append(noise(course) + Words.inBrackets(noiseRange(course)))
                            .append(" | ")
                            .append(bars(course, periodReport, 20, true))
                            .append(" |\n");
                }));
        markdownMore(benchmarks.size() - most, out);
    }

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
                    json.text("summary", headline(periodReport));
                    json.number("margin", periodReport.policies().general().margin());
                    json.object("benchmarks", () -> counts(periodReport)
                            .forEach((standing, count) -> json.integer(standing.name(), count)));
                    json.object("counts", () -> {
                        for (Standing standing : Standing.values()) {
                            json.integer(
                                    standing.name(),
                                    periodReport.standing(standing).size());
                        }
                    });
                    json.array(
                            "weeks",
                            periodReport.weeks(),
                            week -> json.object(() -> {
                                json.text("monday", week.monday().toString());
                                json.integer("worse", week.worse());
                                json.integer("better", week.better());
                            }));
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
    }

    /** The ends of an interval; nothing where one is not bounded. */
    private static void interval(String name, Optional<Interval> interval, JsonText json) {
        interval.filter(known -> Double.isFinite(known.width()))
                .ifPresentOrElse(known -> json.numbers(name, known.low(), known.high()), () -> json.nothing(name));
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
}
