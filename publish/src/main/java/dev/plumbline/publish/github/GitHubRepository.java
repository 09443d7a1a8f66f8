package dev.plumbline.publish.github;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.HostedRepository;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Token;
import dev.plumbline.publish.http.Transport;
import dev.plumbline.report.format.JsonValue;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A repository on GitHub, for publishing from outside its jobs. Where reports go follows from the commit that was
 * measured, and a later publication of a commit takes the place of the one before.
 */
public final class GitHubRepository implements HostedRepository {
    private final URI api;
    private final String repository;
    private final GitHub github;

    /**
     * @param api the address of the REST interface
     * @param repository as {@code owner/name}
     * @param token of a person, or of an app's installation
     * @throws PublishFailure if no secret may be sent to the address
     */
    public GitHubRepository(URI api, String repository, Token token, Patience patience, Transport transport)
            throws PublishFailure {
        this.api = requireNonNull(api, "api");
        this.repository = requireNonNull(repository, "repository");
        github = new GitHub(api, repository, token, patience, transport);
    }

    /** A token for one repository, and when it expires. */
    public record Granted(String token, Instant until) {
        public Granted {
            requireNonNull(token, "token");
            requireNonNull(until, "until");
        }

        @Override
        public String toString() {
            return "until " + until;
        }
    }

    @Override
    public String mainBranch() throws PublishFailure, InterruptedException {
        return github.description().get("default_branch").text().orElse("main");
    }

    /** A token of the installation in this repository, for an app that proves with its own token who it is. */
    public Granted installationToken() throws PublishFailure, InterruptedException {
        OptionalLong installation = github.installation().get("id").integer();
        if (installation.isEmpty()) {
            throw new PublishFailure("GitHub: the app is not installed in " + repository);
        }
        JsonValue answer = github.installationToken(installation.getAsLong());
        try {
            return new Granted(
                    answer.get("token").text().orElse(""),
                    Instant.parse(answer.get("expires_at").text().orElse("")));
        } catch (DateTimeException e) {
            throw new PublishFailure("GitHub: the token of the app's installation has no time of expiry");
        }
    }

    @Override
    public Delivery publish(String commit, Publication publication) throws InterruptedException {
        GitHubJob job;
        try {
            job = job(commit);
        } catch (PublishFailure e) {
            return new Delivery(List.of(), List.of(e.getMessage()));
        }
        CheckRun check = new CheckRun(github, job, true);
        return job.pullRequest().isEmpty()
                ? Delivery.of(List.of(() -> check.publish(publication)))
                : Delivery.of(List.of(
                        () -> check.publish(publication), () -> new StickyComment(github, job).publish(publication)));
    }

    @Override
    public Delivery await(String commit, String name, Optional<URI> link) throws InterruptedException {
        return Delivery.of(List.of(() -> new CheckRun(
                        github, new GitHubJob(api, repository, commit, Optional.empty(), Optional.empty(), link), true)
                .await(name, link)));
    }

    /** The head of the pull request that a commit is the head or the trial merge of; the commit itself otherwise. */
    private GitHubJob job(String commit) throws PublishFailure, InterruptedException {
        for (JsonValue pull : github.newestPullRequests().elements()) {
            Optional<String> head = pull.get("head").get("sha").text();
            OptionalLong number = pull.get("number").integer();
            boolean isOf = head.equals(Optional.of(commit))
                    || pull.get("merge_commit_sha").text().equals(Optional.of(commit));
            if (isOf && head.isPresent() && number.isPresent()) {
                return new GitHubJob(
                        api,
                        repository,
                        head.get(),
                        Optional.of(new PullRequest((int) number.getAsLong(), head.get())),
                        Optional.empty(),
                        Optional.empty());
            }
        }
        return new GitHubJob(api, repository, commit, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
