package dev.plumbline.server.http;

import dev.plumbline.server.data.Taken;
import dev.plumbline.server.identity.GroupRule;
import dev.plumbline.server.identity.Identities;
import dev.plumbline.server.identity.IdentityFailure;
import dev.plumbline.server.identity.ProvedPerson;
import dev.plumbline.server.identity.Provider;
import dev.plumbline.server.page.DevicePage;
import dev.plumbline.server.page.SignInPage;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Devices;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Logins;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.people.SignInAttempts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Pages for signing in through an identity provider, and for approving a program on another device. */
public final class ProviderRoutes implements Routes {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** Kept while the user is at the provider, and sent when they return. */
    private static final String COOKIE = "__Host-plumbline-sign-in";

    private static final String COOKIE_RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
    private static final long COOKIE_SECONDS = 600;

    private final Services services;
    private final SignIn signIn;
    private final Browser browser;
    private final Access access;

    public ProviderRoutes(Services services, SignIn signIn, Browser browser) {
        this.services = services;
        this.signIn = signIn;
        this.browser = browser;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/sign-in/{provider}", browser.pages(this::begin));
        routes.get("/sign-in/{provider}/callback", browser.pages(this::end));
        routes.post("/account/providers", browser.pages(this::change));
        routes.get("/device", browser.pages(this::device));
        routes.post("/device", browser.pages(this::answerDevice));
    }

    /** The ways to sign in, by the configured addresses. */
    static Map<String, String> ways(Services services) {
        Map<String, String> ways = new LinkedHashMap<>();
        services.vouched().identities().settings().providers().forEach(one -> ways.put(one.id(), one.name()));
        return ways;
    }

    /** The ways to sign in on an account's own page. */
    static List<SignInPage.Way> ways(Services services, Account account) {
        List<Logins.Subject> known = services.vouched().logins().of(account);
        boolean hasOther = services.accounts().hasPassword(account) || known.size() > 1;
        return services.vouched().identities().settings().providers().stream()
                .map(provider -> {
                    Optional<Logins.Subject> own = known.stream()
                            .filter(one -> one.issuer().equals(provider.issuer().toString()))
                            .findFirst();
                    return new SignInPage.Way(
                            provider.id(),
                            provider.name(),
                            own.map(one -> one.mail().orElse(one.subject())),
                            hasOther);
                })
                .toList();
    }

    private Provider provider(String id) {
        return services.vouched().identities().settings().provider(id).orElseThrow(Problem::notFound);
    }

    private Provider provider(Context context) {
        return provider(context.pathParam("provider"));
    }

    private URI redirect(Provider provider) {
        return services.publicAddress().resolve("/sign-in/" + provider.id() + "/callback");
    }

    private void begin(Context context) {
        Provider provider = provider(context);
        String back =
                Browser.local(Optional.ofNullable(context.queryParam("to")).orElse("/"));
        if (Authentication.identity(context).isPerson()) {
            browser.redirect(context, back);
            return;
        }
        try {
            URI there = attempt(context, provider, back, Optional.empty());
            context.redirect(there.toString(), HttpStatus.SEE_OTHER);
        } catch (IdentityFailure e) {
            fail(context, provider, back, e);
        }
    }

    /** Begins an attempt; answers with where it goes on. */
    private URI attempt(Context context, Provider provider, String back, Optional<Account> connecting)
            throws IdentityFailure {
        SignInAttempts.Begun begun = services.vouched().attempts().begin(provider.id(), back, connecting);
        URI there = services.vouched()
                .identities()
                .authorization(
                        provider,
                        attempt(provider, begun.browser()),
                        begun.state().text());
        context.res().addHeader("Set-Cookie", COOKIE + "=" + begun.browser().text() + COOKIE_RULES + COOKIE_SECONDS);
        return there;
    }

    private Identities.Attempt attempt(Provider provider, Secret browserSecret) {
        return new Identities.Attempt(
                redirect(provider), SignInAttempts.nonce(browserSecret), SignInAttempts.verifier(browserSecret));
    }

