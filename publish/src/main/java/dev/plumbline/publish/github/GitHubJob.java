package dev.plumbline.publish.github;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Token;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The job of GitHub Actions, or of anything that sets the same variables, for which a report is published.
 *
 * <p>Everything here comes from the runner, never from the published report: in a workflow that publishes what a fork's
 * workflow measured, the report's author must not choose where it goes.
 *
 * @param api the address of the REST interface; another one for GitHub Enterprise
 * @param repository as {@code owner/name}
 * @param commit that checks and statuses belong to: a pull request's head, else what was pushed
 * @param pullRequest that comments go to, if the event names one
 * @param fork where to look for the pull request of a workflow run whose event does not name it, as {@code
 *     owner:branch}
 * @param link to the job's page
 */
public record GitHubJob(
        URI api,
        String repository,
        String commit,
        Optional<PullRequest> pullRequest,
        Optional<String> fork,
        Optional<URI> link) {
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String PUBLIC_API = "https://api.github.com";

    public GitHubJob {
        requireNonNull(api, "api");
        if (!REPOSITORY.matcher(repository).matches() || repository.contains("..")) {
            throw new IllegalArgumentException("a repository must be owner/name");
        }
        if (!COMMIT.matcher(commit).matches()) {
            throw new IllegalArgumentException("a commit must have 40 or 64 hexadecimal digits");
        }
        requireNonNull(pullRequest, "pullRequest");
        requireNonNull(fork, "fork");
        requireNonNull(link, "link");
    }

    /**
     * The job that the variables describe: {@code GITHUB_REPOSITORY}, {@code GITHUB_SHA}, {@code GITHUB_EVENT_PATH},
     * {@code GITHUB_API_URL}, {@code GITHUB_SERVER_URL}, {@code GITHUB_RUN_ID}.
     *
     * @throws PublishFailure if one is missing or makes no sense, or the event cannot be read
     */
    public static GitHubJob of(Map<String, String> variables) throws PublishFailure {
        JsonValue event = event(variables);
        JsonValue run = event.get("workflow_run");
        JsonValue pull = event.get("pull_request");
        Optional<String> head =
                pull.get("head").get("sha").text().or(() -> run.get("head_sha").text());
        Optional<PullRequest> known = Optional.empty();
        OptionalLong number = pull.get("number").integer();
        if (head.isPresent() && number.isPresent() && number.getAsLong() > 0 && number.getAsLong() < 1 << 30) {
            known = Optional.of(new PullRequest((int) number.getAsLong(), head.get()));
        }
        Optional<String> fork = Optional.empty();
        if (run.get("event")
                .text()
                .filter(name -> name.startsWith("pull_request"))
                .isPresent()) {
            Optional<String> owner =
                    run.get("head_repository").get("owner").get("login").text();
            Optional<String> branch = run.get("head_branch").text();
            fork = owner.isPresent() && branch.isPresent()
                    ? Optional.of(owner.get() + ":" + branch.get())
                    : Optional.empty();
        }
        try {
            return new GitHubJob(
                    address(variables.getOrDefault("GITHUB_API_URL", PUBLIC_API)),
                    needed(variables, "GITHUB_REPOSITORY"),
                    head.isPresent() ? head.get() : needed(variables, "GITHUB_SHA"),
                    known,
                    fork,
                    page(variables));
        } catch (IllegalArgumentException e) {
            throw new PublishFailure("GitHub: " + e.getMessage());
        }
    }

    /** The token in {@code GITHUB_TOKEN}; empty when there is none, or a blank one. */
    public static Optional<Token> token(Map<String, String> variables) throws PublishFailure {
        String value = variables.getOrDefault("GITHUB_TOKEN", "");
        return value.isBlank() ? Optional.empty() : Optional.of(Token.of("GITHUB_TOKEN", value));
    }

    private static URI address(String text) throws PublishFailure {
        try {
            return new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new PublishFailure("GITHUB_API_URL is not a URL");
        }
    }

    private static JsonValue event(Map<String, String> variables) throws PublishFailure {
        String path = variables.getOrDefault("GITHUB_EVENT_PATH", "");
        if (path.isBlank()) {
            return JsonValue.NOTHING;
        }
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return JsonValue.read(in);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new PublishFailure("GITHUB_EVENT_PATH: cannot read the event");
        }
    }

    private static String needed(Map<String, String> variables, String name) throws PublishFailure {
        String value = variables.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new PublishFailure(name + " is not set; GitHub Actions sets it, elsewhere set it yourself");
        }
        return value;
    }

    private static Optional<URI> page(Map<String, String> variables) {
        String server = variables.getOrDefault("GITHUB_SERVER_URL", "").strip();
        String run = variables.getOrDefault("GITHUB_RUN_ID", "").strip();
        String repository = variables.getOrDefault("GITHUB_REPOSITORY", "").strip();
        String page = server + "/" + repository + "/actions/runs/" + run;
        return run.matches("[0-9]+") && page.matches("https?://[A-Za-z0-9._:/-]+")
                ? Optional.of(URI.create(page))
                : Optional.empty();
    }
}
