package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The message.
 *
 * @param body one JSON object: the type, the time, and data about it
 */
public record Message(EventKind kind, String body) {
    public Message {
        requireNonNull(kind, "kind");
        requireNonNull(body, "body");
    }

    /**
     * Writes one.
     *
     * @param at when it happened, or was noticed
     * @param data members of its data
     */
    public static Message of(EventKind kind, Instant at, Consumer<JsonText> data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.line(
                    out,
                    json -> json.object(() -> {
                        json.text("type", kind.text());
                        json.text("timestamp", at.toString());
                        json.object("data", () -> data.accept(json));
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return new Message(kind, out.toString(StandardCharsets.UTF_8).strip());
    }
}
