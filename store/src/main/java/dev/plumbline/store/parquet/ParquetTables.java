package dev.plumbline.store.parquet;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.RowTaker;
import dev.plumbline.store.sql.dialect.HistoryTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Parquet files, one for each table of a history. */
public final class ParquetTables implements AutoCloseable {
    private final Connection connection;

    /**
     * Starts DuckDB.
     *
     * @param scratch a folder for what does not fit into memory
     */
    public ParquetTables(DuckDbDriver driver, Path scratch) {
        try {
            connection = driver.connect();
            run("SET temp_directory = " + quoted(scratch));
        } catch (SQLException e) {
            throw failed("start", scratch, e);
        }
    }

    /**
     * Writes a table.
     *
     * @param lines the rows as objects of JSON, one a line; bytes as pieces in base 64, each but the last of a length
     *     that three divides
     * @param longest bytes of the longest line; DuckDB takes room for a few of them
     * @param file does not exist yet
     */
    public void write(HistoryTable table, Path lines, int longest, Path file) {
        String columns = each(table, column -> column.name() + ": '" + jsonType(column.kind()) + "'");
        String values = each(table, ParquetTables::value);
        String rows = longest == 0
                ? "(SELECT " + each(table, column -> "NULL::" + jsonType(column.kind()) + " AS " + column.name())
                        + ") WHERE false"
                : "read_json(" + quoted(lines) + ", format = 'newline_delimited', maximum_object_size = "
                        + Math.max(longest, 1 << 20) + ", columns = {" + columns + "})";
        try {
            run("COPY (SELECT " + values + " FROM " + rows + ") TO " + quoted(file)
                    + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException e) {
            throw failed("write", file, e);
        }
    }

    /**
     * Reads a table, in the order of its key, whatever the order in the file.
     *
     * @throws StoreException if the file is no Parquet file, or has other columns than the table
     */
    public void read(HistoryTable table, Path file, RowTaker taker) {
        requireColumns(table, file);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + table.columnList() + " FROM read_parquet("
                        + quoted(file) + ") ORDER BY " + String.join(", ", table.key()))) {
            while (row.next()) {
                for (int i = 0; i < table.columns().size(); i++) {
                    hand(row, i + 1, table.columns().get(i).kind(), taker);
                }
                taker.endRow();
            }
        } catch (SQLException e) {
            throw failed("read", file, e);
        }
    }

    private void requireColumns(HistoryTable table, Path file) {
        List<String> there = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("DESCRIBE SELECT * FROM read_parquet(" + quoted(file) + ")")) {
            while (row.next()) {
                there.add(row.getString(1) + " " + row.getString(2));
            }
        } catch (SQLException e) {
            throw failed("read", file, e);
        }
        List<String> wanted = table.columns().stream()
                .map(column -> column.name() + " " + type(column.kind()))
                .toList();
        if (!there.equals(wanted)) {
            throw new StoreException(file + " has the columns " + there + ", expected " + wanted);
        }
    }

    private static void hand(ResultSet row, int column, HistoryTable.Kind kind, RowTaker taker) throws SQLException {
        if (row.getObject(column) == null) {
            taker.addNull();
            return;
        }
        switch (kind) {
            case WHOLE, INTEGER -> taker.add(row.getLong(column));
            case REAL -> taker.add(row.getDouble(column));
            case FLAG -> taker.add(row.getBoolean(column));
            case TEXT -> taker.add(row.getString(column));
            case BYTES -> taker.add(row.getBytes(column));
        }
    }

    private static String value(HistoryTable.Column column) {
        return column.kind() == HistoryTable.Kind.BYTES
                ? "from_base64(array_to_string(" + column.name() + ", '')) AS " + column.name()
                : column.name();
    }

    private static String type(HistoryTable.Kind kind) {
        return switch (kind) {
            case WHOLE -> "BIGINT";
            case INTEGER -> "INTEGER";
            case REAL -> "DOUBLE";
            case TEXT -> "VARCHAR";
            case BYTES -> "BLOB";
            case FLAG -> "BOOLEAN";
        };
    }

    private static String jsonType(HistoryTable.Kind kind) {
        return kind == HistoryTable.Kind.BYTES ? "VARCHAR[]" : type(kind);
    }

    private static String each(HistoryTable table, Function<HistoryTable.Column, String> text) {
        return table.columns().stream().map(text).collect(Collectors.joining(", "));
    }

    /** A path as text of SQL; DuckDB would take some signs in it for a pattern of many files. */
    private static String quoted(Path path) {
        String text = path.toAbsolutePath().toString();
        if (text.matches("(?s).*[*?\\[\\]{}].*")) {
            throw new StoreException("Parquet files cannot be in " + path
                    + ": its name has one of * ? [ ] { }, which stand for other files");
        }
        return "'" + text.replace("'", "''") + "'";
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static StoreException failed(String what, Path path, SQLException cause) {
        // where a query fails late, the driver's own words come first
        List<String> lines =
                requireNonNull(cause.getMessage(), "message").lines().toList();
        String message = lines.stream()
                .filter(line -> line.startsWith("Error: "))
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? "" : lines.get(0));
        return new StoreException("DuckDB could not " + what + " " + path + ": " + message, cause);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("DuckDB could not be closed: " + e.getMessage(), e);
        }
    }
}
