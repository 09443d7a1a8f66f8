package dev.plumbline.report.answer;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.HistoryWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The thresholds of one series for a terminal. */
public final class ThresholdText {
    private static final int RULE_INDENT = 14;

    /** From how many times the noise on a detectable change is explained. */
    private static final int MUCH = 4;

    private ThresholdText() {}

    /**
     * The rules that set each threshold, and the minimum detectable change.
     *
     * @param runs of the series' history
     * @param sensitivity empty when the history is too short
     */
    public static String of(
            Thresholds.Resolution resolution, int runs, Optional<Sensitivity> sensitivity, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append(
                "",
                style.safe(resolution.key().benchmark().label() + " "
                        + resolution.key().metric() + " (kind "
                        + resolution.kind().word() + ") in " + resolution.key().environment() + " on "
                        + resolution.key().branch()),
                Ansi.BOLD,
                style,
                out);
        if (sensitivity.isEmpty()) {
            line(
                    "The history has " + Words.count(runs, "run", "runs")
                            + "; the minimum detectable change needs at least "
                            + resolution.policy().minimumRuns() + " runs",
                    style,
                    out);
        } else {
            outlook(sensitivity.get(), style, out);
        }
        out.append('\n');
        // no table: which rule won is what people ask for, and a cut place is none
        for (Thresholds.Decision decision : resolution.decisions()) {
            Paragraph.append(
                    TerminalText.padRight(decision.property().key(), RULE_INDENT),
                    style.safe(decision.value() + " from "
                            + decision.winner().map(ThresholdText::why).orElse("default") + over(decision.beaten())),
                    Ansi.PLAIN,
                    style,
                    out);
        }
        sensitivity.ifPresent(known -> known.replay().ifPresent(replay -> replay(replay, known, style, out)));
        return out.toString();
    }

    /**
     * One of several series, as a list has it.
     *
     * @param runs of its history
     * @param sensitivity empty when the history is too short
     */
    public record Row(SeriesKey key, int runs, Optional<Sensitivity> sensitivity) {}

