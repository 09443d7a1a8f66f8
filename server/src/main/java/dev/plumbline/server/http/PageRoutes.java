package dev.plumbline.server.http;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.data.Taken;
import dev.plumbline.server.page.Assets;
import dev.plumbline.server.page.ProjectsPage;
import dev.plumbline.server.page.SignInPage;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Logins;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.project.BackgroundWork;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Pages for users: sign-in, accounts and projects. */
public final class PageRoutes implements Routes {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** The time that the first page waits for unknown verdicts; it requests the others later. */
    private static final long PATIENCE_MILLIS = 1_500;

    private final Services services;
    private final SignIn signIn;
    private final Authentication authentication;
    private final Access access;
    private final Browser browser;
    private final BiFunction<Identity, Project, ProjectsPage.Standing> judged;
    private final BackgroundWork<ProjectsPage.Standing> standings = new BackgroundWork<>("plumbline-standings");

    /** @param judged computes the state of a project, which may take long */
    public PageRoutes(
            Services services,
            SignIn signIn,
            Authentication authentication,
            Browser browser,
            BiFunction<Identity, Project, ProjectsPage.Standing> judged) {
        this.services = services;
        this.signIn = signIn;
        this.authentication = authentication;
        access = new Access(services);
        this.browser = browser;
        this.judged = judged;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(Assets.FOLDER + "{name}", browser.pages(PageRoutes::asset));
        routes.get("/sign-in", browser.pages(this::signInPage));
        routes.post("/sign-in", browser.pages(this::signIn));
        routes.post("/sign-out", browser.pages(this::signOut));
        routes.get("/invitation", browser.pages(this::invitationPage));
        routes.post("/invitation", browser.pages(this::accept));
        routes.get("/account", browser.pages(this::accountPage));
        routes.post("/account", browser.pages(this::changeAccount));
        routes.get("/", browser.pages(this::projects));
        routes.post("/", browser.pages(this::create));
    }

    private static void asset(Context context) {
        Assets.Asset asset = Assets.named(context.pathParam("name")).orElseThrow(Problem::notFound);
        context.header("Cache-Control", "public, max-age=31536000, immutable");
        context.contentType(asset.type() + "; charset=utf-8").result(asset.content());
    }

    private void signInPage(Context context) {
        String back =
                Browser.local(Optional.ofNullable(context.queryParam("to")).orElse("/"));
        if (Authentication.identity(context).isPerson()) {
            browser.redirect(context, back);
        } else {
            browser.html(
                    context,
                    200,
                    SignInPage.write(
                            browser.layout(context), back, "", ProviderRoutes.ways(services), Optional.empty()));
        }
    }

