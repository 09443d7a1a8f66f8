package dev.plumbline.ingest.input;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/**
 * The characters of one row of a table; a text is created only on request.
 *
 * <p>A field that has the same characters as the last text made of its column is that text: most rows have the commit,
 * the time and the unit of the row before.
 */
final class CsvRow {
    private static final int MOST_FIELDS = 1 << 14;

    private final Builder handler;
    private char[] text = new char[256];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    /** Null where no text was made yet. */
    private String[] made = new String[16];

    private int size;
    private long line;

    private CsvRow(Builder handler) {
        this.handler = handler;
    }

    /** The number of fields. */
    int size() {
        return size;
    }

    /** The line of the table in which it begins, from 1. */
    long line() {
        return line;
    }

    /** A field, stripped. */
    String field(int index) {
        if (made[index] == null) {
            String last = handler.last(index);
            made[index] = holds(index, last) ? last : new String(text, starts[index], ends[index] - starts[index]);
            handler.last[index] = made[index];
        }
        return made[index];
    }

    /** Whether a field, stripped, is this text. */
    boolean holds(int index, String other) {
        int start = starts[index];
        int length = ends[index] - start;
        if (other.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) { // names and times differ at their ends
            if (text[start + i] != other.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void begin(long startingLine) {
        line = startingLine;
        Arrays.fill(made, 0, size, null);
        size = 0;
    }

    private void add(char[] buffer, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && Character.isWhitespace(buffer[from])) {
            from++;
        }
        while (from < to && Character.isWhitespace(buffer[to - 1])) {
            to--;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            made = Arrays.copyOf(made, 2 * size);
        }
        int start = size == 0 ? 0 : ends[size - 1];
        int end = start + (to - from);
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, 2 * text.length));
        }
        for (int i = from; i < to; i++) { // shorter than a call that copies is worth
            text[start + i - from] = buffer[i];
        }
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    /** Takes rows from the parser. A row keeps its fields until the next but one with fields is built. */
    static final class Builder extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private CsvRow filled = new CsvRow(this);
        private CsvRow spare = new CsvRow(this);
        private String[] last = {};

        @Override
        protected void handleBegin(long startingLineNumber) {
            spare.begin(startingLineNumber);
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index == MOST_FIELDS) {
                throw new CsvParseException("Record starting at line " + spare.line
                        + " has surpassed the maximum limit of " + MOST_FIELDS + " fields");
            }
            spare.add(buffer, offset, length);
        }

        @Override
        protected CsvRow buildRecord() {
            if (getRecordType() != RecordType.DATA) {
                return spare;
            }
            CsvRow row = spare;
            spare = filled;
            filled = row;
            return row;
        }

        private String last(int index) {
            if (index >= last.length) {
                int known = last.length;
                last = Arrays.copyOf(last, Math.max(index + 1, 2 * known));
                Arrays.fill(last, known, last.length, "");
            }
            return last[index];
        }
    }
}
