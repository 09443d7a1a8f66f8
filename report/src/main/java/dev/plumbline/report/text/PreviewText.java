package dev.plumbline.report.text;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Preview;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;

/** The results that would be read, as a table with one line for each measurement. */
public final class PreviewText {
    private static final int ROWS = 40;

    private PreviewText() {}

    /** @param style verbose shows every row that was kept */
    public static String of(Preview preview, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 30, 8),
                        new Column("metric", false, 0, 10, 5),
                        new Column("better", false, 3, 6, 6),
                        new Column("value", true, 0, 10, 8),
                        new Column("kept", false, 2, 10, 6),
                        new Column("commit", false, 1, 10, 6),
                        new Column("branch", false, 5, 8, 4),
                        Column.whole(isCommitted(preview) ? "committed" : "measured", false, 4),
                        new Column("environment", false, 6, 8, 4)));
        List<Preview.Row> rows = preview.rows();
        int shown = style.verbose() ? rows.size() : Math.min(ROWS, rows.size());
        SharedNames names = SharedNames.of(rows.subList(0, shown).stream()
                .map(row -> row.measurement().benchmark())
                .toList());
        rows.subList(0, shown).forEach(row -> table.add(cells(row, isCommitted(preview), names, style)));
        if (shown > 0) {
            for (String line : names.lines()) {
                Paragraph.append("", style.safe(line), Ansi.DIM, style, out);
            }
            out.append(names.lines().isEmpty() ? "" : "\n");
            table.appendTo(out);
        }
        if (preview.measurements() > shown) {
            out.append(style.safe("… and " + number(preview.measurements() - shown) + " more"))
                    .append('\n');
        }
        out.append(shown > 0 ? "\n" : "");
        Paragraph.append(
                "",
                style.safe("would be read: "
                        + number(preview.measurements())
                        + (preview.measurements() == 1 ? " measurement" : " measurements") + " in "
                        + Words.count(preview.runs(), "run", "runs") + " from "
                        + Words.count(preview.files(), "file", "files")
                        + (preview.unreadable() > 0 ? ", " + preview.unreadable() + " of them not readable" : "")
                        + "; " + Words.count(preview.problems().size(), "problem", "problems")
                        + ". Nothing was stored."),
                Ansi.BOLD,
                style,
                out);
        return out.toString();
    }

    /** Whether the times shown are those of commits, according to the results. */
    private static boolean isCommitted(Preview preview) {
        return !preview.rows().isEmpty()
                && preview.rows().stream()
                        .allMatch(row -> row.header().revision().commitTime().isPresent());
    }

    private static List<Cell> cells(Preview.Row row, boolean committed, SharedNames names, TextStyle style) {
        RunHeader header = row.header();
        Measurement measurement = row.measurement();
        Revision revision = header.revision();
        return List.of(
                Cell.of(style.safe(names.label(measurement.benchmark()))),
                Cell.of(style.safe(measurement.metric().name())),
                Cell.of(style.safe(Words.lower(measurement.metric().better()))),
                Cell.of(style.safe(Quantity.of(
                        measurement.sample().location(), measurement.metric().unit(), Double.NaN))),
                new Cell(style.safe(kept(measurement.sample())), Ansi.DIM),
                Cell.of(style.safe(revision.shortCommit())),
                Cell.of(style.safe(revision.branch())),
                new Cell(RunWords.time(committed ? revision.commitTime().orElseThrow() : header.time()), Ansi.DIM),
                new Cell(style.safe(header.environment().key()), Ansi.DIM));
    }

    private static String kept(Sample sample) {
        if (sample instanceof Sample.Values values) {
            int count = 0;
            for (int i = 0; i < values.groupCount(); i++) {
                count += values.group(i).length;
            }
            return Words.count(count, "value", "values")
                    + (values.groupCount() > 1 ? " in " + values.groupCount() + " groups" : "");
        }
        if (sample instanceof Sample.Summary summary) {
            return "summary"
                    + (summary.count() > 0 ? " of " + number(summary.count()) : "")
                    + (summary.quantiles().isEmpty()
                            ? ""
                            : ", " + Words.count(summary.quantiles().size(), "quantile", "quantiles"));
        }
        return "histogram";
    }

    private static String number(long count) {
        return Quantity.plain((double) count, Quantity.DIGITS);
    }
}
