package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A previously seen incident: the facts to recognise it again.
 *
 * @param id its name: an {@code i} and eight hexadecimal digits
 * @param branch on which branch
 * @param worse whether it made things worse
 * @param anchor the series that showed its place best when it was first seen
 * @param firstCommit the first revision with which it may have begun, as was known then; empty text when unknown
 * @param lastCommit the last one
 * @param at when it was first seen
 */
public record KnownIncident(
        String id, String branch, boolean worse, SeriesKey anchor, String firstCommit, String lastCommit, Instant at) {
    private static final Pattern ID = Pattern.compile("i[0-9a-f]{8}");

    public KnownIncident {
        if (!isId(id)) {
            throw new IllegalArgumentException("the id of an incident is an i and eight hexadecimal digits, not " + id);
        }
        requireNonNull(branch, "branch");
        requireNonNull(anchor, "anchor");
        requireNonNull(firstCommit, "firstCommit");
        requireNonNull(lastCommit, "lastCommit");
        requireNonNull(at, "at");
    }

    /** Whether a text is a whole id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
