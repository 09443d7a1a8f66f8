package dev.plumbline.report;

import dev.plumbline.core.detect.SeriesAnalysis;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        for (Step step : analysis.changes()) {
            change(analysis, step, style, out);
        }
        for (String warning : analysis.warnings()) {
            Paragraph.append("  warning: ", style.safe(warning), Ansi.YELLOW, style, out);
        }
        return out.append('\n').toString();
    }

    /** The sentence under all series: how many there are and how many changed. */
    public static String summary(List<SeriesAnalysis> all, TextStyle style) {
        long changed = all.stream()
                .filter(analysis -> !analysis.steps().steps().isEmpty())
                .count();
        long suspects = all.stream()
                .filter(analysis -> analysis.steps().suspect().isPresent())
                .count();
        return style.safe(Words.count(all.size(), "series", "series") + ", " + changed + " with confirmed changes, "
                        + suspects + " with a suspected one")
                + "\n";
    }

    private static void heading(SeriesAnalysis analysis, TextStyle style, StringBuilder out) {
        String name = Words.label(analysis.key()) + " · " + analysis.key().metric();
        Paragraph.append("", style.safe(name), Ansi.BOLD, style, out);
        StringBuilder state = new StringBuilder(Words.count(analysis.values().size(), "value", "values"));
        analysis.steps().regime().ifPresent(regime -> state.append(", now ")
                .append(Quantity.of(regime.level(), analysis.unit(), regime.relativeNoise()))
                .append(" with noise of ")
                .append(Quantity.percent(regime.relativeNoise())));
        state.append(": ").append(Words.lower(analysis.verdict()));
        Paragraph.append("  ", style.safe(state.toString()), Ansi.DIM, style, out);
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
        List<Step> changes = analysis.changes();
        if (changes.isEmpty()) {
            return;
        }
        Ansi[] looks = new Ansi[columns];
        for (Step step : changes) {
            int column = 0;
            while (column + 1 < columns && start(column + 1, size, columns) <= step.index()) {
                column++;
            }
            looks[column] = look(analysis, step);
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

    private static void change(SeriesAnalysis analysis, Step step, TextStyle style, StringBuilder out) {
        String revision = analysis.revisions().get(step.index());
        double uncertainty = (step.high() - step.low()) / 2;
        Quantity.Pair levels = Quantity.pair(
                step.before(), step.after(), analysis.unit(), Double.isFinite(uncertainty) ? uncertainty : Double.NaN);
        boolean suspect = step.tier() == Tier.SUSPECT;
        String sign = suspect ? "?" : analysis.isWorse(step) ? "✗" : "✓";
        String asciiSign = suspect ? "?" : analysis.isWorse(step) ? "x" : "+";
        String what = (suspect ? "suspected " : "") + (analysis.isWorse(step) ? "regression" : "improvement");
        String place = " at " + step.index()
                + (step.firstIndex() == step.lastIndex()
                        ? ""
                        : " (" + step.firstIndex() + " to " + step.lastIndex() + ")")
                + (revision.isEmpty() ? "" : ", commit " + revision.substring(0, Math.min(10, revision.length())));
        String size = levels.before() + " → " + levels.after() + ", " + Quantity.change(step.relativeChange())
                + (Double.isInfinite(step.relativeChange()) || Double.isNaN(uncertainty)
                        ? ""
                        : " (" + Words.range(new Interval(step.low(), step.high(), 0.95)) + ")");
        String probability = Quantity.probability(step.pValue());
        String words = what + place + ": " + size + ", p " + (probability.startsWith("<") ? "" : "= ") + probability;
        Paragraph.append(
                "  " + (style.unicode() ? sign : asciiSign) + " ", style.safe(words), look(analysis, step), style, out);
    }

    private static Ansi look(SeriesAnalysis analysis, Step step) {
        if (step.tier() == Tier.SUSPECT) {
            return Ansi.YELLOW;
        }
        return analysis.isWorse(step) ? Ansi.RED : Ansi.GREEN;
    }
}
