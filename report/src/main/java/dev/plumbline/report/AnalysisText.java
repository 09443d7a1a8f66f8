package dev.plumbline.report;

import dev.plumbline.core.detect.Change;
import dev.plumbline.core.detect.ChangeMethod;
import dev.plumbline.core.detect.SeriesAnalysis;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.steps.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Analysed series for a terminal: what each is, its course with the change points marked, and a line for each of them.
 */
public final class AnalysisText {
    private static final int MOST_COLUMNS = 100;

    private AnalysisText() {}

    /** One series: two lines and one more for each change point and each warning, the last one empty. */
    public static String of(SeriesAnalysis analysis, TextStyle style) {
        StringBuilder out = new StringBuilder();
        heading(analysis, style, out);
        course(analysis, style, out);
        for (Change change : analysis.changes()) {
            change(analysis, change, style, out);
        }
        for (String warning : analysis.warnings()) {
            Paragraph.append("  warning: ", style.safe(warning), Ansi.YELLOW, style, out);
        }
        return out.append('\n').toString();
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

    private static void heading(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        String name = Words.label(analysis.key()) + " · " + analysis.key().metric();
        Paragraph.append("", style.safe(name), Ansi.BOLD, style, out);
        StringBuilder state = new StringBuilder(Words.count(analysis.values().size(), "value", "values"));
        analysis.current().ifPresent(current -> {
            double noise = current.relativeNoise().orElse(Double.NaN);
            state.append(", now ").append(Quantity.of(current.level(), analysis.unit(), noise));
            if (current.relativeNoise().isPresent()) {
                state.append(" with noise of ").append(Quantity.percent(noise));
            }
        });
        state.append(": ").append(Words.lower(analysis.verdict()));
        Paragraph.append("  ", style.safe(state.toString()), Ansi.DIM, style, out);
        if (analysis.method().name() != ChangeMethod.Name.STEPS) {
            Paragraph.append("  ", style.safe(method(analysis.method())), Ansi.DIM, style, out);
        }
    }

    /** {@code by pelt, penalty 3, minimum segment 1; it tells no p-value}. */
    private static String method(ChangeMethod method) {
        StringBuilder words = new StringBuilder("by ").append(method.name().text());
        method.settings().forEach((name, value) -> words.append(", ")
                .append(name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT))
                .append(' ')
                .append(value));
        return words.append("; it tells no ")
                .append(method.notGiven().stream().map(AnalysisText::words).collect(Collectors.joining(", no ")))
                .toString();
    }

    private static String words(ChangeMethod.Evidence evidence) {
        return switch (evidence) {
            case CONFIDENCE_INTERVAL -> "interval of the size";
            case POSITION_INTERVAL -> "interval of the place";
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
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            medians.add(median(analysis.values().subList(start(i, size, columns), start(i + 1, size, columns))));
        }
        out.append("  ")
                .append(style.paint(Sparkline.of(medians, columns, style.unicode()), Ansi.CYAN))
                .append('\n');
        List<Change> changes = analysis.changes();
        if (changes.isEmpty()) {
            return;
        }
        Ansi[] looks = new Ansi[columns];
        for (Change change : changes) {
            int column = 0;
            while (column + 1 < columns && start(column + 1, size, columns) <= change.index()) {
                column++;
            }
            looks[column] = look(analysis, change);
        }
        StringBuilder marks = new StringBuilder("  ");
        int last = columns;
        while (looks[last - 1] == null) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            marks.append(looks[i] == null ? " " : style.paint(style.unicode() ? "▲" : "^", looks[i]));
        }
        out.append(marks).append('\n');
    }

    private static int start(int column, int size, int columns) {
        return (int) ((long) column * size / columns);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void change(SeriesAnalysis analysis, Change change, TextStyle style, StringBuilder out) {
        String revision = analysis.revisions().get(change.index());
        double uncertainty = change.confidenceInterval()
                .map(interval -> interval.width() / 2)
                .orElse(Double.NaN);
        Quantity.Pair levels = Quantity.pair(
                change.before(),
                change.after(),
                analysis.unit(),
                Double.isFinite(uncertainty) ? uncertainty : Double.NaN);
        boolean suspect = change.tier() == Tier.SUSPECT;
        String direction = Words.direction(analysis, change);
        String what = (suspect ? "suspected " : "") + (direction.equals("none") ? "change" : direction);
        String place = " at " + change.index()
                + change.positions()
                        .filter(positions -> positions.first() < positions.last())
                        .map(positions -> " (" + positions.first() + " to " + positions.last() + ")")
                        .orElse("")
                + (revision.isEmpty() ? "" : ", commit " + revision.substring(0, Math.min(10, revision.length())));
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
        });
        change.detectedAt().ifPresent(seen -> words.append(", noticed at ").append(seen));
        Paragraph.append(
                "  " + sign(change, direction, style) + " ",
                style.safe(words.toString()),
                look(analysis, change),
                style,
                out);
    }

    private static String sign(Change change, String direction, TextStyle style) {
        if (change.tier() == Tier.SUSPECT) {
            return "?";
        }
        return switch (direction) {
            case "regression" -> style.unicode() ? "✗" : "x";
            case "improvement" -> style.unicode() ? "✓" : "+";
            default -> "=";
        };
    }

    private static Ansi look(SeriesAnalysis analysis, Change change) {
        if (change.tier() == Tier.SUSPECT) {
            return Ansi.YELLOW;
        }
        return analysis.isWorse(change) ? Ansi.RED : Ansi.GREEN;
    }
}
