package dev.plumbline.publish.github;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import dev.plumbline.publish.http.Transport;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** GitHub's REST interface for one repository: what is needed of it, by name. */
final class GitHub {
    private static final String VERSION = "2022-11-28";

    private final Service service;
    private final Token token;
    private final String repository;

    GitHub(GitHubJob job, Token token, Patience patience) throws PublishFailure {
        this(job.api(), job.repository(), token, patience, Transport.direct(patience.request()));
    }

    GitHub(URI api, String repository, Token token, Patience patience, Transport transport) throws PublishFailure {
        this.token = requireNonNull(token, "token");
        this.service = new Service(
                "GitHub",
                api,
                token,
                Service.bearer(token, Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", VERSION)),
                patience,
                transport);
        this.repository = "/repos/" + repository;
    }

    /**
     * The login of the person whose token this is; empty for tokens of workflows and apps, which may not ask.
     *
     * @throws PublishFailure if GitHub does not answer
     */
    Optional<String> login() throws PublishFailure, InterruptedException {
        if (token.isOfInstallation()) {
            return Optional.empty();
        }
        try {
            return service.get("/user").get("login").text();
        } catch (dev.plumbline.publish.http.Refusal e) {
            if (e.status() == 403 || e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    JsonValue pullRequest(int number) throws PublishFailure, InterruptedException {
        return service.get(repository + "/pulls/" + number);
    }

    /** Open pull requests whose head is a branch of an owner, given as {@code owner:branch}. */
    JsonValue pullRequestsOf(String head) throws PublishFailure, InterruptedException {
        return service.get(repository + "/pulls?state=open&per_page=100&head=" + encoded(head));
    }

    /** The open pull requests that changed last. */
    JsonValue newestPullRequests() throws PublishFailure, InterruptedException {
        return service.get(repository + "/pulls?state=open&sort=updated&direction=desc&per_page=100");
    }

    /** The repository itself. */
    JsonValue description() throws PublishFailure, InterruptedException {
        return service.get(repository);
    }

    /** The newest check of each app under a name. */
    JsonValue checksOf(String commit, String name) throws PublishFailure, InterruptedException {
        return service.get(repository + "/commits/" + commit + "/check-runs?check_name=" + encoded(name)
                + "&filter=latest&per_page=100");
    }

    /** The newest status of each context. */
    JsonValue statusesOf(String commit) throws PublishFailure, InterruptedException {
        return service.get(repository + "/commits/" + commit + "/status?per_page=100");
    }

    /** The installation of an app in the repository; needs the token of the app itself. */
    JsonValue installation() throws PublishFailure, InterruptedException {
        return service.get(repository + "/installation");
    }

    /** A token of an installation, for this repository alone. */
    JsonValue installationToken(long installation) throws PublishFailure, InterruptedException {
        return service.put(
                "POST",
                "/app/installations/" + installation + "/access_tokens",
                json -> json.array(
                        "repositories", List.of(repository.substring(repository.lastIndexOf('/') + 1)), json::text));
    }

    JsonValue comments(int pullRequest, int page) throws PublishFailure, InterruptedException {
        return service.get(repository + "/issues/" + pullRequest + "/comments?per_page=100&page=" + page);
    }

    JsonValue comment(int pullRequest, String body) throws PublishFailure, InterruptedException {
        return service.post(repository + "/issues/" + pullRequest + "/comments", json -> json.text("body", body));
    }

    JsonValue changeComment(long id, String body) throws PublishFailure, InterruptedException {
        return service.put("PATCH", repository + "/issues/comments/" + id, json -> json.text("body", body));
    }

    JsonValue check(Consumer<JsonText> body) throws PublishFailure, InterruptedException {
        return service.post(repository + "/check-runs", body);
    }

    JsonValue changeCheck(long id, Consumer<JsonText> body) throws PublishFailure, InterruptedException {
        return service.put("PATCH", repository + "/check-runs/" + id, body);
    }

    /** Statuses are kept by their context: the newest of a context counts, so one too many does no harm. */
    JsonValue status(String commit, Consumer<JsonText> body) throws PublishFailure, InterruptedException {
        return service.put("POST", repository + "/statuses/" + commit, body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
