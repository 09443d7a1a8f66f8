package dev.plumbline.publish.alert;

import dev.plumbline.publish.Publication;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.TextReport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a message, without markup and without control characters; whoever sends them keeps them from becoming
 * markup.
 *
 * @param title one line
 * @param summary the first line of the report
 * @param reasons a line each
 * @param more what follows them: how many others there are, or what became of them; may be empty
 * @param commit of the judged run, or who sent the message
 * @param link to the whole report
 */
record AlertText(String title, String summary, List<String> reasons, String more, String commit, Optional<URI> link) {
    private static final int MOST_REASONS = 10;
    private static final int MOST_CHARACTERS = 180;

    AlertText {
        reasons = List.copyOf(reasons);
    }

    static AlertText of(Alert alert) {
        Publication publication = alert.publication();
        boolean isTest = alert.kind() == Alert.Kind.TEST;
        return new AlertText(
                line(publication.name() + ": " + title(alert), 100),
                isTest ? "A gate that fails is reported here." : line(TextReport.summary(publication.report()), 600),
                GateWords.of(alert.fresh(), publication.report()).stream()
                        .limit(MOST_REASONS)
                        .map(reason -> line(reason, MOST_CHARACTERS))
                        .toList(),
                more(alert),
                isTest ? "sent by plumb publish --test" : line(commit(publication), 60),
                publication.link());
    }

    static String line(String text, int columns) {
        return TerminalText.shorten(TerminalText.escape(text), columns, "…");
    }

    private static String commit(Publication publication) {
        return publication.report().candidates().stream()
                .map(run -> "commit " + run.header().revision().shortCommit())
                .findFirst()
                .orElse("no commit");
    }

    private static String title(Alert alert) {
        return switch (alert.kind()) {
            case FAILED -> "gate fails on " + alert.branch();
            case ACKNOWLEDGED -> "gate passes on " + alert.branch() + ", regression acknowledged or muted";
            case RECOVERED -> "gate passes again on " + alert.branch();
            case TEST -> "test message";
        };
    }

    private static String more(Alert alert) {
        int known = alert.known();
        return switch (alert.kind()) {
            case FAILED -> {
                List<String> lines = new ArrayList<>();
                if (alert.fresh().size() > MOST_REASONS) {
                    lines.add("… and " + (alert.fresh().size() - MOST_REASONS) + " more");
                }
                if (known > 0) {
                    lines.add(known + (known == 1 ? " reason was" : " reasons were") + " reported before");
                }
                yield String.join("\n", lines);
            }
            case ACKNOWLEDGED -> "The gate passes; the values are still worse.";
            case RECOVERED ->
                known == 1
                        ? "The reason no longer fails the gate."
                        : "The " + known + " reasons no longer fail the gate.";
            case TEST -> "";
        };
    }

    /** A sign that shows the kind of message at a glance. */
    static String sign(Alert.Kind kind) {
        return switch (kind) {
            case FAILED -> "❌";
            case ACKNOWLEDGED -> "👀";
            case RECOVERED -> "✅";
            case TEST -> "🔔";
        };
    }

    /** All of it, a line each; for services that take plain text. */
    String plain() {
        List<String> lines = new ArrayList<>(List.of(title, summary));
        reasons.forEach(reason -> lines.add("- " + reason));
        if (!more.isEmpty()) {
            lines.add(more);
        }
        lines.add(link.map(uri -> commit + ", full report: " + uri).orElse(commit));
        return String.join("\n", lines);
    }
}
