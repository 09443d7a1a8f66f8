package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.WebhooksPage;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages of webhooks. */
public final class WebhookPages extends ReceiverPages<Webhook> {
    private static final String PAGE = ProjectAnswers.PAGES + "/webhooks";
    private static final int MESSAGES = 100;

    private static final Words WORDS = new Words(
            "The secret of the webhook",
            "Give it to the program that receives the messages. It needs the secret to verify the header"
                    + " webhook-signature (Standard Webhooks).",
            MessagePage.Back.WEBHOOKS,
            "The message is sent again within a few seconds.",
            "The webhook is removed. Nothing more is sent to it.");

    private final WebhookReceivers webhooks;

    /** @param answers what the pages show */
    public WebhookPages(ProjectAnswers answers) {
        this(answers, new WebhookReceivers(answers.services()));
    }

    private WebhookPages(ProjectAnswers answers, WebhookReceivers webhooks) {
        super(answers, webhooks, "webhooks", WORDS);
        this.webhooks = webhooks;
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
        list(context, access.project(context, Right.DECIDE), 200, Map.of(), Optional.empty());
    }

    private void list(
            Context context, Project project, int status, Map<String, String> entered, Optional<String> error) {
        Map<Webhook, Optional<Delivery>> all = new LinkedHashMap<>();
        for (Webhook webhook : services.messages().webhooks().of(project)) {
            all.put(webhook, webhooks.deliveries(webhook, 1).stream().findFirst());
        }
        browser.html(
                context,
                status,
                WebhooksPage.list(
                        browser.layout(context),
                        tabs(context, project),
                        all,
                        isOwner(context, project),
                        entered,
                        error));
    }

    private void add(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        Map<String, String> form = Requests.form(context);
        try {
            Set<EventKind> events = WebhookReceivers.events(EventKind.chosen()
                    .map(EventKind::text)
                    .filter(form::containsKey)
                    .toList());
            Webhooks.Made made = webhooks.add(
                    context, project, form.getOrDefault("address", "").strip(), events);
            showSecret(context, project, made.secret());
        } catch (IllegalArgumentException e) {
            list(context, project, 400, form, Optional.of(e.getMessage()));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            list(context, project, 400, form, Optional.of(problem.getMessage()));
        }
    }

    private void one(Context context) {
        Project project = access.project(context, Right.DECIDE);
        Webhook webhook = webhooks.of(context, project);
        browser.html(
                context,
                200,
                WebhooksPage.one(
                        browser.layout(context),
                        tabs(context, project),
                        webhook,
                        webhooks.deliveries(webhook, MESSAGES),
                        isOwner(context, project)));
    }

    @Override
    Optional<String> code(Project project) {
        return Optional.empty();
    }

    @Override
    boolean isOfDeciders(String action) {
        return action.equals("test");
    }

    @Override
    boolean change(Context context, Project project, String action, Map<String, String> form) {
        if (!action.equals("test")) {
            return false;
        }
        webhooks.test(context, project);
        browser.redirect(context, context.path(), "A message is sent within a few seconds.");
        return true;
    }
}
