package dev.plumbline.publish.alert;

import dev.plumbline.report.format.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An Adaptive Card (schema 1.4) as a workflow of Microsoft Teams takes it, far below the 28 KB of a message. All text
 * of reports is in {@code TextRun}s, which do not interpret Markdown: nothing becomes a link or a mention.
 */
final class TeamsMessage {
    private TeamsMessage() {}

    static Consumer<JsonText> of(Alert alert) {
        return json -> {
            json.text("type", "message");
            json.array(
                    "attachments",
                    List.of(AlertText.of(alert)),
                    text -> json.object(() -> {
                        json.text("contentType", "application/vnd.microsoft.card.adaptive");
                        json.object("content", () -> card(alert, text, json));
                    }));
        };
    }

    private static void card(Alert alert, AlertText text, JsonText json) {
        json.text("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.text("type", "AdaptiveCard");
        json.text("version", "1.4");
        json.text("fallbackText", text.title());
        json.object("msteams", () -> json.text("width", "Full"));
        List<Consumer<JsonText>> blocks = new ArrayList<>();
        blocks.add(run -> {
            run.text("text", AlertText.sign(alert.kind()) + " " + text.title());
            run.text("size", "Large");
            run.text("weight", "Bolder");
            run.text("color", color(alert.kind()));
        });
        blocks.add(run -> run.text("text", text.summary()));
        text.reasons()
                .forEach(reason -> blocks.add(run -> {
                    run.text("text", "• " + reason);
                    run.text("fontType", "Monospace");
                }));
        if (!text.more().isEmpty()) {
            blocks.add(run -> run.text("text", text.more()));
        }
        blocks.add(run -> {
            run.text("text", text.commit());
            run.text("size", "Small");
        });
        json.array(
                "body",
                blocks,
                block -> json.object(() -> {
                    json.text("type", "RichTextBlock");
                    json.array(
                            "inlines",
                            List.of(block),
                            run -> json.object(() -> {
                                json.text("type", "TextRun");
                                run.accept(json);
                            }));
                }));
        text.link()
                .ifPresent(uri -> json.array(
                        "actions",
                        List.of(uri),
                        one -> json.object(() -> {
                            json.text("type", "Action.OpenUrl");
                            json.text("title", "Full report");
                            json.text("url", one.toString());
                        })));
    }

    private static String color(Alert.Kind kind) {
        return switch (kind) {
            case FAILED -> "Attention";
            case ACKNOWLEDGED -> "Warning";
            case RECOVERED -> "Good";
            case TEST -> "Accent";
        };
    }
}
