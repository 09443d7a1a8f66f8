package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Webhooks and what was sent to them, for programs. */
public final class WebhookRoutes extends ReceiverRoutes<Webhook> {
    private static final String HOOKS = PROJECT + "/webhooks";
    private static final String HOOK = HOOKS + "/{id}";

    private final WebhookReceivers webhooks;

    public WebhookRoutes(Services services) {
        this(new WebhookReceivers(services));
    }

    private WebhookRoutes(WebhookReceivers webhooks) {
        super(webhooks, HOOK);
        this.webhooks = webhooks;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        super.addTo(routes);
        routes.get(HOOKS, this::list);
        routes.post(HOOKS, this::add);
        routes.post(HOOK + "/test", this::test);
    }

    private void list(Context context) {
        Project project = access.project(context, Right.DECIDE);
        Answers.list(context, services.messages().webhooks().of(project), this::write);
    }

    @Override
    void write(Webhook webhook, JsonText json) {
        json.text("id", webhook.id());
        json.text("address", webhook.address().toString());
        json.array("events", webhook.events().stream().sorted().toList(), kind -> json.text(kind.text()));
        json.text("madeBy", webhook.madeBy());
        Answers.time(json, "createdAt", webhook.createdAt());
    }

    private void add(Context context) {
        Project project = changed(context);
        JsonValue body = Requests.object(context);
        Set<EventKind> events = body.get("events").isNothing()
                ? EventKind.chosen().collect(Collectors.toSet())
                : WebhookReceivers.events(body.get("events").elements().stream()
                        .map(one -> one.text().orElse(""))
                        .toList());
        Webhooks.Made made;
        try {
            made = webhooks.add(context, project, Requests.text(body, "address"), events);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        answer(context, 201, made.webhook(), Optional.of(made.secret()));
    }

    private void test(Context context) {
        webhooks.test(context, access.project(context, Right.DECIDE));
        context.status(204);
    }
}
