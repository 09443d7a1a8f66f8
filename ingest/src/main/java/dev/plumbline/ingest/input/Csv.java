package dev.plumbline.ingest.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A table of separated values read row by row; the separator is the one that its first line uses most. */
public final class Csv implements Closeable {
    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int LONGEST_ROW = 1 << 23;

    private final Source source;
    private final int linesBefore;
    private final CsvReader<CsvRow> reader;
    private final Iterator<CsvRow> rows;
    private final List<String> columns;
    private CsvRow row;

    private Csv(Source source, int linesBefore, CsvReader<CsvRow> reader) throws IOException {
        this.source = source;
        this.linesBefore = linesBefore;
        this.reader = reader;
        this.rows = reader.iterator();
        this.row = advance(1);
        if (row == null) {
            throw new UnreadableInput(source.name(), "contains no table");
        }
        this.columns = IntStream.range(0, row.size()).mapToObj(row::field).toList();
    }

    /** Opens a table whose first row names the columns. */
    public static Csv open(Source source) throws IOException {
        return open(source, 0);
    }

    /** Opens a table with unrelated lines above it. */
    public static Csv open(Source source, int linesBefore) throws IOException {
        List<String> lines = source.head().lines(linesBefore + 1);
        char separator = separator(lines.get(lines.size() - 1));
        BufferedReader text = source.text();
        for (int i = 0; i < linesBefore; i++) {
            try {
                text.readLine();
            } catch (IOException e) {
                text.close();
                throw e instanceof CharacterCodingException ? MalformedUtf8.refusal(source, e) : e;
            }
        }
        return new Csv(
                source,
                linesBefore,
                CsvReader.builder()
                        .fieldSeparator(separator)
                        .skipEmptyLines(true)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .maxBufferSize(LONGEST_ROW)
                        .build(new CsvRow.Builder(), text));
    }

    /**
     * Makes sure that every column has a name of its own, where columns are found by their names.
     *
     * @throws UnreadableInput if two have the same, because it is unclear which of them counts
     */
    public Csv withDistinctColumns() throws UnreadableInput {
        return distinct(UnaryOperator.identity());
    }

    /**
     * The same where small and capital letters make no difference to a column's name.
     *
     * @throws UnreadableInput if two have the same
     */
    public Csv withDistinctColumnsInAnyCase() throws UnreadableInput {
        return distinct(column -> column.toLowerCase(Locale.ROOT));
    }

    private Csv distinct(UnaryOperator<String> key) throws UnreadableInput {
        try {
            requireDistinct(where(), columns, key);
        } catch (UnreadableInput e) {
            close();
            throw e;
        }
        return this;
    }

    /** @throws UnreadableInput if two of the columns have the same key */
    public static void requireDistinct(String where, List<String> columns, UnaryOperator<String> key)
            throws UnreadableInput {
        Set<String> names = new HashSet<>();
        for (String column : columns) {
            if (!column.isEmpty() && !names.add(key.apply(column))) {
                throw new UnreadableInput(
                        where, "has the column " + Excerpt.quoted(column) + " more than once; leave one of them");
            }
        }
    }

    /** The names in the first line, in lower case, for recognisers; empty if the text is JSON. */
    public static List<String> columns(Head head) {
        if (head.isObject() || head.isList()) {
            return List.of();
        }
        return columns(head.lines(1).stream().findFirst().orElse(""));
    }

    /** The names in a line, in small letters. */
    public static List<String> columns(String line) {
        List<String> names = new ArrayList<>();
        for (String name : line.split(String.valueOf(separator(line)), -1)) {
            names.add(name.strip().replace("\"", "").toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** The character that separates the fields of a line: the one of comma, semicolon and tab that it has most of. */
    public static char separator(String line) {
        char best = SEPARATORS[0];
        long most = 0;
        for (char separator : SEPARATORS) {
            long count = line.chars().filter(c -> c == separator).count();
            if (count > most) {
                best = separator;
                most = count;
            }
        }
        return best;
    }

    /** The names of the columns as they are written. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Goes to the next row; false after the last.
     *
     * @throws UnreadableInput if the table breaks off or a quoted field never ends
     */
    public boolean next() throws IOException {
        CsvRow following = advance(row.line() + 1);
        if (following == null) {
            return false;
        }
        row = following;
        return true;
    }

    /** The row that follows; null after the last. */
    private CsvRow advance(long line) throws IOException {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof CharacterCodingException) {
                throw MalformedUtf8.refusal(source, e);
            }
            throw new UnreadableInput(
                    source.name() + ":" + (linesBefore + line),
                    "is not a table from here on: " + cause.getMessage(),
                    e);
        } catch (UncheckedIOException e) {
            // the parser wraps what the text's own reader throws, and the text may not be UTF-8
            if (e.getCause() instanceof CharacterCodingException) {
                throw MalformedUtf8.refusal(source, e);
            }
            if (e.getCause() instanceof UnreadableInput unreadable) {
                throw unreadable;
            }
            throw new UnreadableInput(
                    source.name() + ":" + (linesBefore + line),
                    "cannot be read from here on: " + e.getCause().getMessage(),
                    e);
        }
    }

    /** The number of fields of the row. */
    public int size() {
        return row.size();
    }

    /** A field of the row, stripped; empty when there is no such column or the row is too short. */
    public String field(int column) {
        return column < 0 || column >= row.size() ? "" : row.field(column);
    }

    /** Whether that field is this text, which takes less than making a text of it. */
    public boolean holds(int column, String text) {
        return column < 0 || column >= row.size() ? text.isEmpty() : row.holds(column, text);
    }

    /** The place of the row: file and line. */
    public String where() {
        return where(line());
    }

    /** The line in which the row begins. */
    public long line() {
        return linesBefore + row.line();
    }

    /** A line of the file, for a message. */
    public String where(long line) {
        return source.name() + ":" + line;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
