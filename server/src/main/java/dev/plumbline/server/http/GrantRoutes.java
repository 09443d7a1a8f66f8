package dev.plumbline.server.http;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.identity.Identities;
import dev.plumbline.server.identity.IdentityFailure;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Devices;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.people.Tokens;
import dev.plumbline.server.people.TrustRule;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tokens without copying a secret: for CI jobs authenticated by their service (RFC 8693), by the trust rules of
 * projects, and for devices approved by a user (RFC 8628).
 */
public final class GrantRoutes implements Routes {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> SUBJECT_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt");

    private static final int DEFAULT_MINUTES = 15;

    private final Services services;
    private final Access access;
    private final Clock clock;

    public GrantRoutes(Services services) {
        this.services = services;
        access = new Access(services);
        clock = services.clock();
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(API + "/oauth/device", this::device);
        routes.post(API + "/oauth/token", this::token);
        routes.get(PROJECT + "/trust-rules", this::rules);
        routes.post(PROJECT + "/trust-rules", this::addRule);
        routes.delete(PROJECT + "/trust-rules/{id}", this::removeRule);
    }

    private void device(Context context) {
        Map<String, String> form = Requests.form(context);
        String address = Authentication.identity(context).address();
        services.limits().failed(address);
        Optional<String> project = Optional.ofNullable(form.get("audience")).filter(GrantRoutes::isProject);
        Devices.Begun begun = services.vouched().devices().begin(project, address);
        URI page = services.publicAddress().resolve("/device");
        Answers.object(context, 200, json -> {
            json.text("device_code", begun.secret().text());
            json.text("user_code", begun.code());
            json.text("verification_uri", page.toString());
            json.text("verification_uri_complete", page + "?code=" + begun.code());
            json.integer("expires_in", Devices.LIFE.toSeconds());
            json.integer("interval", Devices.INTERVAL.toSeconds());
        });
    }

    private static boolean isProject(String text) {
        return text.length() <= 79 && text.matches("[a-z0-9-]+/[a-z0-9-]+");
    }

    private void token(Context context) {
        Map<String, String> form = Requests.form(context);
        switch (form.getOrDefault("grant_type", "")) {
            case EXCHANGE -> exchange(context, form);
            case DEVICE -> poll(context, form);
            default -> refuse(context, "unsupported_grant_type", "grant_type is " + EXCHANGE + " or " + DEVICE);
        }
    }

    /** An answer that is an error, as RFC 6749 has it. */
    private static void refuse(Context context, String error, String description) {
        Answers.object(context, 400, json -> {
            json.text("error", error);
            json.text("error_description", description);
        });
    }

    private void exchange(Context context, Map<String, String> form) {
        String path = form.getOrDefault("audience", "");
        if (!SUBJECT_TYPES.contains(form.getOrDefault("subject_token_type", "")) || !isProject(path)) {
            refuse(
                    context,
                    "invalid_request",
                    "an exchange needs subject_token, subject_token_type (an ID token) and audience (the project)");
            return;
        }
        Identity identity = Authentication.identity(context);
        Identities.Job job;
        try {
            job = services.vouched()
                    .identities()
                    .job(form.getOrDefault("subject_token", ""), Authentication.origin(services.publicAddress()));
        } catch (IdentityFailure e) {
            LOG.log(Level.WARNING, "a token of a CI job is refused: {0}", e.reason());
            services.limits().failed(identity.address());
            services.audit().refused(identity, Optional.empty(), "token.exchange", path, e.getMessage());
            if (e.kind() == IdentityFailure.Kind.NO_ANSWER) {
                throw Problem.unavailable(e.getMessage(), Duration.ofSeconds(10));
            }
            refuse(context, "invalid_grant", e.getMessage());
            return;
        }
        String[] names = path.split("/", 2);
        Optional<Project> project = services.projects().find(names[0], names[1]);
        Optional<TrustRule> rule = project.flatMap(known -> rule(known, job));
        if (rule.isEmpty()) {
            // first, so that the audit log cannot be flooded
            services.limits().failed(identity.address());
            services.audit()
                    .refused(
                            identity,
                            project.map(Project::organisation),
                            "token.exchange",
                            path + ": " + job.words(),
                            "no rule trusts this job");
            refuse(
                    context,
                    "invalid_target",
                    "no rule of a project " + path + " trusts the job " + job.words()
                            + ", or the person who created the rule may no longer record");
            return;
        }
        Tokens.Issued issued = services.tokens().issue(rule.get(), project.get(), "job of " + job.words());
        answer(context, project.get(), issued, "token.exchange");
    }

    private Optional<TrustRule> rule(Project project, Identities.Job job) {
        return services.vouched().trust().of(project).stream()
                .filter(rule -> rule.issuer().equals(job.issuer()) && rule.matches(job.claims()))
                .filter(rule -> mayHave(rule.account(), project, Role.RECORDER))
                .findFirst();
    }

    private boolean mayHave(Account account, Project project, Role role) {
        return account.disabledAt().isEmpty()
                && services.projects().rights(account, project).containsAll(role.rights());
    }

