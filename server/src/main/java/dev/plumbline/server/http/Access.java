package dev.plumbline.server.http;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The subject of a request, if its caller has the necessary right. */
public final class Access {
    private final Services services;

    public Access(Services services) {
        this.services = services;
    }

    /** The project of the address; not there for who has no right in it, refused to who lacks this one. */
    public Project project(Context context, Right right) {
        Identity identity = Authentication.identity(context);
        Optional<Project> project =
                services.projects().find(context.pathParam("organisation"), context.pathParam("project"));
        Set<Right> rights = project.map(known -> services.projects().rights(identity, known))
                .orElse(Set.of());
        if (rights.isEmpty()) {
            throw identity.account().isEmpty() ? unauthenticated() : Problem.notFound();
        }
        if (!rights.contains(right)) {
            services.audit()
                    .refused(
                            identity,
                            project.map(Project::organisation),
                            context.req().getMethod().toLowerCase(Locale.ROOT),
                            context.path(),
                            "needs the right to " + right.name().toLowerCase(Locale.ROOT));
            throw Problem.of(
                    Problem.Kind.FORBIDDEN,
                    "this needs the right to " + right.name().toLowerCase(Locale.ROOT) + " in "
                            + project.get().path() + ", which "
                            + Stream.of(Role.values())
                                    .filter(role -> role.rights().contains(right))
                                    .map(role -> role.text() + "s")
                                    .collect(Collectors.joining(", "))
                            + " have");
        }
        return project.get();
    }

    /** The project of the address, for who has any right in it: who only records knows what they record to. */
    public Project anyRight(Context context) {
        Identity identity = Authentication.identity(context);
        return services.projects()
                .find(context.pathParam("organisation"), context.pathParam("project"))
                .filter(project ->
                        !services.projects().rights(identity, project).isEmpty())
                .orElseThrow(Problem::notFound);
    }

    /** The same without those who have no more right than everybody has. */
    public Project memberOf(Context context) {
        if (Authentication.identity(context).account().isEmpty()) {
            throw unauthenticated();
        }
        return anyRight(context);
    }

    /** The problem of an anonymous caller, who does not learn whether there is such a project. */
    private static Problem unauthenticated() {
        return Problem.of(
                Problem.Kind.UNAUTHENTICATED, "sign in, or send a token in the header Authorization: Bearer TOKEN");
    }

    /** The account that signed in; a token is no person. */
    public Account person(Context context) {
        Identity identity = Authentication.identity(context);
        if (identity.token().isPresent()) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "a token opens one project only; sign in for this");
        }
        return identity.account().orElseThrow(Access::unauthenticated);
    }

    /** The organisation in the address, for an account with a role in it. */
    public Organisation organisation(Context context) {
        Account person = person(context);
        return Optional.of(context.pathParam("organisation"))
                .flatMap(Access::name)
                .flatMap(services.projects()::organisation)
                .filter(known -> person.isAdministrator()
                        || !services.projects().rolesIn(person, known).isEmpty())
                .orElseThrow(Problem::notFound);
    }

    private static Optional<Name> name(String text) {
        try {
            return Optional.of(new Name(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same for an owner. */
    public Organisation ownOrganisation(Context context) {
        Organisation organisation = organisation(context);
        Identity identity = Authentication.identity(context);
        if (!services.projects().isOwner(identity, organisation)) {
            services.audit()
                    .refused(
                            identity,
                            Optional.of(organisation),
                            context.req().getMethod().toLowerCase(Locale.ROOT),
                            context.path(),
                            "needs an owner");
            throw Problem.of(Problem.Kind.FORBIDDEN, "this requires an owner of " + organisation.name());
        }
        return organisation;
    }

    /** An administrator of the server. */
    public Account administrator(Context context) {
        Account person = person(context);
        if (!person.isAdministrator()) {
            throw Problem.notFound();
        }
        return person;
    }
}
