package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;

/**
 * Receivers of a project's events, for programs: what all have in common. Who decides sees and repeats deliveries; who
 * administers changes.
 *
 * @param <R> one of them
 */
abstract class ReceiverRoutes<R> implements Routes {
    final Services services;
    final Access access;
    private final Receivers<R> receivers;
    private final String one;

    /** @param one the address of one */
    ReceiverRoutes(Receivers<R> receivers, String one) {
        this.receivers = receivers;
        this.one = one;
        services = receivers.services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.delete(one, this::remove);
        routes.post(one + "/secret", this::renew);
        routes.get(one + "/deliveries", this::deliveries);
        routes.post(one + "/deliveries/{delivery}/redeliver", this::again);
    }

    /** Writes the members of one, none of which is secret. */
    abstract void write(R receiver, JsonText json);

    /** The right to change one, for a person: it outlives a token. */
    final Project changed(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context);
        return project;
    }

    /** Answers with one, and the secret of a new one. */
    final void answer(Context context, int status, R receiver, Optional<String> secret) {
        Answers.object(context, status, json -> {
            write(receiver, json);
            json.text("secret", secret);
        });
    }

    private void remove(Context context) {
        receivers.remove(context, access.project(context, Right.ADMINISTER));
        context.status(204);
    }

    private void renew(Context context) {
        String secret = receivers.renew(context, changed(context));
        Answers.object(context, 200, json -> json.text("secret", secret));
    }

    private void deliveries(Context context) {
        R receiver = receivers.of(context, access.project(context, Right.DECIDE));
        Answers.list(context, receivers.deliveries(receiver, Requests.limit(context)), ReceiverRoutes::write);
    }

    private static void write(Delivery delivery, JsonText json) {
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
        receivers.again(context, access.project(context, Right.DECIDE), context.pathParam("delivery"));
        context.status(204);
    }
}