    /** A row for each of several series, below the middle and the largest of what one run detects of them. */
    public static String list(List<Row> rows, TextStyle style) {
        StringBuilder out = new StringBuilder();
        SharedNames names =
                SharedNames.of(rows.stream().map(row -> row.key().benchmark()).toList());
        List<Row> known = rows.stream()
                .filter(row -> detectable(row).isPresent())
                .sorted(Comparator.comparingDouble(row -> detectable(row).getAsDouble()))
                .toList();
        if (!known.isEmpty()) {
            Row largest = known.get(known.size() - 1);
            line(
                    "Minimum detectable change with one run: "
                            + Percent.of(detectable(known.get((known.size() - 1) / 2))
                                    .getAsDouble())
                            + " (median of " + Words.count(known.size(), "series", "series") + ")",
                    style,
                    out);
            line(
                    "Largest: " + Percent.of(detectable(largest).getAsDouble()) + " for "
                            + names.label(largest.key().benchmark()) + " "
                            + largest.key().metric(),
                    style,
                    out);
            out.append('\n');
        }
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 24, 8),
                        new Column("metric", false, 0, 10, 6),
                        Column.whole("detects", true, 0),
                        Column.whole("noise", true, 1),
                        Column.whole("runs", true, 2)));
        for (Row row : rows) {
            table.add(List.of(
                    Cell.of(style.safe(names.label(row.key().benchmark()))),
                    Cell.of(style.safe(row.key().metric())),
                    Cell.of(style.safe(
                            detectable(row).isPresent()
                                    ? "≥ " + Percent.of(detectable(row).getAsDouble())
                                    : "")),
                    Cell.of(row.sensitivity()
                            .map(one -> Percent.of(one.noise()))
                            .orElse("")),
                    Cell.of(Quantity.plain(row.runs(), Quantity.DIGITS))));
        }
        table.appendTo(out);
        Paragraph.append("", style.safe("rules and details: -v, or the name of one benchmark"), Ansi.DIM, style, out);
        return out.toString();
    }

    private static OptionalDouble detectable(Row row) {
        return row.sensitivity().map(Sensitivity::detectable).orElse(OptionalDouble.empty());
    }

    private static String why(Thresholds.RuleValue stated) {
        return stated.rule().name() + ", " + stated.rule().scope();
    }

    private static String over(List<Thresholds.RuleValue> beaten) {
        return beaten.isEmpty()
                ? ""
                : "; over "
                        + beaten.stream()
                                .map(stated -> stated.value() + " from "
                                        + stated.rule().name())
                                .collect(Collectors.joining(", "));
    }

    private static void outlook(Sensitivity known, TextStyle style, StringBuilder out) {
        String least = HistoryWords.sentence(known.ofNextRun());
        line(Character.toUpperCase(least.charAt(0)) + least.substring(1), style, out);
        line(
                "Noise " + Percent.of(known.noise()) + " over " + Words.count(known.runs(), "run", "runs")
                        + "; suite of " + Words.count(known.suiteSize(), "series", "series"),
                style,
                out);
        why(known).ifPresent(words -> line(words, style, out));
    }

    /**
     * The reason why the change is much larger than the noise, where it is: people expect noise alone to decide.
     * Nothing is a multiple of the noise of a series that never moved.
     */
    private static Optional<String> why(Sensitivity known) {
        if (known.detectable().isEmpty()
                || known.noise() == 0
                || !(known.detectable().getAsDouble() > MUCH * known.noise())) {
            return Optional.empty();
        }
        return Optional.of(Math.round(known.detectable().getAsDouble() / known.noise())
                + " × the noise: the limit allows for chance changes in "
                + Words.count(known.suiteSize(), "series", "series") + ", and the noise is estimated from only "
                + Words.count(known.runs(), "run", "runs") + ". More runs per commit or a longer history help");
    }

    private static void replay(Sensitivity.Replayed replay, Sensitivity known, TextStyle style, StringBuilder out) {
        out.append('\n');
        line(
                "False-positive rate " + Percent.of(replay.falseAlarms()) + ", suspects "
                        + Percent.of(replay.suspected()) + ": "
                        + Words.count(replay.falseAlarms().count(), "replayed healthy run", "replayed healthy runs"),
                style,
                out);
        if (known.detectable().isPresent() && replay.atDetectable().isEmpty()) {
            line("The level is zero: any other value is a change", style, out);
            return;
        }
        replay.atDetectable()
                .ifPresent(found -> line(
                        "Detection rate " + Percent.of(found) + ": regressions of "
                                + Percent.of(known.detectable().orElseThrow())
                                + " injected into the next run of this history",
                        style,
                        out));
        out.append('\n');
        line("Detection rate by size and runs, in histories simulated from the noise of this one", style, out);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.whole("size", true, 0));
        for (Calibration.Within within : replay.detections().get(0).within()) {
            columns.add(Column.whole(Words.count(within.runs(), "run", "runs"), true, 0));
        }
        columns.add(Column.whole("95 % interval", true, 1));
        columns.add(Column.whole("mean delay", true, 2));
        Table table = new Table(style, columns);
        for (Calibration.Detection detection : replay.detections()) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(style.safe(Percent.exact(detection.size()))));
            detection
                    .within()
                    .forEach(within ->
                            row.add(Cell.of(Percent.whole(within.found().share()))));
            Interval last = detection
                    .within()
                    .get(detection.within().size() - 1)
                    .found()
                    .interval(0.95);
            row.add(new Cell(Percent.whole(last.low()) + " to " + Percent.whole(last.high()), Ansi.DIM));
            row.add(Cell.of(
                    detection.meanDelay().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.1f", detection.meanDelay().getAsDouble())
                            : ""));
            table.add(row);
        }
        table.appendTo(out);
        line(
                replay.found99().isPresent()
                        ? "One run there detects 99 % of changes of "
                                + Percent.of(replay.found99().getAsDouble()) + " and more"
                        : "One run there does not reliably detect any change up to 100 %",
                style,
                out);
    }

    private static void line(String text, TextStyle style, StringBuilder out) {
        Paragraph.append("", style.safe(text), Ansi.PLAIN, style, out);
    }
}
