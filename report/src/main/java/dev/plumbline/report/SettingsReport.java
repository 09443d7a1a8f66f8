package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.Table.Cell;
import dev.plumbline.report.Table.Column;
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
     * A table.
     *
     * @param file the configuration's file, if there is one
     * @param rules for some series, in rising order of precedence
     */
    public static String text(Optional<String> file, List<Row> rows, List<Row> rules, TextStyle style) {
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
        if (!rules.isEmpty()) {
            out.append('\n');
            Paragraph.append(
                    "", style.safe("rules for some series, of which the last one wins"), Ansi.BOLD, style, out);
        }
        for (Row rule : rules) {
            Paragraph.append("  ", style.safe(rule.origin() + ": " + rule.shown()), Ansi.PLAIN, style, out);
        }
        return out.toString();
    }

    /**
     * A document, the rules for some series after the settings.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(Optional<String> file, List<Row> rows, List<Row> rules, OutputStream out)
            throws IOException {
        List<Row> all = Stream.concat(rows.stream(), rules.stream()).toList();
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
