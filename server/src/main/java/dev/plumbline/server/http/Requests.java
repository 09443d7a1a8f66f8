package dev.plumbline.server.http;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.people.Name;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The contents of a request, checked. Everything that is not as it should be is a {@link Problem}. */
public final class Requests {
    /** Enough for every object of the interface but results, which are streamed. */
    private static final int LARGEST_OBJECT = 64 << 10;

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private Requests() {}

    /** The JSON object of the body. */
    public static JsonValue object(Context context) {
        if (!isOfType(context, "application/json")) {
            throw Problem.of(Problem.Kind.WRONG_TYPE, "the body must have the type application/json");
        }
        try {
            JsonValue value = JsonValue.read(new ByteArrayInputStream(small(context)));
            if (value.members().isEmpty() && !value.elements().isEmpty()) {
                throw Problem.invalid("the body must be a JSON object");
            }
            refuseNul(value);
            return value;
        } catch (IOException e) {
            throw Problem.invalid("the body " + e.getMessage());
        }
    }

    /** No database of ours keeps it alike, and no text that people write has it. */
    private static void refuseNul(JsonValue value) {
        value.text().ifPresent(Requests::refuseNul);
        value.elements().forEach(Requests::refuseNul);
        value.members().forEach((name, member) -> {
            refuseNul(name);
            refuseNul(member);
        });
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problem.invalid("the request has the character NUL in it");
        }
    }

    /** Refuses parameters of the address with characters that no text has. */
    public static void checkQuery(Context context) {
        String query = context.queryString();
        if (query != null && query.contains("%00")) {
            refuseNul("\0");
        }
    }

    /** The fields of a form. */
    public static Map<String, String> form(Context context) {
        if (!isOfType(context, "application/x-www-form-urlencoded")) {
            throw Problem.of(Problem.Kind.WRONG_TYPE, "the body must be a form");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : new String(small(context), StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                String value = decoded(field.substring(equals + 1));
                refuseNul(value);
                fields.put(decoded(field.substring(0, equals)), value);
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("the form is not encoded correctly");
        }
    }

    private static boolean isOfType(Context context, String type) {
        String given = Optional.ofNullable(context.contentType()).orElse("");
        return given.split(";", 2)[0].strip().equalsIgnoreCase(type);
    }

    private static byte[] small(Context context) {
        return bytes(context, LARGEST_OBJECT);
    }

    /** The body as it came. */
    public static byte[] bytes(Context context, int most) {
        try {
            InputStream body = Bodies.of(context);
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw Problem.of(Problem.Kind.TOO_LARGE, "the body must not have more than " + (most >> 10) + " KiB");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.invalid("the body is cut off");
        }
    }

    public static String text(JsonValue object, String member) {
        return object.get(member)
                .text()
                .orElseThrow(() -> Problem.invalid("the member \"" + member + "\" is missing or not a text"));
    }

    public static Name name(JsonValue object, String member) {
        return name(text(object, member));
    }

    public static Name name(String text) {
        try {
            return new Name(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
    }

    /** The requested number of elements of a list. */
    public static int limit(Context context) {
        String text = context.queryParam("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit must be a number from 1 to " + MOST);
        }
        return limit;
    }

    /** The position where a list continues. */
    public static Optional<String> cursor(Context context) {
        return Optional.ofNullable(context.queryParam("cursor"));
    }
}
