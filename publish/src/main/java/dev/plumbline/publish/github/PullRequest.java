package dev.plumbline.publish.github;

import static java.util.Objects.requireNonNull;

/**
 * A pull request as described by the event that started the job.
 *
 * @param number counted from 1
 * @param head the commit that the job was started for
 */
public record PullRequest(int number, String head) {
    public PullRequest {
        requireNonNull(head, "head");
        if (number < 1) {
            throw new IllegalArgumentException("pull requests are counted from 1, not " + number);
        }
    }
}
