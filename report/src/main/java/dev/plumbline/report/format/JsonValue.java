package dev.plumbline.report.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * An untrusted JSON text, as a tree with total accessors: a member that is missing or has another type is empty, never
 * an error.
 *
 * <p>Nesting is limited to 100 levels, a text to one million characters; the size of the whole is for the caller to
 * limit. Of two members with one name the last counts.
 */
public final class JsonValue {
    /** There is nothing. */
    public static final JsonValue NOTHING = new JsonValue(null);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNameLength(10_000)
                    .maxStringLength(1 << 20)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private final Object value;

    private JsonValue(Object value) {
        this.value = value;
    }

    /**
     * Reads one value; what follows it has to be white space.
     *
     * @param in is read completely and left open
     * @throws IOException if the text is not JSON, breaks off, goes beyond the limits, or cannot be read; the message
     *     says so without quoting it
     */
    public static JsonValue read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IOException("is more than one JSON value");
            }
            return new JsonValue(value);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException("is not JSON, or breaks off", e);
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** A member of an object. */
    public JsonValue get(String name) {
        return value instanceof Map<?, ?> members ? of(members.get(name)) : NOTHING;
    }

    /** The elements of a list. */
    public List<JsonValue> elements() {
        return value instanceof List<?> elements
                ? elements.stream().map(JsonValue::of).toList()
                : List.of();
    }

    /** The members of an object, in the order of the text. */
    public Map<String, JsonValue> members() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> all.put((String) name, of(member)));
        }
        return all;
    }

    /** A text; numbers are none. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A number; one that a double cannot hold is infinite. */
    public OptionalDouble number() {
        return value instanceof Double number ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    /** A number without a fraction that a double holds exactly. */
    public OptionalLong integer() {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) <= 1L << 53
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** Whether the value is the text true. */
    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** Whether the value is the text false. */
    public boolean isFalse() {
        return Boolean.FALSE.equals(value);
    }

    /** Whether nothing is there: no member, or null. */
    public boolean isNothing() {
        return value == null;
    }

    private static JsonValue of(Object value) {
        return value == null ? NOTHING : new JsonValue(value);
    }
}
