package dev.plumbline.report.answer;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.DisturbedRun;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.shape.SeriesHeadline;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Stored series for a terminal: a list of them, or one with its points. */
public final class HistoryText {
    /** The number of points in the table unless all are requested. */
    private static final int NEWEST = 20;

    /** Rows of series that need attention, unless all are asked for. */
    private static final int MOST_URGENT = 40;

    /** Rows of the others. */
    private static final int MOST_OTHERS = 20;

    private HistoryText() {}

    /**
     * One line for each series, in the given order: what it is, how many points it has, its last value, how far that is
     * from the first, its shape in the colour of its health, and its course. Environment and branch are in a line above
     * if all series share them. Of many series those that need attention and some others have a line, unless the style
     * is verbose.
     */
    public static String list(List<AnalyzedSeries> analyzed, TextStyle style) {
        return list(analyzed, List.of(), List.of(), style);
    }

    /**
     * The same of branches whose newest runs do not pass.
     *
     * @param stopped the reasons that no row shows; printed above the rows
     * @param together that a newest run is worse as a whole; the same
     */
    public static String list(
            List<AnalyzedSeries> analyzed, List<NewestRun> stopped, List<String> together, TextStyle style) {
        StringBuilder out = new StringBuilder();
        if (analyzed.isEmpty()) {
            return "no series\n";
        }
        List<Series> all = analyzed.stream().map(AnalyzedSeries::series).toList();
        boolean oneEnvironment = isOne(all, SeriesKey::environment);
        boolean oneBranch = isOne(all, SeriesKey::branch);
        SharedNames names = SharedNames.of(
                all.stream().map(series -> series.key().benchmark()).toList());
        SeriesKey first = all.get(0).key();
        String shared = (oneBranch ? ", branch " + first.branch() + continuing(all.get(0)) : "")
                + (oneEnvironment ? ", environment " + first.environment() : "")
                + (names.prefix().isEmpty() ? "" : ", all in " + names.prefix())
                + (names.words().isEmpty() ? "" : "; " + names.words());
        Paragraph.append("", style.safe(Words.count(all.size(), "series", "series") + shared), Ansi.BOLD, style, out);
        stopped.forEach(one -> one.write(style, out));
        together.forEach(words -> Paragraph.append("", style.safe(words), Ansi.RED, style, out));
        String headline = SeriesHeadline.of(analyzed);
        if (stopped.isEmpty() || !headline.equals(SeriesHeadline.NOTHING)) {
            Paragraph.append("", style.safe(headline), look(analyzed), style, out);
        }
        boolean contextLast =
                analyzed.stream().dropWhile(AnalyzedSeries::isJudged).noneMatch(AnalyzedSeries::isJudged);
        SeriesHeadline.context(analyzed, contextLast)
                .ifPresent(words -> Paragraph.append("", style.safe(words), Ansi.DIM, style, out));
        out.append('\n');
        boolean wide = style.width() >= 120;
        int newest = wide ? 30 : 12;
        int most = all.stream().mapToInt(series -> series.points().size()).max().orElse(0);
        Table table = new Table(
                style,
                List.of(
                        Column.whole("id", false, 8),
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 0, 10, 6),
                        new Column("environment", false, rank(6, all, SeriesKey::branch), 10, 6),
                        new Column("branch", false, rank(5, all, SeriesKey::environment), 10, 6),
                        Column.whole("points", true, 4),
                        Column.whole("last", true, 0),
                        Column.whole("since first", true, 3),
                        Column.whole("shape", false, 1),
                        Column.whole(newest < most ? "newest " + newest : "history", false, 2)));
        List<AnalyzedSeries> shown = style.verbose() ? analyzed : firstOf(analyzed);
        for (AnalyzedSeries one : shown) {
            Series series = one.series();
            SeriesKey key = series.key();
            List<Point> points = series.points();
            List<Double> values = points.stream().map(Point::value).toList();
            List<Cell> row = new ArrayList<>();
            row.add(new Cell(wide || style.verbose() ? key.id() : "", Ansi.DIM));
            row.add(Cell.of(style.safe(names.label(key.benchmark()))));
            row.add(Cell.of(style.safe(key.metric())));
            row.add(oneEnvironment ? Cell.EMPTY : Cell.of(style.safe(key.environment())));
            row.add(oneBranch ? Cell.EMPTY : Cell.of(style.safe(key.branch())));
            row.add(Cell.of(Quantity.plain(points.size(), Quantity.DIGITS)));
            if (points.isEmpty()) {
                row.addAll(List.of(Cell.EMPTY, Cell.EMPTY, Cell.EMPTY, Cell.EMPTY));
            } else {
                double last = values.get(values.size() - 1);
                row.add(Cell.of(style.safe(Quantity.of(last, series.unit()))));
                double change = Effect.relativeChange(values.get(0), last);
                row.add(new Cell(points.size() < 2 ? "" : style.safe(Quantity.change(change)), look(series, change)));
                row.add(shape(one.analysis()));
                row.add(new Cell(Sparkline.of(values, newest, style.unicode()), Ansi.CYAN));
            }
            table.add(one.isJudged() ? row : dim(row));
        }
        table.appendTo(out);
        if (shown.size() < all.size()) {
            Paragraph.append("", style.safe(hidden(analyzed, shown, style)), Ansi.DIM, style, out);
        }
        List<String> order = SeriesWords.order(all);
        for (Series series : shown.stream().map(AnalyzedSeries::series).toList()) {
            warnings(
                    series,
                    order,
                    series.key().benchmark().label() + " " + series.key().metric() + ": ",
                    style,
                    out);
        }
        order.forEach(note -> Paragraph.append("note: ", style.safe(note), Ansi.DIM, style, out));
        return out.toString();
    }

    /** Those that need attention and some others, as far as there is room for them, in their order. */
    /** Of a share the groups are its trials, which have no noise of their own. */
    private static boolean isShare(Series series) {
        return series.unit().symbol().equals("%");
    }

    private static List<AnalyzedSeries> firstOf(List<AnalyzedSeries> analyzed) {
        if (analyzed.size() <= MOST_URGENT + MOST_OTHERS) {
            return analyzed;
        }
        List<AnalyzedSeries> shown = new ArrayList<>();
        int urgent = 0;
        int others = 0;
        for (AnalyzedSeries one : analyzed) {
            boolean isUrgent = needsAttention(one);
            urgent += isUrgent ? 1 : 0;
            others += isUrgent ? 0 : 1;
            if (isUrgent ? urgent <= MOST_URGENT : others <= MOST_OTHERS) {
                shown.add(one);
            }
        }
        return shown;
    }

    private static boolean needsAttention(AnalyzedSeries one) {
        return one.isJudged() && (SeriesHeadline.needsAction(one) || SeriesHeadline.failedLast(one));
    }

    /** {@code and 9,940 more series (4,950 need attention): -v, or plumb history NAME (a part of it, or a pattern)}. */
    private static String hidden(List<AnalyzedSeries> all, List<AnalyzedSeries> shown, TextStyle style) {
        int urgent = (int) (all.stream().filter(HistoryText::needsAttention).count()
                - shown.stream().filter(HistoryText::needsAttention).count());
        return "and " + Quantity.plain(all.size() - shown.size(), Quantity.DIGITS) + " more series"
                + (urgent == 0
                        ? ""
                        : " (" + Quantity.plain(urgent, Quantity.DIGITS)
                                + (urgent == 1 ? " needs attention)" : " need attention)"))
                + ": -v, or plumb history NAME" + style.store() + " (part of a name, or a pattern)";
    }

    /** The branch with whose runs a series begins, where that is another one. */
    static Optional<String> base(Series series) {
        return series.points().stream()
                .findFirst()
                .map(point -> point.run().header().revision().branch())
                .filter(branch -> !branch.equals(series.key().branch()));
    }

    private static String continuing(Series series) {
        return base(series).map(branch -> ", continuing " + branch).orElse("");
    }

    private static Ansi look(List<AnalyzedSeries> analyzed) {
        List<AnalyzedSeries> judged =
                analyzed.stream().filter(AnalyzedSeries::isJudged).toList();
        if (judged.stream().anyMatch(one -> SeriesHeadline.needsAction(one) || SeriesHeadline.failedLast(one))) {
            return Ansi.RED;
        }
        return judged.stream().map(AnalyzedSeries::analysis).allMatch(SeriesAnalysis::few) ? Ansi.PLAIN : Ansi.GREEN;
    }

    /** The row of a series that is not judged, dimmed. */
    private static List<Cell> dim(List<Cell> row) {
        return row.stream().map(cell -> new Cell(cell.text(), Ansi.DIM)).toList();
    }

    /** One line for each odd run of a list, the newest twenty of them. */
    public static String disturbed(List<DisturbedRun> runs, TextStyle style) {
        StringBuilder out = new StringBuilder();
        int first = style.verbose() ? 0 : Math.max(0, runs.size() - NEWEST);
        for (DisturbedRun run : runs.subList(first, runs.size())) {
            Paragraph.append(
                    "odd run: ",
                    style.safe(RunWords.time(run.time()) + ", " + RunWords.revision(run.run()) + ": "
                            + DisturbedRun.words(run.odd())),
                    Ansi.YELLOW,
                    style,
                    out);
        }
        return (out.length() == 0 ? "" : "\n") + out;
    }

    /** The main shape of the series, a detected change before its course; empty for a short one. */
    private static Cell shape(SeriesAnalysis analysis) {
        if (SeriesHeadline.tooGood(analysis).isPresent()) {
            return new Cell("too good", Ansi.YELLOW);
        }
        Optional<AnalysisWarning.Unmeasured> gone = SeriesHeadline.unmeasured(analysis);
        if (gone.isPresent()) {
            boolean isExpected = gone.get().missing().isPresent();
            return new Cell(
                    gone.get().environment().isPresent() ? "moved" : isExpected ? "missing" : "no longer measured",
                    isExpected ? Ansi.YELLOW : Ansi.DIM);
        }
        Optional<CalledRegression> standing = SeriesHeadline.standing(analysis);
        if (standing.isPresent()) {
            return new Cell(
                    standing.get()
                            .stated()
                            .map(stated -> TriageWords.state(stated.kind()))
                            .orElse("regressed"),
                    AnalysisText.look(analysis.summary().health()));
        }
        if (SeriesHeadline.improved(analysis).isPresent()) {
            return new Cell("improved", Ansi.GREEN);
        }
        if (SeriesHeadline.possible(analysis).isPresent()) {
            return new Cell(Shape.Word.SUSPECTED.text(), Ansi.YELLOW);
        }
        Shape.Word word = analysis.shape().main().word();
        return word == Shape.Word.UNKNOWN
                ? Cell.EMPTY
                : new Cell(word.text(), AnalysisText.look(analysis.summary().health()));
    }

    /** The rank of a column: it is not left out where two series differ in nothing else. */
    private static int rank(int usual, List<Series> all, Function<SeriesKey, String> other) {
        long apart = all.stream()
                .map(Series::key)
                .map(key -> List.of(key.benchmark(), key.metric(), other.apply(key)))
                .distinct()
                .count();
        return apart < all.size() ? 1 : usual;
    }

    private static boolean isOne(List<Series> all, Function<SeriesKey, String> part) {
        return all.stream().map(Series::key).map(part).distinct().count() == 1;
    }

    private static Ansi look(Series series, double change) {
        if (Math.abs(change) < 0.02) {
            return Ansi.PLAIN;
        }
        return series.better().isWorse(change) ? Ansi.RED : Ansi.GREEN;
    }

    /** @param known notes that apply to all series */
    private static void warnings(
            Series series, List<String> known, String subject, TextStyle style, StringBuilder out) {
        for (String warning : SeriesWords.of(series)) {
            if (!known.contains(warning)) {
                Paragraph.append("warning: ", style.safe(subject + warning), Ansi.YELLOW, style, out);
            }
        }
    }

    /**
     * The course of a series, and its newest points, or all of them where the style is verbose.
     *
     * <p>First its course with the change points and anomalies marked, its shape, a summary and what to do; then one
     * line for each point, oldest first: when it was committed, or measured where a commit's time is not known, which
     * commit, the value, how many forks or executions it has and how they scatter, the change from the point before, a
     * bar as long as the value is large, and a mark where a check judged it bad.
     */
    public static String points(AnalyzedSeries analyzed, TextStyle style) {
        return points(analyzed, List.of(), style);
    }

    /**
     * The same of a series whose branch's newest run does not pass.
     *
     * @param stopped why, as far as the series does not show it
     */
    public static String points(AnalyzedSeries analyzed, List<NewestRun> stopped, TextStyle style) {
        Series series = analyzed.series();
        StringBuilder out = new StringBuilder();
        SeriesKey key = series.key();
        Paragraph.append("", style.safe(Words.label(key) + " · " + key.metric()), Ansi.BOLD, style, out);
        String headline = SeriesHeadline.of(analyzed);
        Paragraph.append(
                "",
                style.safe(
                        stopped.isEmpty() || !headline.endsWith(SeriesHeadline.NO_ACTION)
                                ? headline
                                : headline.substring(0, headline.length() - SeriesHeadline.NO_ACTION.length())),
                headline(analyzed),
                style,
                out);
        stopped.forEach(one -> one.write(style, out));
        Paragraph.append(
                "",
                style.safe(Words.count(series.points().size(), "point", "points") + ", "
                        + Words.lower(series.better()) + " is better, branch " + key.branch() + continuing(series)
                        + ", environment "
                        + key.environment() + ", id " + key.id()),
                Ansi.DIM,
                style,
                out);
        AnalysisText.body(analyzed.analysis(), style, out);
        if (analyzed.isJudged()) {
            AnalysisText.advice(analyzed.analysis(), style, out);
        }
        AnalysisText.warnings(analyzed.analysis(), style, out);
        if (!series.points().isEmpty()) {
            out.append('\n');
            pointTable(series, style).appendTo(out);
        }
        int older = series.points().size() - NEWEST;
        if (older > 0 && !style.verbose()) {
            String hidden = "… and " + Words.count(older, "older point", "older points") + "; --points lists them";
            Paragraph.append("", style.safe(hidden), Ansi.DIM, style, out);
        }
        warnings(series, List.of(), "", style, out);
        return out.toString();
    }

    private static Ansi headline(AnalyzedSeries analyzed) {
        if (!analyzed.isJudged()) {
            return Ansi.PLAIN;
        }
        boolean isGone = SeriesHeadline.unmeasured(analyzed.analysis()).isPresent();
        return isGone && SeriesHeadline.needsAction(analyzed)
                ? Ansi.YELLOW
                : AnalysisText.look(analyzed.analysis().summary().health());
    }

    private static Table pointTable(Series series, TextStyle style) {
        boolean committed = series.points().stream()
                .allMatch(point -> point.run().header().revision().commitTime().isPresent());
        Table table = new Table(
                style,
                List.of(
                        Column.whole(committed ? "committed" : "measured", false, 4),
                        new Column("commit", false, 0, 10, 6),
                        Column.whole("value", true, 0),
                        Column.whole("n", true, 3),
                        Column.whole("change", true, 2),
                        Column.whole("", false, 5),
                        Column.whole("", false, 0)));
        double largest = series.points().stream()
                .mapToDouble(point -> Math.abs(point.value()))
                .max()
                .orElse(0);
        List<Point> points = series.points();
        int first = style.verbose() ? 0 : Math.max(0, points.size() - NEWEST);
        Point before = first == 0 ? null : points.get(first - 1);
        for (Point point : points.subList(first, points.size())) {
            double change = before == null ? 0 : Effect.relativeChange(before.value(), point.value());
            table.add(List.of(
                    new Cell(
                            RunWords.time(
                                    committed
                                            ? point.run().time()
                                            : point.run().header().time()),
                            Ansi.DIM),
                    Cell.of(style.safe(point.run().header().revision().shortCommit())),
                    Cell.of(style.safe(Quantity.of(
                            point.value(),
                            series.unit(),
                            point.groupDeviation() > 0 ? point.groupDeviation() : Double.NaN))),
                    new Cell(
                            point.groupCount() < 2
                                    ? ""
                                    : style.safe(Quantity.plain(point.groupCount(), Quantity.DIGITS)
                                            + (point.groupDeviation() == 0 && isShare(series)
                                                    ? ""
                                                    : " ±" + Percent.of(point.groupDeviation()))),
                            Ansi.DIM),
                    new Cell(before == null ? "" : style.safe(Quantity.change(change)), look(series, change)),
                    new Cell(bar(point.value(), largest, style), Ansi.CYAN),
                    new Cell(
                            point.judgedBad() ? style.safe("✗ bad".substring(style.unicode() ? 0 : 2)) : "",
                            Ansi.BOLD_RED)));
            before = point;
        }
        return table;
    }

    /** A bar from zero, as long as the value's size is of the largest one's. */
    private static String bar(double value, double largest, TextStyle style) {
        int most = style.width() >= 120 ? 40 : 16;
        int eighths = largest == 0 ? 0 : (int) Math.round(Math.abs(value) / largest * most * 8);
        if (!style.unicode()) {
            return "#".repeat(Math.round(eighths / 8f));
        }
        String rest = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
        return "█".repeat(eighths / 8) + rest;
    }
}
