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
 */
public record Commit(String id, String author, Instant time, String subject, List<String> files, int moreFiles) {
    public Commit {
        requireNonNull(id, "id");
        requireNonNull(author, "author");
        requireNonNull(time, "time");
        requireNonNull(subject, "subject");
        files = List.copyOf(files);
        if (moreFiles < 0) {
            throw new IllegalArgumentException(moreFiles + " more files");
        }
    }
}
