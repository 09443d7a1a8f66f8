package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The authors of the commits that a report names.
 *
 * @param names the authors by full commit id, as git or the results have them: text from outside
 * @param origins by the id of the first measured commit that shows a change, where that brought others
 * @param isOrdered whether the order of the judged commit among those before it is known; otherwise no author is named
 */
public record CommitAuthors(Map<String, String> names, Map<String, Origin> origins, boolean isOrdered) {
    /** No author is known. */
    public static final CommitAuthors UNKNOWN = new CommitAuthors(Map.of());

    /** The probability from which the likeliest commit is shown without a number. */
    private static final double NEARLY_CERTAIN = 0.95;

    /**
     * The most likely of the commits with which a change may have begun and that no run separates: that of the
     * incident.
     *
     * @param suspect what is known of it
     * @param commits how many there are, at least 1
     * @param ofBase how many of them the branch to which others are merged has as well; none for its own changes
     */
    public record Origin(Suspect suspect, int commits, int ofBase) {
        public Origin {
            requireNonNull(suspect, "suspect");
        }

        /** Whether it is likelier than all others together. */
        boolean isNamed() {
            return suspect.probability() > 0.5;
        }

        private String mergedWith() {
            return suspect.commit().map(Commit::mergedWith).orElse("");
        }
    }

    /** A longer name loses its end. */
    private static final int COLUMNS = 40;

    /** Characters of a commit's id. */
    private static final int SHORT = 10;

    /** The most characters of an author that are read. */
    private static final int CHARACTERS = 200;

    private static final Pattern ADDRESS = Pattern.compile("<[^>]*>?|[^\\s<>@]+@[^\\s<>]+");

    public CommitAuthors {
        names = Map.copyOf(names);
        origins = Map.copyOf(origins);
    }

    /** The authors of commits that brought no others. */
    public CommitAuthors(Map<String, String> names) {
        this(names, Map.of(), true);
    }

    /** The same, with what else the first measured commits of changes brought. */
    public CommitAuthors with(Map<String, Origin> others) {
        return new CommitAuthors(names, others, isOrdered);
    }

    /** The same of commits that neither git nor a CI service put in an order. */
    public CommitAuthors unordered() {
        return new CommitAuthors(names, origins, false);
    }

    /**
     * The commit with which a change began, and its author: {@code 3f2a1c9d00 by Jane Doe}; where no run separates it
     * from others, the likeliest of them: {@code 9ab01c55e2 by Ann (67 %, first measured with 3f2a1c9d00)}.
     *
     * @param measured the first measured commit that shows the change, as a run has it
     */
    public String began(String measured) {
        String first = TerminalText.start(measured, SHORT) + by(measured);
        Optional<Origin> origin = Optional.ofNullable(origins.get(measured));
        return origin.map(one -> one.isNamed() ? named(one, measured, false) : first + orOthers(one))
                .orElse(first);
    }

    /** The same for a table: {@code 9ab01c55e2 by Ann (67 %, merge 0c4c0486d6)}. */
    public String beganShort(String measured) {
        Optional<Origin> origin = Optional.ofNullable(origins.get(measured)).filter(Origin::isNamed);
        return origin.map(one -> named(one, measured, true)).orElseGet(() -> began(measured));
    }

    /** Whether more is known of a change than the first measured commit that shows it. */
    public boolean isEarlier(String measured) {
        return origins.containsKey(measured);
    }

    /** The number of unmeasured commits of the base branch that may have brought a change of another branch. */
    int ofBase(String measured) {
        return Optional.ofNullable(origins.get(measured)).map(Origin::ofBase).orElse(0);
    }

    private static String orOthers(Origin one) {
        return ", or " + Words.count(one.commits() - 1, "other commit", "other commits");
    }

    private static String named(Origin one, String measured, boolean isShort) {
        String commit = one.suspect().revision();
        String author = one.suspect()
                .commit()
                .map(each -> name(each.author()))
                .filter(name -> !name.isEmpty())
                .map(" by "::concat)
                .orElse("");
        List<String> more = new ArrayList<>();
        if (one.suspect().probability() < NEARLY_CERTAIN) {
            more.add(Percent.whole(one.suspect().probability()));
        }
        if (!one.mergedWith().isEmpty()) {
            more.add((isShort ? "merge " : "came with merge ") + TerminalText.start(one.mergedWith(), SHORT));
        }
        if (!isShort && !commit.equals(measured) && !one.mergedWith().equals(measured)) {
            more.add("first measured with " + TerminalText.start(measured, SHORT));
        }
        return TerminalText.start(commit, SHORT)
                + author
                + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
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

    /** The author of a commit, as {@link #by} takes it; empty text where unknown. */
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