    private void signIn(Context context) {
        authentication.requireOwnOrigin(context);
        Map<String, String> form = Requests.form(context);
        String back = Browser.local(form.getOrDefault("to", "/"));
        String account = form.getOrDefault("account", "").strip();
        try {
            signIn.with(context, account, form.getOrDefault("password", ""));
            browser.redirect(context, back);
        } catch (Problem problem) {
            problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Long.toString(seconds)));
            browser.html(
                    context,
                    problem.kind().status(),
                    SignInPage.write(
                            browser.layout(context),
                            back,
                            account,
                            ProviderRoutes.ways(services),
                            Optional.of(words(problem))));
        }
    }

    private static String words(Problem problem) {
        return problem.kind() == Problem.Kind.TOO_MANY
                ? "too many attempts; wait "
                        + problem.retryAfterSeconds().map(String::valueOf).orElse("some") + " seconds and try again"
                : problem.getMessage();
    }

    private void signOut(Context context) {
        authentication.requireOwnOrigin(context);
        Map<String, URI> elsewhere = new LinkedHashMap<>();
        Identity identity = Authentication.identity(context);
        if (identity.isPerson()) {
            Set<String> issuers = services
                    .vouched()
                    .logins()
                    .of(identity.account().get())
                    .stream()
                    .map(Logins.Subject::issuer)
                    .collect(Collectors.toSet());
            services.vouched().identities().settings().providers().stream()
                    .filter(provider -> issuers.contains(provider.issuer().toString()))
                    .forEach(provider -> services.vouched()
                            .identities()
                            .signOut(provider)
                            .ifPresent(address -> elsewhere.put(provider.name(), address)));
        }
        signIn.out(context);
        if (elsewhere.isEmpty()) {
            browser.redirect(context, "/sign-in");
        } else {
            browser.html(context, 200, SignInPage.signedOut(browser.nobody(context), elsewhere));
        }
    }

    private void invitationPage(Context context) {
        browser.html(context, 200, SignInPage.invitation(browser.layout(context), "", "", Optional.empty()));
    }

    private void accept(Context context) {
        authentication.requireOwnOrigin(context);
        Map<String, String> form = Requests.form(context);
        String invitation = form.getOrDefault("invitation", "").strip();
        String account = form.getOrDefault("account", "").strip();
        Problem problem;
        try {
            signIn.accept(context, new Secret(invitation), account, form.getOrDefault("password", ""));
            browser.redirect(context, "/");
            return;
        } catch (Taken e) {
            problem = Problem.of(Problem.Kind.CONFLICT, "this name is taken; choose another one");
        } catch (Problem e) {
            problem = e;
        }
        String words = problem.kind() == Problem.Kind.NOT_FOUND
                ? "the invitation is unknown, was already used, or has expired; ask for a new one"
                : words(problem);
        browser.html(
                context,
                problem.kind().status(),
                SignInPage.invitation(browser.layout(context), invitation, account, Optional.of(words)));
    }

    private void accountPage(Context context) {
        account(context, 200, Optional.empty());
    }

    private void account(Context context, int status, Optional<String> error) {
        Account person = access.person(context);
        browser.html(
                context,
                status,
                SignInPage.account(
                        browser.layout(context),
                        new SignInPage.Own(
                                person.name().text(),
                                person.isAdministrator(),
                                services.accounts().hasPassword(person),
                                ProviderRoutes.ways(services, person)),
                        error));
    }

    private void changeAccount(Context context) {
        Account person = access.person(context);
        Map<String, String> form = Requests.form(context);
        Identity identity = Authentication.identity(context);
        if (form.getOrDefault("action", "").equals("sign-out-everywhere")) {
            services.audit()
                    .done(
                            identity,
                            Optional.empty(),
                            "session.end-all",
                            person.name().text());
            services.sessions().endAll(person);
            signIn.out(context);
            browser.redirect(context, "/sign-in");
            return;
        }
        try {
            signIn.slowDown(context, person.name().text());
            if (services.accounts()
                    .signedIn(person.name().text(), form.getOrDefault("password", ""))
                    .isEmpty()) {
                throw Problem.of(Problem.Kind.FORBIDDEN, "the current password is wrong");
            }
            services.accounts().setPassword(person, form.getOrDefault("newPassword", ""));
        } catch (IllegalArgumentException e) {
            account(context, 400, Optional.of(e.getMessage()));
            return;
        } catch (Problem e) {
            account(context, e.kind().status(), Optional.of(words(e)));
            return;
        }
        services.audit()
                .done(
                        identity,
                        Optional.empty(),
                        "account.password",
                        person.name().text());
        signIn.begin(context, person);
        browser.redirect(context, "/account", "The password is changed. All other browsers are signed out.");
    }

    private void projects(Context context) {
        projects(context, 200, Optional.empty());
    }

    private void projects(Context context, int status, Optional<String> error) {
        Identity identity = Authentication.identity(context);
        List<Project> all = services.projects().of(identity);
        if (!identity.isPerson() && all.isEmpty()) {
            access.person(context); // who may see nothing signs in
        }
        List<CompletableFuture<ProjectsPage.Standing>> standings = new ArrayList<>();
        all.forEach(project -> standings.add(standing(identity, project)));
        wait(standings);
        List<ProjectsPage.Row> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Project project = all.get(i);
            rows.add(new ProjectsPage.Row(
                    project.organisation().name().text(),
                    project.name().text(),
                    project.isPublic(),
                    now(standings.get(i)),
                    alerts(identity, project)));
        }
        browser.html(
                context,
                status,
                ProjectsPage.write(
                        browser.layout(context),
                        rows,
                        identity.isPerson()
                                ? creation(identity.account().orElseThrow())
                                : ProjectsPage.Creation.NOTHING,
                        error));
    }

    private List<String> alerts(Identity identity, Project project) {
        return services.projects().rights(identity, project).contains(Right.READ)
                ? services.expectedRuns().missing(project).stream()
                        .map(state -> state.words(services.clock().instant()))
                        .toList()
                : List.of();
    }

    private ProjectsPage.Creation creation(Account person) {
        return new ProjectsPage.Creation(owned(person), person.isAdministrator());
    }

    private List<String> owned(Account person) {
        Identity identity = new Identity(Optional.of(person), Optional.empty(), "");
        return services.projects().organisationsOf(person).stream()
                .filter(organisation -> services.projects().isOwner(identity, organisation))
                .map(organisation -> organisation.name().text())
                .toList();
    }

    /** Several who look at once wait for the same. */
    private CompletableFuture<ProjectsPage.Standing> standing(Identity identity, Project project) {
        if (!services.projects().rights(identity, project).contains(Right.READ)) {
            return CompletableFuture.completedFuture(ProjectsPage.Standing.of(ProjectsPage.State.IS_CLOSED));
        }
        return standings.of(project.id(), () -> judged.apply(identity, project));
    }

    private static void wait(List<CompletableFuture<ProjectsPage.Standing>> standings) {
        try {
            CompletableFuture.allOf(standings.toArray(CompletableFuture<?>[]::new))
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "verdicts are missing on the first page", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ProjectsPage.Standing now(CompletableFuture<ProjectsPage.Standing> standing) {
        try {
            return standing.getNow(ProjectsPage.Standing.of(ProjectsPage.State.IS_JUDGED));
        } catch (CompletionException | CancellationException e) {
            LOG.log(Level.WARNING, "judging a project for the first page failed", e);
            return new ProjectsPage.Standing(
                    ProjectsPage.State.UNKNOWN, "The verdict cannot be computed now.", 0, Optional.empty());
        }
    }

    private void create(Context context) {
        Account person = access.person(context);
        Map<String, String> form = Requests.form(context);
        String name = form.getOrDefault("name", "").strip();
        try {
            if (form.getOrDefault("action", "").equals("organisation")) {
                createOrganisation(context, person, Requests.name(name));
            } else {
                createProject(context, form, Requests.name(name));
            }
        } catch (Taken e) {
            projects(context, 409, Optional.of("this name is taken: " + name));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            projects(context, 400, Optional.of(problem.getMessage()));
        }
    }

    private void createOrganisation(Context context, Account person, Name name) {
        access.administrator(context);
        Organisation organisation = services.projects().createOrganisation(name, Optional.of(person));
        services.audit()
                .done(Authentication.identity(context), Optional.of(organisation), "organisation.create", name.text());
        browser.redirect(context, "/", "Organisation " + name + " created. Now create its first project.");
    }

    private void createProject(Context context, Map<String, String> form, Name name) {
        Identity identity = Authentication.identity(context);
        Organisation organisation = services.projects()
                .organisation(Requests.name(form.getOrDefault("organisation", "")))
                .filter(found -> services.projects().isOwner(identity, found))
                .orElseThrow(Problem::notFound);
        Project project = services.projects()
                .create(organisation, name, form.getOrDefault("visibility", "").equals("public"));
        services.audit().done(identity, Optional.of(organisation), "project.create", project.path());
        browser.redirect(context, "/p/" + project.path() + "/");
    }
}