    private void answer(Context context, Project project, Tokens.Issued issued, String action) {
        Instant now = clock.instant();
        services.audit()
                .done(
                        new Identity(
                                Optional.of(issued.token().account()),
                                Optional.of(issued.token()),
                                Authentication.identity(context).address()),
                        Optional.of(project.organisation()),
                        action,
                        project.path() + ": " + issued.token().name() + ", "
                                + issued.token().role().text());
        Answers.object(context, 200, json -> {
            json.text("access_token", issued.secret().text());
            json.text("issued_token_type", ACCESS_TOKEN);
            json.text("token_type", "Bearer");
            json.integer(
                    "expires_in",
                    Duration.between(now, issued.token().expiresAt()).toSeconds());
            json.text("scope", issued.token().role().text() + " " + project.path());
        });
    }

    private void poll(Context context, Map<String, String> form) {
        Devices.Answer answer = services.vouched().devices().ask(new Secret(form.getOrDefault("device_code", "")));
        switch (answer.state()) {
            case WAITING -> refuse(context, "authorization_pending", "the request is not decided on the page yet");
            case TOO_FAST ->
                refuse(
                        context,
                        "slow_down",
                        "do not ask more often than every" + " " + Devices.INTERVAL.toSeconds() + " s");
            case REFUSED -> refuse(context, "access_denied", "someone refused the request on the page");
            case EXPIRED -> refuse(context, "expired_token", "the request has expired; start over");
            case ALLOWED -> allowed(context, answer.grant().orElseThrow());
        }
    }

    private void allowed(Context context, Devices.Grant grant) {
        Optional<Project> project = services.projects().withId(grant.projectId());
        Optional<Account> account = services.accounts().withId(grant.accountId());
        if (project.isEmpty() || account.isEmpty() || !mayHave(account.get(), project.get(), grant.role())) {
            refuse(context, "access_denied", "the person who allowed this program no longer has that right");
            return;
        }
        Tokens.Issued issued =
                services.tokens().issue(account.get(), project.get(), grant.role(), "plumb login", grant.life());
        answer(context, project.get(), issued, "token.issue");
    }

    private void rules(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        Answers.list(context, services.vouched().trust().of(project), GrantRoutes::write);
    }

    private static void write(TrustRule rule, JsonText json) {
        json.text("id", rule.id());
        json.text("issuer", rule.issuer());
        json.object("claims", () -> rule.claims().forEach(json::text));
        json.integer("minutes", rule.life().toMinutes());
        json.text("madeBy", rule.account().name().text());
        Answers.time(json, "createdAt", rule.createdAt());
    }

    private void addRule(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        JsonValue body = Requests.object(context);
        Map<String, String> claims = new TreeMap<>();
        body.get("claims")
                .members()
                .forEach((name, pattern) -> claims.put(
                        name,
                        pattern.text()
                                .orElseThrow(() -> Problem.invalid("the pattern of a claim must be" + " a text"))));
        long minutes = body.get("minutes").isNothing()
                ? DEFAULT_MINUTES
                : body.get("minutes").integer().orElseThrow(() -> Problem.invalid("minutes must be a whole number"));
        TrustRule rule = add(
                services,
                new Identity(
                        Optional.of(access.person(context)),
                        Optional.empty(),
                        Authentication.identity(context).address()),
                project,
                new NewRule(Requests.text(body, "issuer"), claims, minutes));
        Answers.object(context, 201, json -> write(rule, json));
    }

    /** A rule as requested. */
    public record NewRule(String issuer, Map<String, String> claims, long minutes) {}

    /** Adds a rule for a person who may administer the project. */
    public static TrustRule add(Services services, Identity person, Project project, NewRule rule) {
        Set<String> issuers = services.vouched().identities().settings().ciIssuers();
        if (!issuers.contains(rule.issuer())) {
            throw Problem.invalid(
                    issuers.isEmpty()
                            ? "this server accepts no tokens of CI services; its operator can add them"
                                    + " (ci-issuers in the file of --oidc)"
                            : "the issuer must be one of "
                                    + String.join(
                                            ", ", issuers.stream().sorted().toList()));
        }
        TrustRule added;
        try {
            added = services.vouched()
                    .trust()
                    .add(
                            person.account().orElseThrow(),
                            project,
                            rule.issuer(),
                            rule.claims(),
                            Duration.ofMinutes(Math.max(0, Math.min(rule.minutes(), 10_000))));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        services.audit()
                .done(
                        person,
                        Optional.of(project.organisation()),
                        "trust.add",
                        project.path() + ": " + rule.issuer() + ", " + added.words());
        return added;
    }

    private void removeRule(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        remove(services, Authentication.identity(context), project, context.pathParam("id"));
        context.status(204);
    }

    public static void remove(Services services, Identity identity, Project project, String id) {
        if (!services.vouched().trust().remove(project, id)) {
            throw Problem.notFound();
        }
        Optional<Organisation> organisation = Optional.of(project.organisation());
        services.audit().done(identity, organisation, "trust.remove", project.path() + ": " + id);
    }
}
