package dev.plumbline.report;

import dev.plumbline.report.terminal.TerminalText;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Who wrote the commits that a report names.
 *
 * @param names the authors by full commit id, as git or the results have them: text from outside
 */
public record CommitAuthors(Map<String, String> names) {
    /** No author is known. */
    public static final CommitAuthors UNKNOWN = new CommitAuthors(Map.of());

    /** A longer name loses its end. */
    private static final int COLUMNS = 40;

    /** Nothing behind these characters of an author is read. */
    private static final int CHARACTERS = 200;

    private static final Pattern ADDRESS = Pattern.compile("<[^>]*>?|[^\\s<>@]+@[^\\s<>]+");

    public CommitAuthors {
        names = Map.copyOf(names);
    }

    /**
     * {@code " by Jane Doe"}, for behind a commit; empty text where the author is unknown.
     *
     * @param commit the id as a run has it; a working copy with uncommitted changes has no author
     */
    public String by(String commit) {
        String name = nameOf(commit);
        return name.isEmpty() ? "" : " by " + name;
    }

    /** The author of a commit, as {@link #by} takes it; empty text where nobody is known. */
    public String nameOf(String commit) {
        return name(names.getOrDefault(commit, ""));
    }

    /** The first line of an author's name without e-mail addresses, and no longer than others bear; may be empty. */
    public static String name(String author) {
        String start = author.length() > CHARACTERS ? TerminalText.start(author, CHARACTERS) : author;
        String name = ADDRESS.matcher(start.strip().lines().findFirst().orElse(""))
                .replaceAll(" ")
                .strip()
                .replaceAll("\\s+", " ");
        return TerminalText.shorten(TerminalText.escape(name), COLUMNS, "…");
    }
}
