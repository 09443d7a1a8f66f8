package dev.plumbline.server.http;

import dev.plumbline.report.format.JsonText;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers in JSON. */
public final class Answers {
    /** The media type of errors (RFC 9457). */
    public static final String PROBLEM_TYPE = "application/problem+json";

    private static final String PROBLEM = "plumbline.problem";

    private Answers() {}

    /** An object. */
    public static void object(Context context, int status, Consumer<JsonText> members) {
        context.status(status)
                .contentType("application/json")
                .result(bytes(json -> json.object(() -> members.accept(json))));
    }

    /** An error. */
    public static void problem(Context context, Problem problem) {
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
        if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
            context.header("WWW-Authenticate", "Bearer realm=\"plumbline\"");
        }
        object(
                context,
                problem.kind().status(),
                json -> describe(json, problem, problem.kind().status()));
        context.contentType(PROBLEM_TYPE);
        context.attribute(PROBLEM, true);
    }

    /**
     * An error where there is no context.
     *
     * @param status where it is not that of its kind
     */
    public static byte[] problem(Problem problem, int status) {
        return bytes(json -> json.object(() -> describe(json, problem, status)));
    }

    private static void describe(JsonText json, Problem problem, int status) {
        json.text("type", problem.kind().type());
        json.text("title", problem.kind().title());
        json.integer("status", status);
        json.text("detail", problem.getMessage());
    }

    /** Whether the answer is an error already. */
    public static boolean isProblem(Context context) {
        return Boolean.TRUE.equals(context.<Boolean>attribute(PROBLEM));
    }

    /**
     * A list, with how to go on where it is not the whole.
     *
     * @param elements at most one more than {@code most}
     * @param cursor where a list goes on that ends with this element
     */
    public static <T> void page(
            Context context, List<T> elements, int most, Function<T, String> cursor, BiConsumer<T, JsonText> members) {
        List<T> shown = elements.subList(0, Math.min(most, elements.size()));
        object(context, 200, json -> {
            json.array("items", shown, element -> json.object(() -> members.accept(element, json)));
            if (elements.size() > most) {
                json.text("next", cursor.apply(shown.get(shown.size() - 1)));
            } else {
                json.nothing("next");
            }
        });
    }

    /** A whole list. */
    public static <T> void list(Context context, List<T> elements, BiConsumer<T, JsonText> members) {
        page(context, elements, elements.size(), element -> "", members);
    }

    public static void time(JsonText json, String name, Instant time) {
        json.text(name, time.toString());
    }

    public static void time(JsonText json, String name, Optional<Instant> time) {
        json.text(name, time.map(Instant::toString));
    }

    private static byte[] bytes(Consumer<JsonText> document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.write(out, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }
}
