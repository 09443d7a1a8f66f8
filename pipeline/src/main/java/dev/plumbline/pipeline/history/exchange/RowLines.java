package dev.plumbline.pipeline.history.exchange;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.store.sql.dialect.HistoryTable;
import dev.plumbline.store.sql.dialect.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Writes each row of a table as an object on a line of its own: {@code {"table":"run","run_id":1, ...}}. */
class RowLines implements TableWriter {
    /** The member that names a row's table. */
    static final String TABLE = "table";

    /** No text in a line is longer, so that readers need little memory; three divides it, so that pieces join. */
    static final int MOST_BYTES = 300_000;

    private final HistoryTable table;
    private final OutputStream out;
    private final List<Consumer<JsonText>> members = new ArrayList<>();
    private Iterator<HistoryTable.Column> columns;

    RowLines(HistoryTable table, OutputStream out) {
        this.table = table;
        this.out = out;
        columns = table.columns().iterator();
    }

    private String next() {
        return columns.next().name();
    }

    @Override
    public void add(long value) {
        String name = next();
        members.add(json -> json.integer(name, value));
    }

    @Override
    public void add(double value) {
        String name = next();
        if (Double.isFinite(value)) {
            members.add(json -> json.number(name, value));
        } else {
            members.add(json -> json.text(name, Double.toString(value)));
        }
    }

    @Override
    public void add(boolean value) {
        String name = next();
        members.add(json -> json.truth(name, value));
    }

    @Override
    public void add(String text) {
        String name = next();
        members.add(json -> json.text(name, text));
    }

    @Override
    public void add(byte[] bytes) {
        String name = next();
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += MOST_BYTES) {
            pieces.add(Base64.getEncoder()
                    .encodeToString(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MOST_BYTES))));
        }
        members.add(json -> json.array(name, pieces, json::text));
    }

    @Override
    public void addNull() {
        String name = next();
        members.add(json -> json.nothing(name));
    }

    @Override
    public void endRow() {
        try {
            JsonText.line(
                    out,
                    json -> json.object(() -> {
                        json.text(TABLE, table.name());
                        members.forEach(member -> member.accept(json));
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        members.clear();
        columns = table.columns().iterator();
    }

    @Override
    public void flush() {
        // every row is written when it ends
    }

    @Override
    public void close() {
        // the stream is for all tables
    }
}
