package dev.plumbline.publish.gitlab;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.HostedRepository;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Refusal;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import dev.plumbline.publish.http.Transport;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.TextReport;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A project on GitLab, for publishing from outside its jobs: the status of a commit, and the note of the merge
 * request whose newest commit it is. A later publication of a commit takes the place of the one before.
 */
public final class GitLabProject implements HostedRepository {
    private static final int MOST_DESCRIPTION = 200;
    private static final String AWAITED = "Waiting for benchmark results";

    private final Service gitlab;
    private final String project;

    /**
     * @param api the address of the REST interface, {@code https://gitlab.com/api/v4}
     * @param path of the project: {@code group/name}
     * @throws PublishFailure if no secret may be sent to the address
     */
    public GitLabProject(URI api, String path, Token token, Patience patience, Transport transport)
            throws PublishFailure {
        gitlab = new Service("GitLab", api, token, Service.privateToken(token), patience, transport);
        project = "/projects/" + encoded(requireNonNull(path, "path"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String mainBranch() throws PublishFailure, InterruptedException {
        return gitlab.get(project).get("default_branch").text().orElse("main");
    }

    @Override
    public Delivery publish(String commit, Publication publication) throws InterruptedException {
        return Delivery.of(List.of(
                () -> status(
                        commit,
                        publication.name(),
                        switch (publication.report().gate().state()) {
                            case OPEN -> "success";
                            case CLOSED, UNDECIDED -> "failed";
                        },
                        TerminalText.shorten(
                                TerminalText.escape(TextReport.summary(publication.report())), MOST_DESCRIPTION, "…"),
                        publication.link()),
                () -> note(commit, publication)));
    }

    @Override
    public Delivery await(String commit, String name, Optional<URI> link) throws InterruptedException {
        return Delivery.of(List.of(() -> {
            boolean isThere = !gitlab.get(
                            project + "/repository/commits/" + commit + "/statuses?per_page=1&name=" + encoded(name))
                    .elements()
                    .isEmpty();
            return isThere
                    ? "the status " + name + " of commit " + commit.substring(0, 10) + " is there already"
                    : status(commit, name, "pending", AWAITED, link);
        }));
    }

    private String status(String commit, String name, String state, String description, Optional<URI> link)
            throws PublishFailure, InterruptedException {
        Consumer<JsonText> body = json -> {
            json.text("state", state);
            json.text("name", name);
            json.text("description", description);
            link.ifPresent(page -> json.text("target_url", page.toString()));
        };
        try {
            gitlab.put("POST", project + "/statuses/" + commit, body);
        } catch (Refusal e) {
            // GitLab refuses a state that a status has already
            if (e.status() != 400 || !e.stated().contains("Cannot transition status")) {
                throw e;
            }
        }
        return "wrote the status " + name + " of commit " + commit.substring(0, 10) + ": " + state;
    }

    private String note(String commit, Publication publication) throws PublishFailure, InterruptedException {
        List<JsonValue> open = gitlab.get(
                        project + "/merge_requests?state=opened&order_by=updated_at&sort=desc&per_page=100")
                .elements();
        for (JsonValue request : open) {
            OptionalLong number = request.get("iid").integer();
            if (request.get("sha").text().equals(Optional.of(commit)) && number.isPresent()) {
                String notes = project + "/merge_requests/" + number.getAsLong() + "/notes";
                return new StickyNote(gitlab, notes).publish(publication);
            }
        }
        return "no note: the commit is the newest of no open merge request";
    }
}
