package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.RunWords;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The renamings in force. */
public record RenamingsReport(List<Row> rows) {
    public RenamingsReport {
        rows = List.copyOf(rows);
    }

    /**
     * One name.
     *
     * @param number for undoing it; empty for a renaming from the configuration
     * @param what benchmark or metric
     * @param from the old name
     * @param to the new name
     * @param by who recorded it; empty when it is from the configuration
     * @param reason why; may be empty
     * @param at when
     */
    public record Row(
            OptionalLong number, String what, String from, String to, String by, String reason, Optional<Instant> at) {
        public Row {
            requireNonNull(number, "number");
            requireNonNull(what, "what");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            requireNonNull(by, "by");
            requireNonNull(reason, "reason");
            requireNonNull(at, "at");
        }
    }

    /** One on a line. */
    public String text(TextStyle style) {
        if (rows.isEmpty()) {
            return "no renamings\n";
        }
        Table table = new Table(
                style,
                List.of(
                        Column.whole("", true, 0),
                        Column.whole("what", false, 2),
                        new Column("old name", false, 0, 20, 8),
                        new Column("new name", false, 0, 20, 8),
                        Column.whole("since", false, 4),
                        new Column("by", false, 3, 10, 4),
                        new Column("why", false, 5, 16, 8)));
        for (Row row : rows) {
            table.add(List.of(
                    new Cell(row.number.isPresent() ? Long.toString(row.number.getAsLong()) : "", Ansi.BOLD),
                    Cell.of(row.what),
                    Cell.of(style.safe(row.from)),
                    Cell.of(style.safe(row.to)),
                    new Cell(row.at.map(RunWords::time).orElse(""), Ansi.DIM),
                    Cell.of(style.safe(row.number.isPresent() ? row.by : "plumbline.yaml")),
                    Cell.of(style.safe(row.reason))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    /** The same for programs. */
    public void writeJson(OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", "plumbline-renamings/1");
                    json.array(
                            "renamings",
                            rows,
                            row -> json.object(() -> {
                                row.number.ifPresent(number -> json.integer("number", number));
                                json.text("what", row.what);
                                json.text("from", row.from);
                                json.text("to", row.to);
                                json.text("source", row.number.isPresent() ? "history" : "configuration");
                                if (row.number.isPresent()) {
                                    json.text("by", row.by);
                                    json.text("reason", row.reason);
                                }
                                row.at.ifPresent(at -> json.text("at", at.toString()));
                            }));
                }));
    }
}
