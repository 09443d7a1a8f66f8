package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.Table.Cell;
import dev.plumbline.report.Table.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

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
     * A table.
     *
     * @param file the configuration's file, if there is one
     */
    public static String text(Optional<String> file, List<Row> rows, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Paragraph.append(
                "",
                style.safe(file.map(name -> "configured in " + name)
                        .orElse("no configuration file; a plumbline.yaml at the root of the repository would be read")),
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
        return out.toString();
    }

    /**
     * A document.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(Optional<String> file, List<Row> rows, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    file.ifPresentOrElse(name -> json.text("file", name), () -> json.nothing("file"));
                    json.array("settings", rows, row -> json.object(() -> row(row, json)));
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
