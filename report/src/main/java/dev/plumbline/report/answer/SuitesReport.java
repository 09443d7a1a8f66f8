package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The suites that the configuration names, for people and for programs. */
public final class SuitesReport {
    /** The name and version of the JSON's form. */
    public static final String SCHEMA = "plumbline-suites/1";

    private SuitesReport() {}

    /**
     * One suite.
     *
     * @param tags it can be picked by
     * @param measures what, in few words
     */
    public record Row(String name, List<String> tags, String measures) {
        public Row {
            requireNonNull(name, "name");
            tags = List.copyOf(tags);
            requireNonNull(measures, "measures");
        }
    }

    /** A table; a sentence when there are none. */
    public static String text(List<Row> rows, TextStyle style) {
        if (rows.isEmpty()) {
            return "no suites; define them in plumbline.yaml under suites (docs/measuring.md)\n";
        }
        Table table = new Table(
                style,
                List.of(
                        new Column("suite", false, 0, 30, 8),
                        new Column("tags", false, 1, 30, 6),
                        new Column("measures", false, 0, 60, 10)));
        for (Row row : rows) {
            table.add(List.of(
                    new Cell(style.safe(row.name()), Ansi.BOLD),
                    Cell.of(style.safe(String.join(", ", row.tags()))),
                    Cell.of(style.safe(row.measures()))));
        }
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        return out.toString();
    }

    /**
     * A document.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(List<Row> rows, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.array(
                            "suites",
                            rows,
                            row -> json.object(() -> {
                                json.text("name", row.name());
                                json.array("tags", row.tags(), json::text);
                                json.text("measures", row.measures());
                            }));
                }));
    }
}
