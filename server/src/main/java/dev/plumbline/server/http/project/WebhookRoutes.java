package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Webhooks and what was sent to them, for programs. Members who can decide see and repeat deliveries; administrators
 * make changes.
 */
public final class WebhookRoutes implements Routes {
    private static final String HOOKS = PROJECT + "/webhooks";
    private static final String HOOK = HOOKS + "/{id}";
    private static final String DELIVERIES = HOOK + "/deliveries";

    private final Services services;
    private final Access access;

    public WebhookRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(HOOKS, this::list);
        routes.post(HOOKS, this::add);
        routes.delete(HOOK, this::remove);
        routes.post(HOOK + "/secret", this::renew);
        routes.post(HOOK + "/test", this::test);
        routes.get(DELIVERIES, this::deliveries);
        routes.post(DELIVERIES + "/{delivery}/redeliver", this::again);
    }

    private void list(Context context) {
        Project project = access.project(context, Right.DECIDE);
        Answers.list(context, services.messages().webhooks().of(project), WebhookRoutes::write);
    }

    private static void write(Webhook webhook, JsonText json) {
        json.text("id", webhook.id());
        json.text("address", webhook.address().toString());
        json.array("events", webhook.events().stream().sorted().toList(), kind -> json.text(kind.text()));
        json.text("madeBy", webhook.madeBy());
        Answers.time(json, "createdAt", webhook.createdAt());
    }

    private void add(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context); // a webhook outlives a token
        JsonValue body = Requests.object(context);
        Set<EventKind> events = body.get("events").isNothing()
                ? EventKind.chosen().collect(Collectors.toSet())
                : events(body.get("events").elements().stream()
                        .map(one -> one.text().orElse(""))
                        .toList());
        Webhooks.Made made;
        try {
            made = add(services, access, context, project, Requests.text(body, "address"), events);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        Answers.object(context, 201, json -> {
            write(made.webhook(), json);
            json.text("secret", made.secret());
        });
    }

    static Set<EventKind> events(List<String> texts) {
        Set<EventKind> events = EnumSet.noneOf(EventKind.class);
        for (String text : texts) {
            events.add(EventKind.of(text)
                    .orElseThrow(() -> Problem.invalid("an event must be one of "
                            + EventKind.chosen().map(EventKind::text).collect(Collectors.joining(", ")))));
        }
        if (events.isEmpty()) {
            throw Problem.invalid("choose one event at least");
        }
        return events;
    }

    /**
     * Makes a webhook, with an entry in the audit log.
     *
     * @throws IllegalArgumentException if it cannot be made; the message says why
     */
    static Webhooks.Made add(
            Services services, Access access, Context context, Project project, String address, Set<EventKind> events) {
        Webhooks.Made made = services.messages()
                .webhooks()
                .add(project, services.messages().destinations().checked(address), events, access.person(context));
        audit(services, context, project, "webhook.add", made.webhook());
        return made;
    }

    /** Without the path, which may be a secret of the other program. */
    private static void audit(Services services, Context context, Project project, String action, Webhook webhook) {
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        action,
                        project.path() + ": " + webhook.id() + ", "
                                + webhook.address().getHost());
    }

    private static Webhook found(Services services, Context context, Project project) {
        return services.messages()
                .webhooks()
                .find(project, context.pathParam("id"))
                .orElseThrow(Problem::notFound);
    }

    private void remove(Context context) {
        remove(services, context, access.project(context, Right.ADMINISTER));
        context.status(204);
    }

    static void remove(Services services, Context context, Project project) {
        Webhook webhook = found(services, context, project);
        services.messages().webhooks().remove(project, webhook.id());
        audit(services, context, project, "webhook.remove", webhook);
    }

    private void renew(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context);
        String secret = renew(services, context, project);
        Answers.object(context, 200, json -> json.text("secret", secret));
    }

    static String renew(Services services, Context context, Project project) {
        Webhook webhook = found(services, context, project);
        String secret = services.messages()
                .webhooks()
                .renewSecret(project, webhook.id())
                .orElseThrow(Problem::notFound);
        audit(services, context, project, "webhook.secret", webhook);
        return secret;
    }

    private void test(Context context) {
        test(services, context, access.project(context, Right.DECIDE));
        context.status(204);
    }

    static void test(Services services, Context context, Project project) {
        services.messages()
                .deliveries()
                .add(
                        found(services, context, project),
                        services.messages().watch().test(project));
    }

    private void deliveries(Context context) {
        Project project = access.project(context, Right.DECIDE);
        Webhook webhook = found(services, context, project);
        int limit = Requests.limit(context);
        Answers.list(context, services.messages().deliveries().of(webhook, limit), WebhookRoutes::write);
    }

    static void write(Delivery delivery, JsonText json) {
        json.text("id", delivery.id());
        json.text("event", delivery.kind().text());
        json.text("state", delivery.state().name().toLowerCase(Locale.ROOT));
        json.integer("attempts", delivery.attempts());
        Answers.time(json, "createdAt", delivery.createdAt());
        Answers.time(json, "dueAt", delivery.dueAt());
        Answers.time(json, "endedAt", delivery.endedAt());
        json.text("answer", delivery.answer());
        json.text("body", delivery.body());
    }

    private void again(Context context) {
        again(services, context, access.project(context, Right.DECIDE), context.pathParam("delivery"));
        context.status(204);
    }

    static void again(Services services, Context context, Project project, String delivery) {
        Webhook webhook = found(services, context, project);
        if (!services.messages().deliveries().again(webhook, delivery)) {
            throw Problem.notFound();
        }
        audit(services, context, project, "webhook.redeliver", webhook);
    }
}
