package dev.plumbline.pipeline.repository;

import dev.plumbline.pipeline.config.Suggestion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The revision nearest to a name that neither git nor the history knows. */
public final class NearRevision {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{4,}.?[0-9a-f]*");
    private static final int SHORTEST = 7;

    /** Among many commits, some id is near to any other: its beginning has to be right, or one character lost. */
    private static final int SAME_BEGINNING = 3;

    private NearRevision() {}

    /**
     * {@code ; did you mean "release-1.2"?}; nothing when no branch, tag or commit is near.
     *
     * @param known ids of commits and runs of the history, the likeliest first
     */
    public static String hint(String typed, Git git, Collection<String> known) {
        String name = typed.strip();
        String lower = name.toLowerCase(Locale.ROOT);
        if (ID.matcher(lower).matches()) {
            String id = Suggestion.of(lower, beginnings(lower, known, git));
            if (!id.isEmpty()) {
                return id;
            }
        }
        // A name that git knows may still be unknown where it is asked for, as main in main~9.
        List<String> names = git.names();
        return names.contains(name) ? "" : Suggestion.of(name, names);
    }

    /** The same with what git knows. */
    public static String hint(String typed, Git git) {
        return hint(typed, git, List.of());
    }

    /** Whether there is a repository, and it does not know a revision. */
    public static boolean isUnknown(String typed, Git git) {
        return git.root().isPresent() && git.commitOf(typed).isEmpty();
    }

    private static Set<String> beginnings(String typed, Collection<String> known, Git git) {
        Set<String> beginnings = new LinkedHashSet<>();
        Stream.concat(known.stream(), git.someCommits().stream())
                .filter(id -> id.startsWith(typed.substring(0, SAME_BEGINNING)) || id.startsWith(typed, 1))
                .forEach(id ->
                        beginnings.add(id.substring(0, Math.min(id.length(), Math.max(SHORTEST, typed.length())))));
        return beginnings;
    }
}
