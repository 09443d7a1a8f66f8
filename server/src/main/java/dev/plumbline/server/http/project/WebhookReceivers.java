package dev.plumbline.server.http.project;

import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The webhooks of a project, by the id in the address of a request. */
final class WebhookReceivers extends Receivers<Webhook> {
    private final Access access;

    WebhookReceivers(Services services) {
        super(services, "webhook", "remove");
        access = new Access(services);
    }

    @Override
    Webhook of(Context context, Project project) {
        return services.messages()
                .webhooks()
                .find(project, context.pathParam("id"))
                .orElseThrow(Problem::notFound);
    }

    @Override
    Webhook queue(Webhook webhook) {
        return webhook;
    }

    /** Without the path, which may be a secret of the other program. */
    @Override
    String audited(Webhook webhook) {
        return webhook.id() + ", " + webhook.address().getHost();
    }

    @Override
    Optional<String> newSecret(Project project, Webhook webhook) {
        return services.messages().webhooks().renewSecret(project, webhook.id());
    }

    @Override
    void delete(Project project, Webhook webhook) {
        services.messages().webhooks().remove(project, webhook.id());
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
    Webhooks.Made add(Context context, Project project, String address, Set<EventKind> events) {
        Webhooks.Made made = services.messages()
                .webhooks()
                .add(project, services.messages().destinations().checked(address), events, access.person(context));
        audit(context, project, "add", made.webhook());
        return made;
    }

    /** Sends a message that only tries whether messages arrive. */
    void test(Context context, Project project) {
        services.messages()
                .deliveries()
                .add(of(context, project), services.messages().watch().test(project));
    }
}
