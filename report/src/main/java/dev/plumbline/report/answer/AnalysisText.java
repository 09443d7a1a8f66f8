package dev.plumbline.report.answer;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.shape.SeriesSummary;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Health;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.Tier;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.shape.AnalysisWords;
import dev.plumbline.report.shape.SeriesHeadline;
import dev.plumbline.report.shape.ShapeWords;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Analysed series for a terminal: the name, the course with change points and anomalies marked, a line for each change
 * point, the shape in sentences, and recommendations.
 */
public final class AnalysisText {
    private static final int MOST_COLUMNS = 100;

    private static final int MOST_ANOMALIES = 5;

    /** The course may have a step a few places beside the change that was found. */
    private static final int NEARBY = 5;

    private AnalysisText() {}

    /** One series: two lines and one more for each change point and each warning, the last one empty. */
    public static String of(SeriesAnalysis analysis, TextStyle style) {
        StringBuilder out = new StringBuilder();
        heading(analysis, style, out);
        body(analysis, style, out);
        advice(analysis, style, out);
        warnings(analysis, style, out);
        return out.append('\n').toString();
    }

    /** The course, the changes and the shape. */
    static void body(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        for (CalledRegression called : analysis.called()) {
            if (called.isAccepted() && SeriesHeadline.standing(analysis).equals(Optional.of(called))) {
                continue; // the headline shows it
            }
            Paragraph.append(
                    called.isAccepted() ? "  - " : style.unicode() ? "  ✗ " : "  x ",
                    style.safe(ShapeWords.called(analysis, called)),
                    called.isOpen() ? Ansi.RED : Ansi.PLAIN,
                    style,
                    out);
        }
        course(analysis, style, out);
        for (SeriesChange change : analysis.changes()) {
            boolean isTold = change.tier() == Tier.SUSPECT
                    && (SeriesHeadline.isAccepted(analysis, change.index()) || isCalled(analysis, change.index()));
            if (!isTold) {
                change(analysis, change, style, out);
            }
        }
        shape(analysis, style, out);
    }

    /** Whether a check has detected what began at an index: its own sentence reports it. */
    private static boolean isCalled(SeriesAnalysis analysis, int index) {
        return analysis.called().stream().anyMatch(one -> one.index() == index);
    }

    /** The sentence under all series: how many there are and how many changed. */
    public static String summary(List<SeriesAnalysis> all, TextStyle style) {
        long changed =
                all.stream().filter(analysis -> !analysis.confirmed().isEmpty()).count();
        long suspects =
                all.stream().filter(analysis -> analysis.suspect().isPresent()).count();
        return style.safe(Words.count(all.size(), "series", "series") + ", " + changed + " with confirmed changes, "
                        + suspects + " with a suspected one")
                + "\n";
    }

    /** The shape's sentences, the anomalies farthest off, and the summary. */
    private static void shape(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        for (String sentence : ShapeWords.furtherSentences(analysis)) {
            Paragraph.append("  ", style.safe(sentence), Ansi.PLAIN, style, out);
        }
        List<Anomaly> anomalies = analysis.shape().anomalies();
        List<Anomaly> shown = style.verbose()
                ? anomalies
                : anomalies.stream()
                        .sorted(Comparator.comparingDouble(Anomaly::severity).reversed())
                        .limit(MOST_ANOMALIES)
                        .sorted(Comparator.comparingInt(Anomaly::first))
                        .toList();
        for (Anomaly anomaly : shown) {
            Paragraph.append("  ! ", style.safe(ShapeWords.anomaly(analysis, anomaly)), Ansi.YELLOW, style, out);
        }
        if (shown.size() < anomalies.size()) {
            String more =
                    "… and " + Words.count(anomalies.size() - shown.size(), "anomaly", "anomalies") + " less extreme";
            Paragraph.append("    ", style.safe(more), Ansi.DIM, style, out);
        }
        SeriesSummary summary = analysis.summary();
        if (summary.noise().isPresent()) {
            Paragraph.append("  ", style.safe(ShapeWords.summary(summary)), look(summary.health()), style, out);
        }
    }

    /** Writes the recommendations. */
    static void advice(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        for (String advice : ShapeWords.advice(analysis)) {
            Paragraph.append(style.unicode() ? "  → " : "  > ", style.safe(advice), Ansi.PLAIN, style, out);
        }
    }