    /** A page with the remaining options, and a line in the log: the sign-in failed. */
    private void fail(Context context, Provider provider, String back, IdentityFailure failure) {
        LOG.log(Level.WARNING, "signing in through {0} failed: {1}", new Object[] {provider.id(), failure.reason()});
        audit(context, provider, failure.getMessage());
        Problem.Kind kind =
                failure.kind() == IdentityFailure.Kind.NO_ANSWER ? Problem.Kind.UNAVAILABLE : Problem.Kind.FORBIDDEN;
        refuse(context, kind.status(), back, failure.getMessage());
    }

    private void refuse(Context context, int status, String back, String words) {
        browser.html(
                context,
                status,
                SignInPage.write(browser.layout(context), back, "", ways(services), Optional.of(words)));
    }

    private void end(Context context) {
        Provider provider = provider(context);
        Optional<Secret> browserSecret =
                Optional.ofNullable(context.cookie(COOKIE)).map(Secret::new);
        Optional<SignInAttempts.Attempt> attempt = browserSecret.flatMap(secret ->
                services.vouched().attempts().end(provider.id(), new Secret(parameter(context, "state")), secret));
        if (attempt.isEmpty()) {
            audit(context, provider, "started in another browser, already finished, or too old");
            refuse(
                    context,
                    400,
                    "/",
                    "this sign-in was started in another browser, is already finished, or took more than ten"
                            + " minutes; start over");
            return;
        }
        String back = attempt.get().back();
        String code = parameter(context, "code");
        if (code.isEmpty()) {
            audit(context, provider, "refused there: " + parameter(context, "error"));
            refuse(context, 403, back, provider.name() + " did not sign you in");
            return;
        }
        try {
            ProvedPerson person = services.vouched()
                    .identities()
                    .person(
                            provider,
                            attempt(provider, browserSecret.get()),
                            new Identities.Callback(code, Optional.ofNullable(context.queryParam("iss"))));
            Logins.Subject subject =
                    new Logins.Subject(provider.issuer().toString(), person.subject(), person.verifiedMail());
            if (attempt.get().accountId().isPresent()) {
                connect(context, provider, subject, attempt.get().accountId().get());
            } else {
                enter(context, provider, person, subject, back);
            }
        } catch (IdentityFailure e) {
            fail(context, provider, back, e);
        }
    }

