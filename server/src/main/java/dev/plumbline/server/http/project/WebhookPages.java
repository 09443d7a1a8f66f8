package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.page.WebhooksPage;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages of webhooks: members read them, owners change them. */
public final class WebhookPages extends ProjectPages {
    private static final String PAGE = ProjectAnswers.PAGES + "/webhooks";
    private static final int MESSAGES = 100;

    /** @param answers what the pages show */
    public WebhookPages(ProjectAnswers answers) {
        super(answers);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PAGE, browser.pages(this::list));
        routes.post(PAGE, browser.pages(this::add));
        routes.get(PAGE + "/secret", browser.pages(this::secret));
        routes.get(PAGE + "/{id}", browser.pages(this::one));
        routes.post(PAGE + "/{id}", browser.pages(this::change));
    }

    private void list(Context context) {
        list(context, access.project(context, Right.DECIDE), 200, Optional.empty());
    }

    private boolean isOwner(Context context, Project project) {
        return services.projects()
                .rights(Authentication.identity(context), project)
                .contains(Right.ADMINISTER);
    }

    private Tabs tabs(Context context, Project project) {
        return answers.tabs(context, project, Tabs.Tab.SETTINGS);
    }

    private void list(Context context, Project project, int status, Optional<String> error) {
        Map<Webhook, Optional<Delivery>> all = new LinkedHashMap<>();
        for (Webhook webhook : services.messages().webhooks().of(project)) {
            all.put(
                    webhook,
                    services.messages().deliveries().of(webhook, 1).stream().findFirst());
        }
        browser.html(
                context,
                status,
                WebhooksPage.list(
                        browser.layout(context), tabs(context, project), all, isOwner(context, project), error));
    }

    private static String address(Project project) {
        return "/p/" + project.path() + "/webhooks";
    }

    private void add(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        Map<String, String> form = Requests.form(context);
        try {
            Set<EventKind> events = WebhookRoutes.events(EventKind.chosen()
                    .map(EventKind::text)
                    .filter(form::containsKey)
                    .toList());
            Webhooks.Made made = WebhookRoutes.add(
                    services,
                    access,
                    context,
                    project,
                    form.getOrDefault("address", "").strip(),
                    events);
            show(context, project, made.secret());
        } catch (IllegalArgumentException e) {
            list(context, project, 400, Optional.of(e.getMessage()));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            list(context, project, 400, Optional.of(problem.getMessage()));
        }
    }

    private void show(Context context, Project project, String secret) {
        Tabs tabs = tabs(context, project);
        browser.showOnce(
                context,
                address(project) + "/secret",
                layout -> MessagePage.secret(
                        layout,
                        tabs,
                        "The secret of the webhook",
                        secret,
                        "Give it to the program that receives the messages. It needs the secret to verify the"
                                + " header webhook-signature (Standard Webhooks).",
                        Optional.empty(),
                        MessagePage.Back.WEBHOOKS));
    }

    private void secret(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        if (!browser.shownOnce(context)) {
            browser.redirect(context, address(project));
        }
    }

    private void one(Context context) {
        Project project = access.project(context, Right.DECIDE);
        Webhook webhook = services.messages()
                .webhooks()
                .find(project, context.pathParam("id"))
                .orElseThrow(Problem::notFound);
        List<Delivery> messages = services.messages().deliveries().of(webhook, MESSAGES);
        browser.html(
                context,
                200,
                WebhooksPage.one(
                        browser.layout(context), tabs(context, project), webhook, messages, isOwner(context, project)));
    }

    private void change(Context context) {
        Map<String, String> form = Requests.form(context);
        String action = form.getOrDefault("action", "");
        boolean isOwners = !action.equals("test") && !action.equals("redeliver");
        Project project = access.project(context, isOwners ? Right.ADMINISTER : Right.DECIDE);
        access.person(context);
        String here = address(project) + "/" + context.pathParam("id");
        switch (action) {
            case "test" -> {
                WebhookRoutes.test(services, context, project);
                browser.redirect(context, here, "A message is sent within a few seconds.");
            }
            case "redeliver" -> {
                WebhookRoutes.again(services, context, project, form.getOrDefault("delivery", ""));
                browser.redirect(context, here, "The message is sent again within a few seconds.");
            }
            case "secret" -> show(context, project, WebhookRoutes.renew(services, context, project));
            case "remove" -> {
                WebhookRoutes.remove(services, context, project);
                browser.redirect(context, address(project), "The webhook is removed. Nothing more is sent to it.");
            }
            default -> throw Problem.invalid("no such change");
        }
    }
}