    static void warnings(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        for (String warning : AnalysisWords.of(analysis)) {
            Paragraph.append("  warning: ", style.safe(warning), Ansi.YELLOW, style, out);
        }
    }

    static Ansi look(Health health) {
        return switch (health) {
            case GOOD -> Ansi.GREEN;
            case WATCH -> Ansi.YELLOW;
            case POOR, CRITICAL -> Ansi.RED;
        };
    }

    private static void heading(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        String name = Words.label(analysis.key()) + " · " + analysis.key().metric();
        Paragraph.append("", style.safe(name), Ansi.BOLD, style, out);
        StringBuilder state = new StringBuilder(Words.count(analysis.values().size(), "value", "values"));
        analysis.current().ifPresent(current -> {
            double noise = current.relativeNoise().orElse(Double.NaN);
            state.append(", now ").append(Quantity.of(current.level(), analysis.unit(), noise));
            // one value has no noise that could be shown
            if (current.relativeNoise().isPresent() && analysis.values().size() > 1) {
                state.append(" with noise of ").append(Percent.of(noise));
            }
        });
        state.append(": ").append(verdict(analysis));
        Paragraph.append("  ", style.safe(state.toString()), Ansi.DIM, style, out);
        if (analysis.method().name() != ChangeMethod.Name.STEPS) {
            Paragraph.append("  ", style.safe(method(analysis.method())), Ansi.DIM, style, out);
        }
    }

    /** The verdict, which is about steps; a series that climbs without any is not reported as constant. */
    private static String verdict(SeriesAnalysis analysis) {
        boolean isSlope = analysis.verdict() == Verdict.Kind.UNCHANGED
                && analysis.shape().find(Shape.Trending.class).isPresent();
        return isSlope ? "no change point, a trend" : Words.lower(analysis.verdict());
    }

