package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.SeriesKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a finding or a series as a person types it, or its beginning.
 *
 * @param series the beginning of the id of a series
 * @param commit the beginning of the commit with which a change of it began; empty where only the series is named
 */
record ChangeId(String series, Optional<String> commit) {
    private static final Pattern PATTERN = Pattern.compile("([0-9a-f]{4,12})(?:-(.*))?");

    ChangeId {
        requireNonNull(series, "series");
        requireNonNull(commit, "commit");
    }

    /** The id that a text may be; empty where it can only be a name. */
    static Optional<ChangeId> of(String text) {
        Matcher matcher = PATTERN.matcher(text);
        return matcher.matches()
                ? Optional.of(new ChangeId(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).filter(commit -> !commit.isEmpty())))
                : Optional.empty();
    }

    /** Whether it may name this series, on any branch. */
    boolean isOf(SeriesKey key) {
        return key.id().startsWith(series) || key.findingId().startsWith(series);
    }

    /** Whether it names a change that began with this commit; never where it names a series alone. */
    boolean isSince(String revision) {
        return commit.filter(beginning -> isOfCommit(beginning, revision)).isPresent();
    }

    /** Whether a commit as an id has it, or its beginning, is this one. */
    static boolean isOfCommit(String beginning, String revision) {
        return revision.startsWith(beginning) || Finding.shortened(revision).startsWith(beginning);
    }
}
