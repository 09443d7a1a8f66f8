package dev.plumbline.publish.slack;

import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.Publication;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.TextReport;
import java.util.List;
import java.util.function.Consumer;

/** Messages in Slack's Block Kit, within its limits: 150 characters in a header, 3,000 in a section, 50 blocks. */
final class SlackMessage {
    private static final int MOST_REASONS = 10;

    private SlackMessage() {}

    /** The gate fails for reasons that were not sent yet; {@code known} others were. */
    static Consumer<JsonText> closed(Publication publication, String branch, List<GateReason> fresh, int known) {
        return message(
                publication,
                "❌ " + publication.name() + ": gate fails on " + branch,
                reasons(GateWords.of(fresh, publication.report()), known));
    }

    /** The gate passes again; {@code known} reasons had been sent. */
    static Consumer<JsonText> recovered(Publication publication, String branch, int known) {
        return message(
                publication,
                "✅ " + publication.name() + ": gate passes again on " + branch,
                known == 1 ? "The cause is gone." : "The " + known + " reasons are gone.");
    }

    private static Consumer<JsonText> message(Publication publication, String title, String text) {
        String summary = TextReport.summary(publication.report());
        List<Consumer<JsonText>> blocks = List.of(
                json -> header(title, json),
                json -> section(code(summary, 600), json),
                json -> section(text, json),
                json -> context(publication, json));
        return json -> {
            json.text("text", safe(title + " — " + summary, 500)); // for notifications
            json.array("blocks", blocks, block -> json.object(() -> block.accept(json)));
        };
    }

    private static String reasons(List<String> fresh, int known) {
        StringBuilder text = new StringBuilder();
        fresh.stream()
                .limit(MOST_REASONS)
                .forEach(reason -> text.append("• ").append(code(reason, 180)).append('\n'));
        if (fresh.size() > MOST_REASONS) {
            text.append("… and ").append(fresh.size() - MOST_REASONS).append(" more\n");
        }
        if (known > 0) {
            text.append(known)
                    .append(known == 1 ? " reason was" : " reasons were")
                    .append(" reported before\n");
        }
        return text.toString();
    }

    private static void header(String title, JsonText json) {
        json.text("type", "header");
        json.object("text", () -> {
            json.text("type", "plain_text");
            json.text("text", safe(title, 100));
        });
    }

    private static void section(String markdown, JsonText json) {
        json.text("type", "section");
        json.object("text", () -> markdown(markdown, json));
    }

    private static void context(Publication publication, JsonText json) {
        String commit = publication.report().candidates().stream()
                .map(run -> "commit " + run.header().revision().shortCommit())
                .findFirst()
                .orElse("no commit");
        String link = publication
                .link()
                .map(uri -> " · <" + uri.toString().replace("&", "&amp;") + "|full report>")
                .orElse("");
        json.text("type", "context");
        json.array("elements", List.of(code(commit, 60) + link), text -> json.object(() -> markdown(text, json)));
    }

    private static void markdown(String text, JsonText json) {
        json.text("type", "mrkdwn");
        json.text("text", text);
    }

    /** As code, where nothing becomes a mention, a link or an emoji. */
    private static String code(String text, int columns) {
        return "`" + safe(text.replace('`', '\''), columns) + "`";
    }

    /**
     * The three characters that Slack reads are written as it asks; a zero-width space keeps a colon from beginning an
     * emoji and a sign from beginning a mention.
     */
    private static String safe(String text, int columns) {
        return TerminalText.shorten(TerminalText.escape(text), columns, "…")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll(":(?=[a-z0-9_+-]+:)", ":\u200B")
                .replaceAll("@(?=[a-z])", "@\u200B");
    }
}