    /** {@code by pelt, penalty 3, minimum segment 1; it reports no p-value}. */
    private static String method(ChangeMethod method) {
        StringBuilder words = new StringBuilder("by ").append(method.name().text());
        method.settings().forEach((name, value) -> words.append(", ")
                .append(name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT))
                .append(' ')
                .append(value));
        return words.append("; it reports no ")
                .append(method.notGiven().stream().map(AnalysisText::words).collect(Collectors.joining(", no ")))
                .toString();
    }

    private static String words(ChangeMethod.Evidence evidence) {
        return switch (evidence) {
            case CONFIDENCE_INTERVAL -> "confidence interval of the size";
            case POSITION_INTERVAL -> "confidence interval of the position";
            case P_VALUE -> "p-value";
        };
    }

    /** The values as bars, and under them a mark where a level begins; long series share a column among neighbours. */
    private static void course(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        int size = analysis.values().size();
        if (size == 0) {
            return;
        }
        int columns = Math.min(size, Math.min(MOST_COLUMNS, style.width() - 2));
        out.append("  ")
                .append(style.paint(Sparkline.ofAll(analysis.values(), columns, style.unicode()), Ansi.CYAN))
                .append('\n');
        String[] marks = new String[columns];
        for (Anomaly anomaly : analysis.shape().anomalies()) {
            marks[column(anomaly.first(), size, columns)] = style.paint("!", Ansi.YELLOW);
        }
        for (SeriesChange change : analysis.changes()) {
            if (isStep(analysis, change)) {
                marks[column(change.index(), size, columns)] =
                        style.paint(style.unicode() ? "▲" : "^", look(analysis, change));
            }
        }
        int last = columns;
        while (last > 0 && marks[last - 1] == null) {
            last--;
        }
        if (last == 0) {
            return;
        }
        out.append("  ");
        for (int i = 0; i < last; i++) {
            out.append(marks[i] == null ? " " : marks[i]);
        }
        out.append('\n');
    }

    /** Whether the shape has a new level there too; what a slope, noise or modes explain is no step. */
    private static boolean isStep(SeriesAnalysis analysis, SeriesChange change) {
        if (analysis.method().name() != ChangeMethod.Name.STEPS) {
            return true;
        }
        if (change.tier() == Tier.SUSPECT) {
            return analysis.shape().segments().stream()
                    .allMatch(segment ->
                            segment.isLevel() || change.index() < segment.first() || change.index() >= segment.end());
        }
        return analysis.shape().hasNewLevelNear(change.index(), NEARBY);
    }

    /** The description of a change that is no step of the course. */
    private static String instead(SeriesAnalysis analysis, SeriesChange change) {
        for (Segment segment : analysis.shape().segments()) {
            if (segment.first() <= change.index() && change.index() < segment.end() && !segment.isLevel()) {
                return "part of the trend"
                        + (segment.first() == 0
                                ? " since the beginning"
                                : " since " + Words.placeName(analysis, segment.first()));
            }
        }
        if (analysis.shape()
                .find(Shape.Volatile.class)
                .filter(noisy -> Math.abs(noisy.change().index() - change.index()) <= NEARBY)
                .isPresent()) {
            return "the noise changed there";
        }
        if (analysis.shape().find(Shape.Multimodal.class).isPresent()) {
            return "the values alternate between several levels";
        }
        if (analysis.shape().find(Shape.Seasonal.class).isPresent()) {
            return "explained by seasonality";
        }
        return analysis.shape().segments().stream()
                .filter(segment -> segment.first() <= change.index() && change.index() < segment.end())
                .findFirst()
                .map(segment -> "within the noise of the whole series, " + Percent.of(segment.noise()))
                .orElse("within the noise of the whole series");
    }

    private static int column(int index, int size, int columns) {
        int column = 0;
        while (column + 1 < columns && Sparkline.start(column + 1, size, columns) <= index) {
            column++;
        }
        return column;
    }

    private static void change(SeriesAnalysis analysis, SeriesChange change, TextStyle style, StringBuilder out) {
        double uncertainty = change.confidenceInterval()
                .map(interval -> interval.width() / 2)
                .orElse(Double.NaN);
        Quantity.Pair levels = ShapeWords.levels(change, analysis.unit());
        boolean suspect = change.tier() == Tier.SUSPECT;
        String direction = Words.direction(analysis, change);
        boolean step = isStep(analysis, change);
        String what = (suspect ? "suspected " : "") + (direction.equals("none") || !step ? "change" : direction);
        String place = " " + Words.placeBy(analysis, change.index())
                + change.positions()
                        .filter(positions -> !Words.placeName(analysis, positions.first())
                                .equals(Words.placeName(analysis, positions.last())))
                        .map(positions -> " (or between " + Words.placeName(analysis, positions.first()) + " and "
                                + Words.placeName(analysis, positions.last()) + ")")
                        .orElse("");
        StringBuilder words = new StringBuilder(what)
                .append(place)
                .append(": ")
                .append(levels.before())
                .append(" → ")
                .append(levels.after())
                .append(", ")
                .append(Quantity.change(change.relativeChange()));
        if (Double.isFinite(change.relativeChange()) && !Double.isNaN(uncertainty)) {
            Interval interval = change.confidenceInterval().orElseThrow();
            words.append(" (").append(Words.range(interval)).append(")");
        }
        change.pValue().ifPresent(value -> {
            String probability = Quantity.probability(value);
            words.append(", p ").append(probability.startsWith("<") ? "" : "= ").append(probability);
            words.append(change.test().filter(SeriesChange.Test.RANKS::equals).isPresent() ? " by ranks" : "");
        });
        if (!step) {
            words.append("; no step: ").append(instead(analysis, change));
        }
        if (!analysis.saidOf(change).equals(Annotated.NONE)) {
            words.append("; ").append(TriageWords.stated(analysis.saidOf(change)));
        }
        change.detectedAt().ifPresent(seen -> words.append(", noticed ").append(Words.place(analysis, seen)));
        Paragraph.append(
                "  " + (step ? sign(change, direction, style) : "=") + " ",
                style.safe(words.toString()),
                step ? look(analysis, change) : Ansi.DIM,
                style,
                out);
    }

    private static String sign(SeriesChange change, String direction, TextStyle style) {
        if (change.tier() == Tier.SUSPECT) {
            return "?";
        }
        return switch (direction) {
            case "regression" -> style.unicode() ? "✗" : "x";
            case "improvement" -> style.unicode() ? "✓" : "+";
            default -> "=";
        };
    }

    private static Ansi look(SeriesAnalysis analysis, SeriesChange change) {
        if (change.tier() == Tier.SUSPECT) {
            return Ansi.YELLOW;
        }
        return analysis.isWorse(change) ? Ansi.RED : Ansi.GREEN;
    }
}
