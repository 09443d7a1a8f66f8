package dev.plumbline.ingest.neutral;

import dev.plumbline.ingest.input.Csv;

/** The fields of some columns; the same object for the same fields, with a number of its own. */
abstract class RowFields {
    final long number;
    private final String[] fields;

    RowFields(long number, String[] fields) {
        this.number = number;
        this.fields = fields;
    }

    /** Whether the row has these fields in the columns. */
    boolean isIn(Csv row, int[] columns) {
        for (int i = 0; i < columns.length; i++) {
            if (!row.holds(columns[i], fields[i])) {
                return false;
            }
        }
        return true;
    }

    String key() {
        return key(fields);
    }

    /** Fields in one text, by which the same fields are found. */
    static String key(String... fields) {
        StringBuilder key = new StringBuilder(64);
        for (String field : fields) {
            key.append(field.length()).append(':').append(field);
        }
        return key.toString();
    }
}
