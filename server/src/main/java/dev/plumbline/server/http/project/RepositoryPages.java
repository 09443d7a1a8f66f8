package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.RepositoryPage;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page of a project's repository. */
public final class RepositoryPages extends ReceiverPages<Connection> {
    private static final String PAGE = ProjectAnswers.PAGES + "/repository";
    private static final int MESSAGES = 50;

    /** The fields of secrets, which no page shows. */
    private static final Set<String> SECRETS = Set.of("token", "privateKey");

    private static final Words WORDS = new Words(
            "The secret of the repository's webhook",
            "Enter it in the settings of the repository, at its webhook for this address:",
            MessagePage.Back.REPOSITORY,
            "It is tried again within a few seconds.",
            "The repository is disconnected.");

    private final RepositoryReceiver repository;

    /** @param answers what the pages show */
    public RepositoryPages(ProjectAnswers answers) {
        this(answers, new RepositoryReceiver(answers.services()));
    }

    private RepositoryPages(ProjectAnswers answers, RepositoryReceiver repository) {
        super(answers, repository, "repository", WORDS);
        this.repository = repository;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PAGE, browser.pages(this::show));
        routes.get(PAGE + "/secret", browser.pages(this::secret));
        routes.post(PAGE, browser.pages(this::change));
    }

    private void show(Context context) {
        show(context, access.project(context, Right.DECIDE), 200, Map.of(), Optional.empty());
    }

    private void show(
            Context context, Project project, int status, Map<String, String> entered, Optional<String> error) {
        Optional<Connection> connection = services.forges().connections().of(project);
        browser.html(
                context,
                status,
                RepositoryPage.write(
                        browser.layout(context),
                        tabs(context, project),
                        new RepositoryPage.Content(
                                connection,
                                connection
                                        .map(one -> repository.deliveries(one, MESSAGES))
                                        .orElse(List.of()),
                                events(project),
                                isOwner(context, project),
                                entered),
                        error));
    }

    private String events(Project project) {
        return services.publicAddress()
                .resolve("/api/v1/projects/" + project.path() + "/forge/events")
                .toString();
    }

    @Override
    Optional<String> code(Project project) {
        return Optional.of(events(project));
    }

    @Override
    boolean isOfDeciders(String action) {
        return action.equals("read");
    }

    @Override
    boolean change(Context context, Project project, String action, Map<String, String> form) {
        switch (action) {
            case "connect" -> connect(context, project, form);
            case "read" -> {
                repository.read(project);
                browser.redirect(context, address(project), "The commits are read within a few seconds.");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void connect(Context context, Project project, Map<String, String> form) {
        Map<String, String> values = new HashMap<>(form);
        values.putIfAbsent("awaitsResults", "false"); // a box without a mark is not sent
        try {
            Optional<String> secret = repository.connect(context, project, repository.wanted(values));
            if (secret.isPresent()) {
                showSecret(context, project, secret.get());
            } else {
                browser.redirect(context, address(project), "Saved. The commits are read within a few seconds.");
            }
        } catch (IllegalArgumentException e) {
            Map<String, String> entered = new HashMap<>(form);
            entered.keySet().removeAll(SECRETS); // they are entered again
            show(context, project, 400, entered, Optional.of(e.getMessage()));
        }
    }
}
