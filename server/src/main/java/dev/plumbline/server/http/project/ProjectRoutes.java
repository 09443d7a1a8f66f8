package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.OrganisationRoutes;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.ApiToken;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Projects and the tokens that open them. */
public final class ProjectRoutes implements Routes {
    private static final long DEFAULT_DAYS = 90;
    private static final Set<String> CHANGEABLE = Set.of("visibility", "badge");

    private final Services services;
    private final Access access;

    public ProjectRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(API + "/projects", this::list);
        routes.post(API + "/organisations/{organisation}/projects", this::create);
        routes.get(PROJECT, this::show);
        routes.patch(PROJECT, this::change);
        routes.delete(PROJECT, this::delete);
        routes.get(PROJECT + "/tokens", this::tokens);
        routes.post(PROJECT + "/tokens", this::issue);
        routes.delete(PROJECT + "/tokens/{id}", this::revoke);
    }

    private void list(Context context) {
        Identity identity = Authentication.identity(context);
        Answers.list(context, services.projects().of(identity), (project, json) -> write(project, identity, json));
    }

    private void write(Project project, Identity identity, JsonText json) {
        json.text("organisation", project.organisation().name().text());
        json.text("name", project.name().text());
        json.text("visibility", project.isPublic() ? "public" : "private");
        json.text("badge", project.hasPublicBadge() || project.isPublic() ? "everybody" : "readers");
        Answers.time(json, "createdAt", project.createdAt());
        json.array(
                "rights",
                services.projects().rights(identity, project),
                right -> json.text(right.name().toLowerCase(Locale.ROOT)));
    }

    private void create(Context context) {
        Organisation organisation = access.ownOrganisation(context);
        JsonValue body = Requests.object(context);
        Name name = Requests.name(body, "name");
        Project project =
                services.projects().create(organisation, name, isPublic(body).orElse(false));
        services.audit()
                .done(Authentication.identity(context), Optional.of(organisation), "project.create", project.path());
        answer(context, 201, project);
    }

    private static Optional<Boolean> isPublic(JsonValue body) {
        return body.get("visibility").text().map(text -> switch (text) {
            case "public" -> true;
            case "private" -> false;
            default -> throw Problem.invalid("visibility must be public or private");
        });
    }

    private void answer(Context context, int status, Project project) {
        Identity identity = Authentication.identity(context);
        Answers.object(context, status, json -> write(project, identity, json));
    }

    private void show(Context context) {
        Project project = access.anyRight(context);
        answer(context, 200, project);
    }

    private void change(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        JsonValue body = Requests.object(context);
        for (String member : body.members().keySet()) {
            if (!CHANGEABLE.contains(member)) {
                throw Problem.invalid("only the members \"visibility\" and \"badge\" can be changed");
            }
        }
        Optional<Boolean> isPublic = isPublic(body);
        Optional<Boolean> hasPublicBadge = hasPublicBadge(body);
        if (isPublic.isEmpty() && hasPublicBadge.isEmpty()) {
            throw Problem.invalid("the member \"visibility\" or \"badge\" is missing");
        }
        isPublic.ifPresent(value -> {
            services.projects().setPublic(project, value);
            audit(context, project, "project.visibility", " is " + (value ? "public" : "private"));
        });
        hasPublicBadge.ifPresent(value -> setPublicBadge(services, context, project, value));
        show(context);
    }

    private static Optional<Boolean> hasPublicBadge(JsonValue body) {
        return body.get("badge").text().map(text -> switch (text) {
            case "everybody" -> true;
            case "readers" -> false;
            default -> throw Problem.invalid("badge must be readers or everybody");
        });
    }

    /** Shows the badge of a project to everybody, or no longer, with an entry in the audit log. */
    public static void setPublicBadge(Services services, Context context, Project project, boolean isPublic) {
        services.projects().setPublicBadge(project, isPublic);
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "project.badge",
                        project.path() + " shows its badge to " + (isPublic ? "everybody" : "readers"));
    }

    private void audit(Context context, Project project, String action, String words) {
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        action,
                        project.path() + words);
    }

    private void delete(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context); // a token that leaks must not end a project
        services.projects().delete(project);
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "project.delete",
                        project.path());
        context.status(204);
    }

    private void tokens(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        Answers.list(context, services.tokens().of(project), ProjectRoutes::write);
    }

    private static void write(ApiToken token, JsonText json) {
        json.text("id", token.id());
        json.text("name", token.name());
        json.text("beginning", token.beginning());
        json.text("role", token.role().text());
        json.text("issuedBy", token.account().name().text());
        Answers.time(json, "createdAt", token.createdAt());
        Answers.time(json, "expiresAt", token.expiresAt());
        Answers.time(json, "revokedAt", token.revokedAt());
        Answers.time(json, "usedAt", token.usedAt());
    }

    private void issue(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        JsonValue body = Requests.object(context);
        Role role = OrganisationRoutes.role(body);
        long days = body.get("days").isNothing()
                ? DEFAULT_DAYS
                : body.get("days").integer().orElseThrow(() -> Problem.invalid("days must be a whole number"));
        Tokens.Issued issued;
        try {
            issued = services.tokens()
                    .issue(access.person(context), project, role, Requests.text(body, "name"), days(days));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "token.issue",
                        project.path() + ": " + issued.token().name() + ", " + role.text());
        Answers.object(context, 201, json -> {
            write(issued.token(), json);
            json.text("token", issued.secret().text());
        });
    }

    private static Duration days(long days) {
        return Duration.ofDays(Math.max(-1, Math.min(days, 1_000_000)));
    }

    private void revoke(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        String id = context.pathParam("id");
        if (!services.tokens().revoke(project, id)) {
            throw Problem.notFound();
        }
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "token.revoke",
                        project.path() + ": " + id);
        context.status(204);
    }
}
