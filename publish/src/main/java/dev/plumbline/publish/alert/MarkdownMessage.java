package dev.plumbline.publish.alert;

import dev.plumbline.report.format.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages in the Markdown of chats. All text of reports is in code spans, where nothing becomes a mention, a link or
 * an emoji.
 */
final class MarkdownMessage {
    private MarkdownMessage() {}

    /** Within the 16,383 characters of a post of Mattermost. */
    static Consumer<JsonText> mattermost(Alert alert) {
        AlertText text = AlertText.of(alert);
        return json -> json.text(
                "text", "#### " + AlertText.sign(alert.kind()) + " " + code(text.title()) + "\n" + body(text));
    }

    /** Within the limits of Discord for an embed: a title of 256 characters, a description of 4,096. */
    static Consumer<JsonText> discord(Alert alert) {
        AlertText text = AlertText.of(alert);
        return json -> {
            json.object("allowed_mentions", () -> json.array("parse", List.<String>of(), json::text));
            json.array(
                    "embeds",
                    List.of(text),
                    one -> json.object(() -> {
                        json.text("title", AlertText.sign(alert.kind()) + " " + code(one.title()));
                        json.text("description", body(one));
                        json.integer("color", color(alert.kind()));
                    }));
        };
    }

    private static String body(AlertText text) {
        List<String> lines = new ArrayList<>(List.of(code(text.summary()), ""));
        text.reasons().forEach(reason -> lines.add("- " + code(reason)));
        if (!text.more().isEmpty()) {
            lines.add(text.more());
        }
        lines.add("");
        lines.add(code(text.commit())
                + text.link().map(uri -> " · [full report](" + uri + ")").orElse(""));
        return String.join("\n", lines);
    }

    private static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    private static int color(Alert.Kind kind) {
        return switch (kind) {
            case FAILED -> 0xC62828;
            case ACKNOWLEDGED -> 0xF9A825;
            case RECOVERED -> 0x2E7D32;
            case TEST -> 0x1565C0;
        };
    }
}
