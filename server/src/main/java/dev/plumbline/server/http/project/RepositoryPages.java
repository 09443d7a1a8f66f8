package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.RepositoryPage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page of a project's repository: members read it, owners change it. */
public final class RepositoryPages extends ProjectPages {
    private static final String PAGE = ProjectAnswers.PAGES + "/repository";
    private static final int MESSAGES = 50;

    /** The fields of secrets, which no page shows. */
    private static final Set<String> SECRETS = Set.of("token", "privateKey");

    /** @param answers what the pages show */
    public RepositoryPages(ProjectAnswers answers) {
        super(answers);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PAGE, browser.pages(this::show));
        routes.get(PAGE + "/secret", browser.pages(this::secret));
        routes.post(PAGE, browser.pages(this::change));
    }

    private static String address(Project project) {
        return "/p/" + project.path() + "/repository";
    }

    private void show(Context context) {
        show(context, access.project(context, Right.DECIDE), 200, Map.of(), Optional.empty());
    }

    private void show(
            Context context, Project project, int status, Map<String, String> entered, Optional<String> error) {
        Optional<Connection> connection = services.forges().connections().of(project);
        boolean isOwner = services.projects()
                .rights(Authentication.identity(context), project)
                .contains(Right.ADMINISTER);
        browser.html(
                context,
                status,
                RepositoryPage.write(
                        browser.layout(context),
                        answers.tabs(context, project, Tabs.Tab.SETTINGS),
                        new RepositoryPage.Content(
                                connection,
                                connection
                                        .map(one ->
                                                services.messages().deliveries().of(one.queue(), MESSAGES))
                                        .orElse(List.of()),
                                events(project),
                                isOwner,
                                entered),
                        error));
    }

    private String events(Project project) {
        return services.publicAddress()
                .resolve("/api/v1/projects/" + project.path() + "/forge/events")
                .toString();
    }

    private void showSecret(Context context, Project project, String secret) {
        Tabs tabs = answers.tabs(context, project, Tabs.Tab.SETTINGS);
        browser.showOnce(
                context,
                address(project) + "/secret",
                layout -> MessagePage.secret(
                        layout,
                        tabs,
                        "The secret of the repository's webhook",
                        secret,
                        "Enter it in the settings of the repository, at its webhook for this address:",
                        Optional.of(events(project)),
                        MessagePage.Back.REPOSITORY));
    }

    private void secret(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        if (!browser.shownOnce(context)) {
            browser.redirect(context, address(project));
        }
    }

    private void change(Context context) {
        Map<String, String> form = Requests.form(context);
        String action = form.getOrDefault("action", "");
        boolean isOwners = !action.equals("read") && !action.equals("redeliver");
        Project project = access.project(context, isOwners ? Right.ADMINISTER : Right.DECIDE);
        access.person(context);
        switch (action) {
            case "connect" -> connect(context, project, form);
            case "read" -> {
                services.forges().repositories().changed(RepositoryRoutes.found(services, project));
                browser.redirect(context, address(project), "The commits are read within a few seconds.");
            }
            case "redeliver" -> {
                RepositoryRoutes.again(services, context, project, form.getOrDefault("delivery", ""));
                browser.redirect(context, address(project), "It is tried again within a few seconds.");
            }
            case "secret" -> showSecret(context, project, RepositoryRoutes.renew(services, context, project));
            case "remove" -> {
                RepositoryRoutes.remove(services, context, project);
                browser.redirect(context, address(project), "The repository is disconnected.");
            }
            default -> throw Problem.invalid("no such change");
        }
    }

    private void connect(Context context, Project project, Map<String, String> form) {
        Map<String, String> values = new HashMap<>(form);
        values.putIfAbsent("awaitsResults", "false"); // a box without a mark is not sent
        try {
            Optional<String> secret = RepositoryRoutes.connect(
                    services, access, context, project, RepositoryRoutes.Wanted.of(services, values));
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
