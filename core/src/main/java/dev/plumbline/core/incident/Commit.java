package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A commit as the repository has it; every text in it came from outside.
 *
 * @param id the full id
 * @param author who wrote it
 * @param time when it was committed
 * @param subject the first line of its message
 * @param files what it touched; empty when that is not known
 * @param moreFiles how many files it touched besides
 * @param mergedWith the id of the merge that brought it to the branch; empty text where it was committed there
 */
public record Commit(
        String id, String author, Instant time, String subject, List<String> files, int moreFiles, String mergedWith) {
    public Commit {
        requireNonNull(mergedWith, "mergedWith");
        requireNonNull(id, "id");
        requireNonNull(author, "author");
        requireNonNull(time, "time");
        requireNonNull(subject, "subject");
        files = List.copyOf(files);
        if (moreFiles < 0) {
            throw new IllegalArgumentException(moreFiles + " more files");
        }
    }

    /** One that was committed on the branch itself. */
    public Commit(String id, String author, Instant time, String subject, List<String> files, int moreFiles) {
        this(id, author, time, subject, files, moreFiles, "");
    }

    /** The same where a merge brought it to the branch. */
    public Commit mergedWith(String merge) {
        return new Commit(id, author, time, subject, files, moreFiles, merge);
    }
}
