package dev.plumbline.server.http.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.Webhook;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * The receivers of a project's events: its webhooks, or its repository. Each has a secret and a queue of deliveries;
 * every change is in the audit log.
 *
 * @param <R> one of them
 */
abstract class Receivers<R> {
    final Services services;
    private final String subject;
    private final String removal;

    /**
     * @param subject the beginning of their actions in the audit log
     * @param removal the end of the action that removes one
     */
    Receivers(Services services, String subject, String removal) {
        this.services = requireNonNull(services, "services");
        this.subject = requireNonNull(subject, "subject");
        this.removal = requireNonNull(removal, "removal");
    }

    /** The one that a request is about; a problem where there is none. */
    abstract R of(Context context, Project project);

    /** The queue of what is sent to one. */
    abstract Webhook queue(R receiver);

    /** Its name in the audit log. */
    abstract String audited(R receiver);

    /** Gives one a new secret; empty where it is gone. */
    abstract Optional<String> newSecret(Project project, R receiver);

    abstract void delete(Project project, R receiver);

    /** The newest deliveries first. */
    final List<Delivery> deliveries(R receiver, int limit) {
        return services.messages().deliveries().of(queue(receiver), limit);
    }

    /** Replaces the secret of the one that a request is about. */
    final String renew(Context context, Project project) {
        R receiver = of(context, project);
        String secret = newSecret(project, receiver).orElseThrow(Problem::notFound);
        audit(context, project, "secret", receiver);
        return secret;
    }

    /** Removes the one that a request is about. */
    final void remove(Context context, Project project) {
        R receiver = of(context, project);
        delete(project, receiver);
        audit(context, project, removal, receiver);
    }

    /** Repeats a delivery to the one that a request is about. */
    final void again(Context context, Project project, String delivery) {
        R receiver = of(context, project);
        if (!services.messages().deliveries().again(queue(receiver), delivery)) {
            throw Problem.notFound();
        }
        audit(context, project, "redeliver", receiver);
    }

    final void audit(Context context, Project project, String action, R receiver) {
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        subject + "." + action,
                        project.path() + ": " + audited(receiver));
    }
}
