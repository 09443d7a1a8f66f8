package dev.plumbline.ingest.mapping;

/** The source of a fact: stated once for all records, or found in each. */
public sealed interface Spot {
    /** The same for all records. */
    record Constant(String text) implements Spot {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Found in the record. */
    record InRecord(Locator locator) implements Spot {
        @Override
        public String toString() {
            return locator.toString();
        }
    }

    /** Found once in the file, above its records. */
    record InFile(Locator locator) implements Spot {
        @Override
        public String toString() {
            return "$" + locator;
        }
    }

    /** The name of the record's member, or its place in a list, counted from 1. */
    record RecordKey() implements Spot {
        @Override
        public String toString() {
            return "$key";
        }
    }

    /**
     * Reads one as it is written in a declaration: {@code $.name} in the record, {@code $$.name} in the file, {@code
     * $key}, anything else literally.
     *
     * @throws IllegalArgumentException if it begins like a path and is none
     */
    static Spot parse(String text) {
        if (text.equals("$key")) {
            return new RecordKey();
        }
        if (text.startsWith("$$")) {
            return new InFile(Locator.parse(text.substring(2)));
        }
        return text.startsWith("$") ? new InRecord(Locator.parse(text.substring(1))) : new Constant(text);
    }
}
