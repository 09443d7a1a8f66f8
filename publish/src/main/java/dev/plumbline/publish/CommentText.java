package dev.plumbline.publish;

import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.MarkdownReport;

/**
 * A comment on a pull request: a hidden marker by which the next one finds it, the report, and a link to the whole.
 *
 * <p>The report is at most {@link MarkdownReport#MAX_LENGTH} characters; with the rest the comment stays below the
 * 65,536 that GitHub takes.
 */
public final class CommentText {
    private CommentText() {}

    /** The first line of every comment under this publication's name; invisible where Markdown is shown. */
    public static String marker(Publication publication) {
        return "<!-- plumbline: " + publication.name() + " -->";
    }

    /** The whole comment. */
    public static String full(Publication publication) {
        return of(publication, MarkdownReport.of(publication.report()));
    }

    /** The few lines that any service has room for. */
    public static String brief(Publication publication) {
        return of(publication, CiSummary.markdown(publication.report()));
    }

    private static String of(Publication publication, String report) {
        String link = publication
                .link()
                .map(uri -> "\n<sub>[Full report](" + uri + ")</sub>\n")
                .orElse("");
        String title = publication.name().equals(Publication.DEFAULT_NAME) ? "" : "## " + publication.name() + "\n\n";
        return marker(publication) + "\n" + title + report + link;
    }
}
