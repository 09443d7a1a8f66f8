package dev.plumbline.server.http;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Event;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Secret;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Organisations: their members, invitations and audit log. */
public final class OrganisationRoutes implements Routes {
    private final Services services;
    private final Access access;

    public OrganisationRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        String one = API + "/organisations/{organisation}";
        routes.get(API + "/organisations", this::list);
        routes.post(API + "/organisations", this::create);
        routes.get(one + "/members", this::members);
        routes.put(one + "/members/{account}", this::setRole);
        routes.delete(one + "/members/{account}", this::removeMember);
        routes.post(one + "/invitations", this::invite);
        routes.get(one + "/invitations", this::invitations);
        routes.delete(one + "/invitations/{id}", this::withdraw);
        routes.get(one + "/audit", this::audit);
        routes.get(API + "/audit", this::auditOfServer);
    }

    private void list(Context context) {
        Account person = access.person(context);
        Answers.list(context, services.projects().organisationsOf(person), OrganisationRoutes::write);
    }

    private static void write(Organisation organisation, JsonText json) {
        json.text("name", organisation.name().text());
        Answers.time(json, "createdAt", organisation.createdAt());
    }

    private void create(Context context) {
        Account administrator = access.administrator(context);
        Name name = Requests.name(Requests.object(context), "name");
        Organisation organisation = services.projects().createOrganisation(name, Optional.of(administrator));
        services.audit()
                .done(Authentication.identity(context), Optional.of(organisation), "organisation.create", name.text());
        Answers.object(context, 201, json -> write(organisation, json));
    }

    private void members(Context context) {
        Organisation organisation = access.organisation(context);
        Answers.list(context, services.projects().members(organisation), (member, json) -> {
            json.text("account", member.account().name().text());
            json.text("project", member.project());
            json.text("role", member.role().text());
            json.truth("isByGroup", member.isByGroup());
        });
    }

    private void setRole(Context context) {
        Organisation organisation = access.ownOrganisation(context);
        JsonValue body = Requests.object(context);
        Account account = account(context);
        Role role = role(body);
        Optional<Project> project = projectOf(organisation, body.get("project").text());
        services.projects().setRole(organisation, account, project, Optional.of(role));
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(organisation),
                        "member.role",
                        account.name() + " is " + role.text()
                                + project.map(known -> " of " + known.name()).orElse(""));
        context.status(204);
    }

    private void removeMember(Context context) {
        Organisation organisation = access.ownOrganisation(context);
        Account account = account(context);
        Optional<Project> project = projectOf(organisation, Optional.ofNullable(context.queryParam("project")));
        services.projects().setRole(organisation, account, project, Optional.empty());
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(organisation),
                        "member.remove",
                        account.name()
                                + project.map(known -> " of " + known.name()).orElse(""));
        context.status(204);
    }

    private Account account(Context context) {
        return services.accounts()
                .named(Requests.name(context.pathParam("account")))
                .orElseThrow(Problem::notFound);
    }

    private Optional<Project> projectOf(Organisation organisation, Optional<String> name) {
        return name.map(text -> services.projects()
                .find(organisation.name().text(), text)
                .orElseThrow(() -> Problem.invalid("the organisation has no such project")));
    }

    public static Role role(JsonValue body) {
        return Role.of(Requests.text(body, "role"))
                .orElseThrow(() -> Problem.invalid(
                        "the role must be viewer, recorder, contributor, reviewer, maintainer" + " or owner"));
    }

    private void invite(Context context) {
        Organisation organisation = access.ownOrganisation(context);
        Role role = role(Requests.object(context));
        Secret secret = services.invitations().of(organisation, role);
        services.audit()
                .done(Authentication.identity(context), Optional.of(organisation), "invitation.create", role.text());
        Answers.object(context, 201, json -> {
            json.text("invitation", secret.text());
            json.text(
                    "link",
                    services.publicAddress()
                            .resolve("/invitation#" + secret.text())
                            .toString());
        });
    }

    private void invitations(Context context) {
        Answers.list(context, services.invitations().open(access.ownOrganisation(context)), (open, json) -> {
            json.text("id", open.id());
            json.text("role", open.role().text());
            Answers.time(json, "createdAt", open.createdAt());
            Answers.time(json, "expiresAt", open.expiresAt());
        });
    }

    private void withdraw(Context context) {
        Organisation organisation = access.ownOrganisation(context);
        String id = context.pathParam("id");
        if (!services.invitations().withdraw(organisation, id)) {
            throw Problem.notFound();
        }
        services.audit().done(Authentication.identity(context), Optional.of(organisation), "invitation.withdraw", id);
        context.status(204);
    }

    private void audit(Context context) {
        audit(context, Optional.of(access.ownOrganisation(context)));
    }

    private void auditOfServer(Context context) {
        access.administrator(context);
        audit(context, Optional.empty());
    }

    private void audit(Context context, Optional<Organisation> organisation) {
        int limit = Requests.limit(context);
        String cursor = Requests.cursor(context).orElse("0");
        if (!cursor.matches("[0-9]{1,18}")) {
            throw Problem.invalid("the cursor does not belong to this list");
        }
        Answers.page(
                context,
                services.audit().after(organisation, Long.parseLong(cursor), limit + 1),
                limit,
                event -> Long.toString(event.number()),
                OrganisationRoutes::write);
    }

    private static void write(Event event, JsonText json) {
        json.integer("number", event.number());
        Answers.time(json, "at", event.at());
        json.text("actor", event.actor());
        json.text("address", event.address());
        json.text("organisation", event.organisation());
        json.text("action", event.action());
        json.text("object", event.object());
        json.text("outcome", event.outcome());
    }
}
