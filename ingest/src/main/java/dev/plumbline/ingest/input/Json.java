package dev.plumbline.ingest.input;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON text read as a stream: one value after the other, never a tree.
 *
 * <p>The reader is positioned at one value; {@link #object} and {@link #list} walk through it, the other methods answer
 * it. Whatever a walk does not read is skipped. Nesting is limited to 100 levels, a key to 4,096 characters, a text to
 * two million.
 *
 * <pre>{@code
 * while (json.next()) {
 *     json.list(() -> json.object(key -> {
 *         switch (key) {
 *             case "name" -> name = json.text();
 *             case "value" -> value = json.number();
 *             default -> json.skip();
 *         }
 *     }));
 * }
 * }</pre>
 */
public final class Json implements Closeable {
    private static final int MAX_TEXT = 1 << 21;
    private static final int MAX_WRITTEN = 4096;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNameLength(4096)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(1000)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES) // in scripts
            .build();

    /** Reads the value of one key. */
    @FunctionalInterface
    public interface Field {
        void read(String key) throws IOException;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface Element {
        void read() throws IOException;
    }

    private final Source source;
    private final RunSink problems;
    private final JsonParser parser;
    private final long linesBefore;
    private final int columnsBefore;

    private Json(Source source, RunSink problems, JsonParser parser, long linesBefore, int columnsBefore) {
        this.source = source;
        this.problems = problems;
        this.parser = parser;
        this.linesBefore = linesBefore;
        this.columnsBefore = columnsBefore;
    }

    /** Opens a source at its first value; what is wrong with single values goes to {@code problems}. */
    public static Json open(Source source, RunSink problems) throws IOException {
        return new Json(
                source,
                problems,
                FACTORY.createParser(
                        ObjectReadContext.empty(), new AfterAssignment(new ShortestUtf8(source, source.open()))),
                0,
                0);
    }

    /** Reads a standalone value. */
    @FunctionalInterface
    public interface Value {
        void read(Json json) throws IOException;
    }

    /**
     * Reads JSON that is embedded in another text, such as a line of a log.
     *
     * @param line where it begins in the file; positions are those of the file
     * @param column where it begins in that line
     * @throws UnreadableInput if it is no JSON or breaks off
     */
    public static void inside(Source file, long line, int column, String text, RunSink problems, Value value)
            throws IOException {
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text);
        try (Json json = new Json(file, problems, parser, line - 1, column - 1)) {
            while (json.next()) {
                value.read(json);
            }
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where =
                    at == null || at.getLineNr() < 1 ? file.name() + ":" + line : where(file, at, line - 1, column - 1);
            String stated = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new UnreadableInput(
                    where,
                    e instanceof UnexpectedEndOfInputException || stated.startsWith("Unexpected end-of-input")
                            ? "ends in the middle of a value; the file was cut off: make or copy it again"
                            : "is not JSON here: " + stated,
                    e);
        }
    }

    static JsonParser parser(byte[] bytes, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /** Goes to the next value of the text; false when there is none. */
    public boolean next() {
        return parser.nextToken() != null;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    public boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    public boolean isNumber() {
        JsonToken token = parser.currentToken();
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** Whether the value is a text, a number, or true or false. */
    public boolean isScalar() {
        return parser.currentToken().isScalarValue() && !isNull();
    }

    /** Walks through the object that is the value; null is an object without keys, anything else a problem. */
    public void object(Field field) throws IOException {
        if (!isObject()) {
            unexpected("an object");
            return;
        }
        Keys keys = new Keys();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            boolean isNew = keys.isNew(key);
            if (!isNew) {
                problem("the key " + Excerpt.quoted(key) + " is repeated in this object; this value is skipped");
            }
            parser.nextToken();
            if (isNew) {
                field.read(key);
            }
            skip();
        }
    }

    /** The keys of an object so far; few are compared one by one, which takes less than a set. */
    private static final class Keys {
        private static final int FEW = 12;

        private final String[] few = new String[FEW];
        private int count;
        private Set<String> many = Set.of();

        boolean isNew(String key) {
            if (count == FEW) {
                if (many.isEmpty()) {
                    many = new HashSet<>(Arrays.asList(few));
                }
                return many.add(key);
            }
            for (int i = 0; i < count; i++) {
                if (few[i].equals(key)) {
                    return false;
                }
            }
            few[count++] = key;
            return true;
        }
    }

    /** Walks through the list that is the value; null is an empty list, anything else a problem. */
    public void list(Element element) throws IOException {
        if (!isList()) {
            unexpected("a list");
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
            skip();
        }
    }

    private void unexpected(String expected) {
        if (!isNull()) {
            problem("expected " + expected + ", found " + shown() + "; it is skipped");
        }
        skip();
    }

    /** Passes over what is left of the value. */
    public void skip() {
        parser.skipChildren();
    }

    /** A text, or a number or truth value as it is written; empty for null, objects and lists. */
    public String text() {
        return isScalar() ? Texts.wellFormed(parser.getString()) : "";
    }

    /**
     * The value as a parameter: a list or an object as {@code [1, 2]} or {@code {a: 1}}, else its text.
     *
     * <p>Of what is longer than any name may be, only so much is kept that it is seen to be too long.
     */
    public String written() throws IOException {
        StringBuilder text = new StringBuilder();
        if (isList()) {
            list(() -> part(text, "", nested()));
            return "[" + text + "]";
        }
        if (isObject()) {
            object(key -> part(text, Texts.wellFormed(key) + ": ", nested()));
            return "{" + text + "}";
        }
        return text();
    }

    private String nested() throws IOException {
        return isNull() ? shown() : written();
    }

    private static void part(StringBuilder text, String key, String value) {
        if (text.length() <= MAX_WRITTEN) {
            text.append(text.isEmpty() ? "" : ", ").append(key).append(value);
        }
    }

    /**
     * The value as the closest double; NaN when it is none.
     *
     * <p>A number may be written as a text. A whole number that a double cannot hold exactly is a problem.
     */
    public double number() {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = parser.getDoubleValue();
            if (value == 0) {
                Texts.lostDigits(parser.getString(), value).ifPresent(this::problem);
            }
            return value;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return whole();
        }
        if (token != JsonToken.VALUE_STRING) {
            return Double.NaN;
        }
        String text = parser.getString();
        double value = Texts.number(text);
        Texts.lostDigits(text, value).ifPresent(this::problem);
        return value;
    }

    /**
     * The value as a finite number; NaN where it is none. Null is a number that was not stated; anything else is
     * reported under the name of the number.
     */
    public double finite(String name) {
        double value = number();
        if (Double.isFinite(value)) {
            return value;
        }
        if (!isNull()) {
            problem(Excerpt.quoted(name) + " is " + shown() + ", no finite number; it is left out");
        }
        return Double.NaN;
    }

    private double whole() {
        switch (parser.getNumberType()) {
            case INT -> {
                return parser.getIntValue();
            }
            case LONG -> {
                long value = parser.getLongValue();
                if (Math.abs((double) value) >= Texts.EXACT) {
                    Texts.lostDigits(parser.getString(), (double) value).ifPresent(this::problem);
                }
                return (double) value;
            }
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> {
                double value = parser.getDoubleValue();
                Texts.lostDigits(parser.getString(), value).ifPresent(this::problem);
                return value;
            }
        }
        throw new AssertionError("a number of unknown type");
    }

    /** The value as a whole number; {@code otherwise} when it is none. */
    public long integer(long otherwise) {
        double value = number();
        return value == Math.rint(value) && Math.abs(value) <= Texts.EXACT ? (long) value : otherwise;
    }

    /** The value for a message, short. */
    public String shown() {
        if (isObject()) {
            return "an object";
        }
        if (isList()) {
            return "a list";
        }
        if (isText()) {
            return Excerpt.quoted(parser.getString());
        }
        return isNull() ? "null" : parser.getString();
    }

    /** The place where the value begins: file, line and column. */
    public String where() {
        return where(source, parser.currentTokenLocation(), linesBefore, columnsBefore);
    }

    private static String where(Source source, TokenStreamLocation location, long linesBefore, int columnsBefore) {
        if (location == null || location.getLineNr() < 1) {
            return source.name();
        }
        int column = Math.max(location.getColumnNr(), 1) + (location.getLineNr() == 1 ? columnsBefore : 0);
        return source.name() + ":" + (linesBefore + location.getLineNr()) + ":" + column;
    }

    /** Reports a problem with the value. */
    public void problem(String what) {
        problems.problem(new Problem(where(), what));
    }

    @Override
    public void close() {
        parser.close();
    }

    /** Blanks out {@code window.NAME =} before JSON that was written as a script, so that positions stay right. */
    private static final class AfterAssignment extends InputStream {
        private static final int LONGEST = 200;

        private final InputStream bytes;
        private final byte[] start;
        private int at;

        AfterAssignment(InputStream bytes) throws IOException {
            this.bytes = bytes;
            this.start = bytes.readNBytes(LONGEST);
            for (int i = 0; i < start.length; i++) {
                byte c = start[i];
                if (c == '{' || c == '[') {
                    break;
                }
                if (c == '=') {
                    Arrays.fill(start, 0, i + 1, (byte) ' ');
                    break;
                }
            }
        }

        @Override
        public int read() throws IOException {
            return at < start.length ? start[at++] & 0xFF : bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at < start.length) {
                int count = Math.min(length, start.length - at);
                System.arraycopy(start, at, target, offset, count);
                at += count;
                return count;
            }
            return bytes.read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
