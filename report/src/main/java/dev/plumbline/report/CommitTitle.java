package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

/**
 * The author of a commit, and the first line of its message; both are untrusted text.
 *
 * @param author may be empty text
 * @param subject may be empty text
 */
public record CommitTitle(String author, String subject) {
    public CommitTitle {
        requireNonNull(author, "author");
        requireNonNull(subject, "subject");
    }
}
