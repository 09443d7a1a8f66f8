package dev.plumbline.server.http;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Secret;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Sign-in: signing in and out, accounts and invitations. */
public final class PeopleRoutes implements Routes {
    private final Services services;
    private final Access access;
    private final SignIn signIn;

    public PeopleRoutes(Services services, SignIn signIn) {
        this.services = services;
        this.signIn = signIn;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(API + "/me", this::me);
        routes.post(API + "/sessions", this::signIn);
        routes.delete(API + "/sessions/current", this::signOut);
        routes.post(API + "/invitations/accept", this::accept);
        routes.post(API + "/me/password", this::changePassword);
        routes.get(API + "/accounts", this::accounts);
        routes.post(API + "/accounts/{account}/disable", this::disable);
    }

    private void me(Context context) {
        Identity identity = Authentication.identity(context);
        Account account = identity.account().orElseThrow(() -> Problem.of(Problem.Kind.UNAUTHENTICATED, "sign in"));
        Answers.object(context, 200, json -> {
            write(account, json);
            identity.token()
                    .ifPresent(token -> json.object("token", () -> {
                        json.text("id", token.id());
                        json.text("name", token.name());
                        json.text("role", token.role().text());
                        Answers.time(json, "expiresAt", token.expiresAt());
                    }));
        });
    }

    /** Writes the part of an account that is visible to everybody who may see it. */
    static void write(Account account, JsonText json) {
        json.text("name", account.name().text());
        json.truth("isAdministrator", account.isAdministrator());
        Answers.time(json, "createdAt", account.createdAt());
        Answers.time(json, "disabledAt", account.disabledAt());
    }

    private void signIn(Context context) {
        JsonValue body = Requests.object(context);
        Account account = signIn.with(context, Requests.text(body, "account"), Requests.text(body, "password"));
        Answers.object(context, 201, json -> write(account, json));
    }

    private void signOut(Context context) {
        signIn.out(context);
        context.status(204);
    }

    private void accept(Context context) {
        JsonValue body = Requests.object(context);
        Account account = signIn.accept(
                context,
                new Secret(Requests.text(body, "invitation")),
                Requests.text(body, "account"),
                Requests.text(body, "password"));
        Answers.object(context, 201, json -> write(account, json));
    }

    private void changePassword(Context context) {
        Account account = access.person(context);
        JsonValue body = Requests.object(context);
        signIn.slowDown(context, account.name().text());
        if (services.accounts()
                .signedIn(account.name().text(), Requests.text(body, "password"))
                .isEmpty()) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "the current password is wrong");
        }
        try {
            services.accounts().setPassword(account, Requests.text(body, "newPassword"));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.empty(),
                        "account.password",
                        account.name().text());
        signIn.begin(context, account);
        context.status(204);
    }

    private void accounts(Context context) {
        access.administrator(context);
        Answers.list(context, services.accounts().all(), PeopleRoutes::write);
    }

    private void disable(Context context) {
        access.administrator(context);
        Name name = Requests.name(context.pathParam("account"));
        Account account = services.accounts().named(name).orElseThrow(Problem::notFound);
        services.accounts().disable(account);
        services.audit().done(Authentication.identity(context), Optional.empty(), "account.disable", name.text());
        context.status(204);
    }
}
