package dev.plumbline.publish.github;

import dev.plumbline.publish.CommentText;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Refusal;
import dev.plumbline.report.format.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one comment of a publication on a pull request: written once, then changed.
 *
 * <p>It is known by the marker in its first line and by its author, who has to be the owner of the token (or, for the
 * tokens of workflows, which may not ask who they are, a bot): anybody can write a comment that begins with the marker,
 * and a token that may write may change everybody's.
 */
final class StickyComment {
    /** More comments than people read; the comment is among the oldest. */
    private static final int MOST_PAGES = 30;

    private static final int PAGE = 100;
    private static final int ATTEMPTS = 3;

    private final GitHub github;
    private final GitHubJob job;

    StickyComment(GitHub github, GitHubJob job) {
        this.github = github;
        this.job = job;
    }

    /** @return what was done, in words */
    String publish(Publication publication) throws PublishFailure, InterruptedException {
        Optional<PullRequest> found = job.pullRequest().isPresent() ? job.pullRequest() : ofFork();
        if (found.isEmpty()) {
            return "no comment: this job has no open pull request";
        }
        PullRequest pull = found.get();
        String head =
                github.pullRequest(pull.number()).get("head").get("sha").text().orElse(pull.head());
        if (!head.equals(pull.head())) {
            return "no comment: pull request " + pull.number()
                    + " has newer commits than the measured one; their results will follow";
        }
        try {
            return write(pull.number(), publication, CommentText.full(publication));
        } catch (Refusal e) {
            if (e.isTooLong()) {
                return write(pull.number(), publication, CommentText.brief(publication)) + ", shortened";
            }
            throw e.status() == 403 ? mayNotWrite(e) : e;
        }
    }

    /** The pull request of a workflow run, found by the event's head, never by the measured results. */
    private Optional<PullRequest> ofFork() throws PublishFailure, InterruptedException {
        if (job.fork().isEmpty()) {
            return Optional.empty();
        }
        for (JsonValue pull : github.pullRequestsOf(job.fork().get()).elements()) {
            OptionalLong number = pull.get("number").integer();
            if (number.isPresent() && pull.get("head").get("sha").text().equals(Optional.of(job.commit()))) {
                return Optional.of(new PullRequest((int) number.getAsLong(), job.commit()));
            }
        }
        return Optional.empty();
    }

    private String write(int pull, Publication publication, String body) throws PublishFailure, InterruptedException {
        String marker = CommentText.marker(publication);
        Optional<String> login = github.login();
        for (int attempt = 1; ; attempt++) {
            OptionalLong known = find(pull, marker, login);
            try {
                if (known.isEmpty()) {
                    return "commented on pull request " + pull + address(github.comment(pull, body));
                }
                return "updated the comment on pull request " + pull
                        + address(github.changeComment(known.getAsLong(), body));
            } catch (Refusal e) {
                boolean gone = e.status() == 404 && known.isPresent();
                if (attempt == ATTEMPTS || !gone && e.status() < 500) {
                    throw e;
                }
                // perhaps it was written all the same: look before writing again
            }
        }
    }

    private OptionalLong find(int pull, String marker, Optional<String> login)
            throws PublishFailure, InterruptedException {
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<JsonValue> comments = github.comments(pull, page).elements();
            for (JsonValue comment : comments) {
                boolean marked = comment.get("body")
                        .text()
                        .filter(text ->
                                text.equals(marker) || text.startsWith(marker + "\n") || text.startsWith(marker + "\r"))
                        .isPresent();
                if (marked && isOurs(comment.get("user"), login)) {
                    return comment.get("id").integer();
                }
            }
            if (comments.size() < PAGE) {
                break;
            }
        }
        return OptionalLong.empty();
    }

    private static boolean isOurs(JsonValue author, Optional<String> login) {
        return login.isPresent()
                ? author.get("login")
                        .text()
                        .filter(login.get()::equalsIgnoreCase)
                        .isPresent()
                : author.get("type").text().filter("Bot"::equals).isPresent();
    }

    private static PublishFailure mayNotWrite(Refusal refusal) {
        return new PublishFailure(refusal.getMessage()
                + "; pull requests from forks get a read-only token, and the job needs the permission"
                + " pull-requests: write. Use the second workflow written by plumb init");
    }

    private static String address(JsonValue comment) {
        return comment.get("html_url")
                .text()
                .filter(url -> url.matches("https?://[A-Za-z0-9._~:/?#&=%-]{1,300}"))
                .map(url -> ": " + url)
                .orElse("");
    }
}
