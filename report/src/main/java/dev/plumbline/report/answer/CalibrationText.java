package dev.plumbline.report.answer;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.SuiteOrigin;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A calibration for a terminal. */
public final class CalibrationText {
    private static final int MOST_SERIES = 20;

    private CalibrationText() {}

    /**
     * All of it, in sentences and tables.
     *
     * @param origin of the histories; empty for those of files
     * @param policy the one that was calibrated; its error rate for a suite is what the advice at the end aims at
     */
    public static String of(Calibration calibration, Optional<SuiteOrigin> origin, Policy policy, TextStyle style) {
        StringBuilder out = new StringBuilder();
        if (calibration.series() == 0) {
            Paragraph.append(
                    "",
                    style.safe("no series is long enough to replay"
                            + origin.map(SuiteOrigin::words).orElse("")
                            + (calibration.leftOut() > 0
                                    ? "; "
                                            + (calibration.leftOut() == 1
                                                    ? "1 is too short: it needs "
                                                    : calibration.leftOut() + " are too short: each needs ")
                                            + policy.minimumRuns() + " runs that were not judged regressions"
                                    : "")),
                    Ansi.YELLOW,
                    style,
                    out);
            return out.toString();
        }
        head(calibration, origin, style, out);
        detections(calibration, style, out);
        detectable(calibration, style, out);
        advice(calibration, policy.suiteErrorRate(), style, out);
        return out.toString();
    }

    private static void head(
            Calibration calibration, Optional<SuiteOrigin> origin, TextStyle style, StringBuilder out) {
        Paragraph.append(
                "",
                style.safe(Words.count(calibration.series(), "series", "series") + " replayed"
                        + (calibration.leftOut() > 0 ? ", " + calibration.leftOut() + " left out" : "")
                        + origin.map(SuiteOrigin::words).orElse("")),
                Ansi.BOLD,
                style,
                out);
        out.append('\n');
        line("Of " + calibration.healthyRuns() + " healthy runs", style, out);
        item(Percent.of(calibration.closed()) + " failed the gate", style, out);
        item(Percent.of(calibration.called()) + " reported a regression of any size", style, out);
        item(Percent.of(calibration.tooGood()) + " reported a result too good to be true", style, out);
        item(Percent.of(calibration.suspected()) + " of all judgements asked for another run", style, out);
    }

    private static void detections(Calibration calibration, TextStyle style, StringBuilder out) {
        if (calibration.detections().isEmpty()) {
            return; // margins and floors let each of these sizes pass
        }
        out.append('\n');
        line("Detection rate of injected regressions by size, within the given number of runs", style, out);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.whole("size", true, 0));
        for (Calibration.Within within : calibration.detections().get(0).within()) {
            columns.add(Column.whole(Words.count(within.runs(), "run", "runs"), true, 0));
        }
        columns.add(Column.whole("mean delay", true, 1));
        columns.add(Column.whole("± at most", true, 2));
        Table table = new Table(style, columns);
        for (Calibration.Detection detection : calibration.detections()) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(style.safe(Percent.exact(detection.size()))));
            double widest = 0;
            for (Calibration.Within within : detection.within()) {
                row.add(Cell.of(style.safe(Percent.whole(within.found().share()))));
                widest = Math.max(widest, within.found().interval(0.95).width() / 2);
            }
            row.add(Cell.of(
                    detection.meanDelay().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.1f", detection.meanDelay().getAsDouble())
                            : ""));
            row.add(new Cell(style.safe(Percent.whole(widest)), Ansi.DIM));
            table.add(row);
        }
        table.appendTo(out);
    }

    private static void detectable(Calibration calibration, TextStyle style, StringBuilder out) {
        out.append('\n');
        line("Minimum detectable change with one run (99 % probability), worst series first", style, out);
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 1, 10, 6),
                        Column.whole("noise", true, 0),
                        Column.whole("detects", true, 0)));
        List<Calibration.Detectable> worst = calibration.detectable().stream()
                .sorted(Comparator.comparingDouble(
                                (Calibration.Detectable one) -> -one.change().orElse(Double.POSITIVE_INFINITY))
                        .thenComparing(Calibration.Detectable::key))
                .toList();
        int shown = style.verbose() ? worst.size() : Math.min(MOST_SERIES, worst.size());
        for (Calibration.Detectable one : worst.subList(0, shown)) {
            table.add(List.of(
                    Cell.of(style.safe(one.key().benchmark().label())),
                    Cell.of(style.safe(one.key().metric())),
                    Cell.of(style.safe(Percent.of(one.noise()))),
                    Cell.of(style.safe(
                            one.change().isPresent() ? Percent.of(one.change().getAsDouble()) : "none"))));
        }
        table.appendTo(out);
        if (shown < worst.size()) {
            line("… and " + (worst.size() - shown) + " more, all better; list them with --verbose", style, out);
        }
    }

    private static void advice(Calibration calibration, double target, TextStyle style, StringBuilder out) {
        out.append('\n');
        for (Calibration.Confirming confirming : calibration.confirming()) {
            String runs = confirming.runs().isPresent()
                    ? (confirming.runs().getAsInt() == 1
                            ? "one run is enough"
                            : "run each commit " + confirming.runs().getAsInt() + " times")
                    : "not even twenty runs per commit are enough";
            line(
                    "To detect " + Percent.exact(confirming.size()) + " in nine of ten series: " + runs
                            + " (one run detects it in "
                            + Percent.whole(confirming.reached().share()) + " of the series)",
                    style,
                    out);
        }
        Optional<Severity> severity = calibration.severityFor(target);
        String blockAt = severity.map(least -> least == Severity.NONE ? "any" : Words.lower(least))
                .map(least -> "--block-at " + least + " is the strictest setting that achieves it here")
                .orElse("no severity achieves it here; the suite is noisier than its history suggests");
        line("To fail the gate on at most " + Percent.exact(target) + " of healthy runs: " + blockAt, style, out);
    }

    /** A line of a list. */
    private static void item(String text, TextStyle style, StringBuilder out) {
        Paragraph.append("  ", style.safe(text), Ansi.PLAIN, style, out);
    }

    private static void line(String text, TextStyle style, StringBuilder out) {
        Paragraph.append("", style.safe(text), Ansi.PLAIN, style, out);
    }
}
