package dev.plumbline.publish.alert;

import dev.plumbline.report.format.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Messages in Slack's Block Kit, within its limits: 150 characters in a header, 3,000 in a section, 50 blocks. */
final class SlackMessage {
    private SlackMessage() {}

    static Consumer<JsonText> of(Alert alert) {
        AlertText text = AlertText.of(alert);
        String title = AlertText.sign(alert.kind()) + " " + text.title();
        String reasons = text.reasons().stream()
                .map(reason -> "• " + code(reason) + "\n")
                .collect(Collectors.joining("", "", safe(text.more())));
        List<Consumer<JsonText>> blocks = new ArrayList<>();
        blocks.add(json -> header(title, json));
        blocks.add(json -> section(code(text.summary()), json));
        if (!reasons.isEmpty()) {
            blocks.add(json -> section(reasons, json));
        }
        blocks.add(json -> context(text, json));
        return json -> {
            json.text("text", safe(title + " — " + text.summary())); // for notifications
            json.array("blocks", blocks, block -> json.object(() -> block.accept(json)));
        };
    }

    private static void header(String title, JsonText json) {
        json.text("type", "header");
        json.object("text", () -> {
            json.text("type", "plain_text");
            json.text("text", safe(title));
        });
    }

    private static void section(String markdown, JsonText json) {
        json.text("type", "section");
        json.object("text", () -> markdown(markdown, json));
    }

    private static void context(AlertText text, JsonText json) {
        String link = text.link()
                .map(uri -> " · <" + uri.toString().replace("&", "&amp;") + "|full report>")
                .orElse("");
        json.text("type", "context");
        json.array("elements", List.of(code(text.commit()) + link), line -> json.object(() -> markdown(line, json)));
    }

    private static void markdown(String text, JsonText json) {
        json.text("type", "mrkdwn");
        json.text("text", text);
    }

    /** As code, where nothing becomes a mention, a link or an emoji. */
    private static String code(String text) {
        return "`" + safe(text.replace('`', '\'')) + "`";
    }

    /**
     * The three characters that Slack reads are written as it asks; a zero-width space keeps a colon from beginning an
     * emoji and a sign from beginning a mention.
     */
    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll(":(?=[a-z0-9_+-]+:)", ":\u200B")
                .replaceAll("@(?=[a-z])", "@\u200B");
    }
}
