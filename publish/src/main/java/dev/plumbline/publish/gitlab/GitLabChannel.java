package dev.plumbline.publish.gitlab;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One note on a merge request of GitLab, written once and then changed; from the variables that GitLab sets in its jobs
 * and a token in {@code GITLAB_TOKEN}, because the job's own token may not write notes.
 */
public final class GitLabChannel implements Channel {
    private final Map<String, String> variables;
    private final Patience patience;

    /** @param variables the process's environment variables */
    public GitLabChannel(Map<String, String> variables, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public Delivery publish(Publication publication) throws InterruptedException {
        return Delivery.of(List.of(() -> write(publication)));
    }

    private String write(Publication publication) throws PublishFailure, InterruptedException {
        Optional<String> mergeRequest = number("CI_MERGE_REQUEST_IID");
        if (mergeRequest.isEmpty()) {
            return "no note: this job has no merge request";
        }
        String project = number("CI_MERGE_REQUEST_PROJECT_ID")
                .or(() -> number("CI_PROJECT_ID"))
                .orElseThrow(() -> new PublishFailure("CI_PROJECT_ID is not set; GitLab sets it"));
        String value = variables.getOrDefault("GITLAB_TOKEN", "");
        if (value.isBlank()) {
            throw new PublishFailure("GITLAB_TOKEN is not set; set it to a project access token with the scope"
                    + " api and the role Reporter, as a masked variable");
        }
        Token token = Token.of("GITLAB_TOKEN", value);
        Service gitlab = new Service("GitLab", api(), token, Service.privateToken(token), patience);
        String notes = "/projects/" + project + "/merge_requests/" + mergeRequest.get() + "/notes";
        Publication linked = publication.link().isPresent()
                ? publication
                : new Publication(publication.report(), publication.name(), page(), publication.sources());
        return new StickyNote(gitlab, notes).publish(linked);
    }

    private URI api() throws PublishFailure {
        try {
            return new URI(variables.getOrDefault("CI_API_V4_URL", "https://gitlab.com/api/v4"));
        } catch (URISyntaxException e) {
            throw new PublishFailure("CI_API_V4_URL is not a URL");
        }
    }

    private Optional<URI> page() {
        return Optional.of(variables.getOrDefault("CI_JOB_URL", ""))
                .filter(url -> url.matches("https?://[A-Za-z0-9._:/-]+"))
                .map(URI::create);
    }

    private Optional<String> number(String variable) {
        return Optional.of(variables.getOrDefault(variable, "").strip()).filter(text -> text.matches("[0-9]{1,18}"));
    }
}
