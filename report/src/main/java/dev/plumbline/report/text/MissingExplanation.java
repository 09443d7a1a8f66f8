package dev.plumbline.report.text;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Optional;

/** The missing part of a run, in plain words: its records, and the next step. */
public final class MissingExplanation {
    private MissingExplanation() {}

    /**
     * The whole explanation; every line ends in a line feed.
     *
     * @param reason what the gate has against it, where it was asked
     * @param authors of the commit since which it is missing, where that is known
     */
    public static String of(Missing one, Optional<GateReason> reason, CommitAuthors authors, TextStyle style) {
        StringBuilder out = new StringBuilder();
        paragraph(
                "",
                Words.label(one.key())
                        + (one.isBenchmark() ? "" : " · " + one.key().metric()),
                Ansi.BOLD,
                style,
                out);
        paragraph(
                "",
                "Missing: earlier runs measured it, this run did not"
                        + one.renamed()
                                .map(now -> "; it looks renamed to " + now.to().label() + MissingWords.moved(now))
                                .orElse(""),
                Ansi.BOLD,
                style,
                out);
        out.append('\n');
        reason.ifPresent(known -> paragraph("gate      ", GateWords.effect(known), Ansi.PLAIN, style, out));
        if (!one.since().isEmpty()) {
            paragraph("since     ", "commit " + authors.began(one.since()), Ansi.PLAIN, style, out);
        }
        paragraph(
                "where     ",
                "environment " + one.key().environment() + ", branch "
                        + one.key().branch(),
                Ansi.PLAIN,
                style,
                out);
        out.append('\n');
        one.renamed()
                .ifPresentOrElse(
                        now -> out.append("If it was renamed: ")
                                .append(style.command(
                                        ShellText.command("plumb series rename", List.of(now.from(), now.into()))))
                                .append('\n'),
                        () -> out.append("If it was removed on purpose: plumb accept ")
                                .append(one.id())
                                .append(" --reason WHY\n"));
        return out.toString();
    }

    private static void paragraph(String start, String words, Ansi look, TextStyle style, StringBuilder out) {
        Paragraph.append(start, style.safe(words), look, style, out);
    }
}
