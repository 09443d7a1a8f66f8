package dev.plumbline.pipeline.history.exchange;

import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.store.copy.RowTaker;
import dev.plumbline.store.sql.dialect.HistoryTable;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads lines of rows, one at a time; everything that is not as it should be is an error with its line. */
final class RowReader {
    /** Samples are in pieces, but a row may have many of them. */
    private static final int LONGEST_LINE = 256 << 20;

    private final String name;
    private final InputStream in;
    private long line;
    private Optional<JsonValue> ahead = Optional.empty();
    private long rows;

    RowReader(String name, InputStream in) {
        this.name = name;
        this.in = new BufferedInputStream(in, 1 << 16);
        String schema = next().get("schema").text().orElse("");
        if (!schema.equals(ExportHistory.SCHEMA)) {
            throw wrong("is no history that plumb store export wrote, or one of a newer form");
        }
    }

    /** Hands over the rows of a table, which are the next ones. */
    void handOver(HistoryTable table, RowTaker taker) {
        Set<String> members = new HashSet<>(Set.of(RowLines.TABLE));
        table.columns().forEach(column -> members.add(column.name()));
        while (true) {
            JsonValue row = ahead.orElseGet(this::next);
            if (!row.get(RowLines.TABLE).text().equals(Optional.of(table.name()))) {
                ahead = Optional.of(row);
                return;
            }
            ahead = Optional.empty();
            if (!row.members().keySet().equals(members)) {
                throw wrong("has other members than the columns of the table " + table.name());
            }
            for (HistoryTable.Column column : table.columns()) {
                add(row.get(column.name()), column, taker);
            }
            taker.endRow();
            rows++;
        }
    }

    /** The digest that the end states; what follows the last table has to be the end, and after it nothing. */
    String digest() {
        JsonValue end = ahead.orElseGet(this::next).get("end");
        String digest =
                end.get("digest").text().orElseThrow(() -> wrong("is neither a row of the next table nor the end"));
        if (end.get("rows").integer().orElse(-1) != rows) {
            throw wrong("says that there are other rows than " + rows);
        }
        ahead = Optional.of(end);
        if (readLine().length > 0) {
            throw wrong("follows the end");
        }
        return digest;
    }

    private void add(JsonValue value, HistoryTable.Column column, RowTaker taker) {
        if (value.isNothing()) {
            taker.addNull();
            return;
        }
        switch (column.kind()) {
            case WHOLE, INTEGER -> taker.add(value.integer().orElseThrow(() -> wrong(column, "no whole number")));
            case REAL -> taker.add(real(value, column));
            case FLAG -> taker.add(value.isTrue());
            case TEXT -> taker.add(value.text().orElseThrow(() -> wrong(column, "no text")));
            case BYTES -> taker.add(bytes(value, column));
        }
    }

    private double real(JsonValue value, HistoryTable.Column column) {
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            return value.number().orElseThrow(() -> wrong(column, "no number"));
        }
        return switch (text.get()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(column, "no number");
        };
    }

    private byte[] bytes(JsonValue value, HistoryTable.Column column) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (JsonValue piece : value.elements()) {
            try {
                all.writeBytes(Base64.getDecoder()
                        .decode(piece.text().orElseThrow(() -> wrong(column, "no pieces of bytes"))));
            } catch (IllegalArgumentException e) {
                throw wrong(column, "no bytes in base 64");
            }
        }
        return all.toByteArray();
    }

    private JsonValue next() {
        byte[] text = readLine();
        if (text.length == 0) {
            throw wrong("breaks off: the end is missing");
        }
        try {
            return JsonValue.read(new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private byte[] readLine() {
        line++;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                text.write(next);
                if (text.size() > LONGEST_LINE) {
                    throw wrong("is longer than any row");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    private UncheckedIOException wrong(HistoryTable.Column column, String what) {
        return wrong("has " + what + " in " + column.name());
    }

    private UncheckedIOException wrong(String what) {
        return new UncheckedIOException(new UnreadableInput(name + ":" + line, what));
    }
}
