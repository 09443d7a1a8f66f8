package dev.plumbline.report.answer;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings in force and where each comes from, for people and for programs. */
public final class SettingsReport {
    /** The name and version of the JSON's form. */
    public static final String SCHEMA = "plumbline-settings/1";

    private SettingsReport() {}

    /** A value for programs. */
    public sealed interface Value {
        /** A number; a share of 0.02 is 2 %. */
        record Numeric(double number) implements Value {}

        /** A text. */
        record Text(String text) implements Value {}
    }

    /**
     * One setting.
     *
     * @param key its path in the configuration file
     * @param shown its value for people
     * @param value its value for programs; empty when it is found out later
     * @param origin where it comes from: a place in a file, an option, {@code default}
     */
    public record Row(String key, String shown, Optional<Value> value, String origin) {
        public Row {
            requireNonNull(key, "key");
            requireNonNull(shown, "shown");
            requireNonNull(value, "value");
            requireNonNull(origin, "origin");
        }
    }

    /**
     * The settings of some series.
     *
     * @param title what they are and which of them counts
     * @param rows in the order in which they are read; may be none
     */
    public record Group(String title, List<Row> rows) {
        public Group {
            requireNonNull(title, "title");
            rows = List.copyOf(rows);
        }
    }

    /**
     * A table, and after it a list for each group that has any.
     *
     * @param file the configuration's file, if there is one
     */
    public static String text(Optional<String> file, List<Row> rows, List<Group> groups, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append(
                "",
                style.safe(file.map(name -> "configured in " + name)
                        .orElse("no configuration file; create plumbline.yaml at the root of the repository to"
                                + " change settings")),
                Ansi.BOLD,
                style,
                out);
        out.append('\n');
        Table table = new Table(
                style,
                List.of(
                        Column.whole("setting", false, 0),
                        new Column("value", false, 0, 10, 5),
                        new Column("from", false, 0, 10, 5)));
        for (Row row : rows) {
            boolean isDefault = row.origin().equals("default");
            table.add(List.of(
                    Cell.of(style.safe(row.key())),
                    new Cell(style.safe(row.shown()), isDefault ? Ansi.DIM : Ansi.BOLD),
                    new Cell(style.safe(row.origin()), isDefault ? Ansi.DIM : Ansi.PLAIN)));
        }
        table.appendTo(out);
        groups.stream().filter(group -> !group.rows.isEmpty()).forEach(group -> append(group, style, out));
        return out.toString();
    }

    private static void append(Group group, TextStyle style, StringBuilder out) {
        out.append('\n');
        Paragraph.append("", style.safe(group.title), Ansi.BOLD, style, out);
        for (Row row : group.rows) {
            Paragraph.append("  ", style.safe(row.origin() + ": " + row.shown()), Ansi.PLAIN, style, out);
        }
    }

    /**
     * A document, the groups after the settings.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(Optional<String> file, List<Row> rows, List<Group> groups, OutputStream out)
            throws IOException {
        List<Row> all = Stream.concat(rows.stream(), groups.stream().flatMap(group -> group.rows.stream()))
                .toList();
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    file.ifPresentOrElse(name -> json.text("file", name), () -> json.nothing("file"));
                    json.array("settings", all, row -> json.object(() -> row(row, json)));
                }));
    }

    private static void row(Row row, JsonText json) {
        json.text("key", row.key());
        if (row.value().isEmpty()) {
            json.nothing("value");
        } else if (row.value().get() instanceof Value.Numeric numeric) {
            json.number("value", numeric.number());
        } else if (row.value().get() instanceof Value.Text text) {
            json.text("value", text.text());
        }
        json.text("origin", row.origin());
    }
}