    private static String parameter(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).orElse("");
    }

    /** Records a failed sign-in; the few attempts a minute of an address keep the audit log small. */
    private void audit(Context context, Provider provider, String reason) {
        services.limits().failed(Authentication.identity(context).address());
        services.audit()
                .refused(
                        Authentication.identity(context),
                        Optional.empty(),
                        "session.begin",
                        "through " + provider.id(),
                        reason);
    }

    private void enter(Context context, Provider provider, ProvedPerson person, Logins.Subject subject, String back) {
        Optional<Account> known = services.vouched().logins().account(subject);
        if (known.isEmpty()
                && (!provider.createsAccounts() || services.accounts().isEmpty())) {
            audit(context, provider, "no account of " + subject.subject());
            refuse(
                    context,
                    403,
                    back,
                    services.accounts().isEmpty()
                            ? "the server has no account yet; create the first one with the link that the"
                                    + " server printed"
                            : "you have no account here; ask for an invitation, or sign in with your password and"
                                    + " connect " + provider.name() + " on your account page");
            return;
        }
        Account account = known.orElseGet(() -> create(context, provider, person, subject));
        if (account.disabledAt().isPresent()) {
            audit(context, provider, "the account " + account.name() + " is disabled");
            refuse(context, 403, back, "your account is disabled");
            return;
        }
        setRoles(context, provider, person, account);
        signIn.begin(context, account);
        context.res().addHeader("Set-Cookie", COOKIE + "=" + COOKIE_RULES + "0");
        services.audit()
                .done(
                        as(context, account),
                        Optional.empty(),
                        "session.begin",
                        account.name() + " through " + provider.id());
        browser.redirect(context, back);
    }

    private static Identity as(Context context, Account account) {
        return new Identity(
                Optional.of(account),
                Optional.empty(),
                Authentication.identity(context).address());
    }

    private Account create(Context context, Provider provider, ProvedPerson person, Logins.Subject subject) {
        String wish = person.preferredName().or(person::verifiedMail).orElse("");
        Account account = services.vouched().logins().create(subject, wish);
        services.audit()
                .done(
                        as(context, account),
                        Optional.empty(),
                        "account.create",
                        account.name() + " through " + provider.id() + ", " + subject.subject());
        return account;
    }

    /** Before every session: roles of groups that the user left end with it. */
    private void setRoles(Context context, Provider provider, ProvedPerson person, Account account) {
        List<Logins.Grant> grants = provider.groups().stream()
                .filter(rule -> person.groups().contains(rule.group()))
                .flatMap(rule -> grant(provider, rule).stream())
                .toList();
        services.vouched()
                .logins()
                .setGroupRoles(account, provider.issuer().toString(), grants)
                .forEach((change, organisation) -> services.audit()
                        .done(
                                as(context, account),
                                services.projects().organisation(organisation),
                                "member.group",
                                account.name() + " " + change + ", by " + provider.id()));
    }

    private Optional<Logins.Grant> grant(Provider provider, GroupRule rule) {
        Optional<Organisation> organisation = services.projects().organisation(rule.organisation());
        Optional<Project> project = rule.project()
                .flatMap(name -> services.projects().find(rule.organisation().text(), name.text()));
        if (organisation.isEmpty() || rule.project().isPresent() && project.isEmpty()) {
            LOG.log(Level.WARNING, "a group of {0} has a role in what is not there: {1}", new Object[] {
                provider.id(),
                rule.organisation() + rule.project().map(name -> "/" + name).orElse("")
            });
            return Optional.empty();
        }
        return Optional.of(new Logins.Grant(organisation.get(), project, rule.role()));
    }

    private void connect(Context context, Provider provider, Logins.Subject subject, String accountId) {
        Account person = access.person(context);
        if (!person.id().equals(accountId)) {
            audit(context, provider, "another account has signed in since");
            throw Problem.of(Problem.Kind.FORBIDDEN, "another account is signed in now; start over");
        }
        try {
            services.vouched().logins().connect(person, subject);
        } catch (Taken e) {
            browser.redirect(context, "/account", "This account at " + provider.name() + " is connected already.");
            return;
        }
        services.audit()
                .done(
                        as(context, person),
                        Optional.empty(),
                        "login.connect",
                        person.name() + " with " + provider.id() + ", " + subject.subject());
        browser.redirect(context, "/account", "You can sign in with " + provider.name() + " now.");
    }

    private void change(Context context) throws IdentityFailure {
        Account person = access.person(context);
        Map<String, String> form = Requests.form(context);
        Provider provider = provider(form.getOrDefault("provider", ""));
        switch (form.getOrDefault("action", "")) {
            case "connect" -> {
                try {
                    URI there = attempt(context, provider, "/account", Optional.of(person));
                    browser.html(context, 200, SignInPage.onward(browser.layout(context), provider.name(), there));
                } catch (IdentityFailure e) {
                    LOG.log(Level.WARNING, "connecting {0} failed: {1}", new Object[] {provider.id(), e.reason()});
                    browser.redirect(context, "/account", e.getMessage());
                }
            }
            case "disconnect" -> {
                boolean isDone = services.vouched()
                        .logins()
                        .disconnect(person, provider.issuer().toString());
                if (isDone) {
                    services.audit()
                            .done(
                                    as(context, person),
                                    Optional.empty(),
                                    "login.disconnect",
                                    person.name() + " from " + provider.id());
                }
                browser.redirect(
                        context,
                        "/account",
                        isDone
                                ? provider.name() + " no longer signs you in."
                                : provider.name() + " is your only way to sign in, so it stays.");
            }
            default -> throw Problem.invalid("no such change");
        }
    }

    private void device(Context context) {
        access.person(context);
        String code = parameter(context, "code");
        device(context, code, code.isEmpty() ? Optional.empty() : request(context, code), 200, Optional.empty());
    }

    private Optional<Devices.Request> request(Context context, String code) {
        Optional<Devices.Request> request = services.vouched().devices().waiting(code);
        if (request.isEmpty()) {
            // codes cannot be guessed by trying
            services.limits().failed("device " + access.person(context).id());
        }
        return request;
    }

    private void device(
            Context context, String code, Optional<Devices.Request> request, int status, Optional<String> error) {
        Account person = access.person(context);
        String page = request.isEmpty()
                ? DevicePage.code(
                        browser.layout(context),
                        code.isEmpty()
                                ? error
                                : Optional.of("no program is waiting with this code; it is wrong or has expired"))
                : DevicePage.confirm(browser.layout(context), code, request.get(), offer(person, request.get()), error);
        browser.html(context, status, page);
    }

    /** The project that the program named comes first, with the role that most commands need if they have it. */
    private DevicePage.Offer offer(Account person, Devices.Request request) {
        List<Project> projects = services.projects().all().stream()
                .filter(project -> !services.projects().rights(person, project).isEmpty())
                .sorted(Comparator.comparing(
                        project -> !request.projectPath().equals(Optional.of(project.path())))) // false is first
                .toList();
        boolean records = projects.stream().limit(1).anyMatch(project -> services.projects()
                .rights(person, project)
                .containsAll(Role.CONTRIBUTOR.rights()));
        return new DevicePage.Offer(
                projects.stream().map(Project::path).toList(), records ? Role.CONTRIBUTOR : Role.VIEWER);
    }

    private void answerDevice(Context context) {
        Account person = access.person(context);
        Map<String, String> form = Requests.form(context);
        String code = form.getOrDefault("code", "");
        Optional<Devices.Request> request = request(context, code);
        if (request.isEmpty()) {
            device(context, code, request, 400, Optional.empty());
        } else if (form.getOrDefault("action", "").equals("allow")) {
            try {
                allow(context, person, code, form);
            } catch (Problem problem) {
                if (problem.kind() != Problem.Kind.INVALID) {
                    throw problem;
                }
                device(context, code, request, 400, Optional.of(problem.getMessage()));
            }
        } else {
            services.vouched().devices().refuse(code);
            services.audit().done(as(context, person), Optional.empty(), "device.refuse", "plumb login");
            browser.html(context, 200, DevicePage.done(browser.layout(context), "The program gets no token."));
        }
    }

    private void allow(Context context, Account person, String code, Map<String, String> form) {
        String[] names = form.getOrDefault("project", "").split("/", 2);
        Project project = (names.length == 2 ? services.projects().find(names[0], names[1]) : Optional.<Project>empty())
                .filter(known -> !services.projects().rights(person, known).isEmpty())
                .orElseThrow(() -> Problem.invalid("choose a project"));
        Role role = Role.of(form.getOrDefault("role", "")).orElseThrow(() -> Problem.invalid("choose a role"));
        if (!services.projects().rights(person, project).containsAll(role.rights())) {
            throw Problem.invalid("you have fewer rights in " + project.path() + " than the role " + role.text()
                    + " has; choose another");
        }
        String days = form.getOrDefault("days", "");
        if (!days.matches("[0-9]{1,3}") || Integer.parseInt(days) < 1 || Integer.parseInt(days) > 366) {
            throw Problem.invalid("a token must be valid for 1 to 366 days");
        }
        Devices.Grant grant =
                new Devices.Grant(person.id(), project.id(), role, Duration.ofDays(Integer.parseInt(days)));
        if (!services.vouched().devices().allow(code, grant)) {
            throw Problem.invalid("the program is no longer waiting");
        }
        services.audit()
                .done(
                        as(context, person),
                        Optional.of(project.organisation()),
                        "device.allow",
                        project.path() + ": plumb login, " + role.text() + ", " + days + " days");
        browser.html(
                context,
                200,
                DevicePage.done(
                        browser.layout(context),
                        "The program has its token. Go back to it; you can close this" + " page."));
    }
}
