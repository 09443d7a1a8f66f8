package dev.plumbline.server.http.listen;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.data.Taken;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.hook.Courier;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Bodies;
import dev.plumbline.server.http.Browser;
import dev.plumbline.server.http.CommitRoutes;
import dev.plumbline.server.http.GrantRoutes;
import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.server.http.OperationRoutes;
import dev.plumbline.server.http.OrganisationRoutes;
import dev.plumbline.server.http.PageRoutes;
import dev.plumbline.server.http.PeerAddress;
import dev.plumbline.server.http.PeopleRoutes;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.ProviderRoutes;
import dev.plumbline.server.http.RateLimits;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.SecurityHeaders;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.http.SignIn;
import dev.plumbline.server.http.picture.PictureRoutes;
import dev.plumbline.server.http.project.CommandRoutes;
import dev.plumbline.server.http.project.DecisionPages;
import dev.plumbline.server.http.project.ExpectedRunRoutes;
import dev.plumbline.server.http.project.FindingRoutes;
import dev.plumbline.server.http.project.HistoryRoutes;
import dev.plumbline.server.http.project.OriginalRoutes;
import dev.plumbline.server.http.project.ProjectAnswers;
import dev.plumbline.server.http.project.ProjectRoutes;
import dev.plumbline.server.http.project.ReportPages;
import dev.plumbline.server.http.project.RepositoryPages;
import dev.plumbline.server.http.project.RepositoryRoutes;
import dev.plumbline.server.http.project.ResultRoutes;
import dev.plumbline.server.http.project.RetentionRoutes;
import dev.plumbline.server.http.project.SettingsPages;
import dev.plumbline.server.http.project.WebhookPages;
import dev.plumbline.server.http.project.WebhookRoutes;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.LastOwner;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.project.AfterChanges;
import dev.plumbline.server.project.Histories;
import dev.plumbline.server.upkeep.Housekeeping;
import dev.plumbline.server.upkeep.NightlyOriginals;
import dev.plumbline.server.upkeep.NightlyRetention;
import dev.plumbline.store.StoreException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;

/** Answers requests until it is closed; running requests are completed. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration SOON = Duration.ofSeconds(5);

    /** Pages that were not looked at for longer are computed when a user opens them. */
    private static final Duration LATELY = Duration.ofDays(7);

    private static final String BEGAN = "plumbline.began";

    private final ServerDatabase database;
    private final Services services;
    private final Javalin javalin;
    private final AfterChanges changes;
    private final Housekeeping housekeeping;
    private final Courier courier;
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private volatile boolean isReady;

    /**
     * Begins to answer, and returns when the first answers are no slower than later ones, or that takes too long.
     *
     * @param program what answers command lines
     * @param random for secrets: must be unpredictable
     * @param nanos a clock that only goes forward
     */
    public HttpServer(
            HttpSettings settings,
            ServerDatabase database,
            Histories histories,
            ConfinedCommand.Program program,
            Clock clock,
            RandomGenerator random,
            LongSupplier nanos) {
        this.database = database;
        services = Services.of(database, histories, program, this::address, clock, random, settings);
        changes = new AfterChanges(nanos);
        PrometheusRegistry registry = new PrometheusRegistry();
        javalin = Javalin.create(config -> configure(config, settings, registry, nanos));
        MissingRunsMetric missing = new MissingRunsMetric(registry);
        histories.replica().ifPresent(replica -> ReplicaMetrics.add(replica, registry));
        housekeeping = new Housekeeping(List.of(
                services.keys()::forgetOld,
                services.messages().deliveries()::forgetOld,
                services.forges().connections()::forgetOld,
                () -> missing.count(services.projects().all(), services.expectedRuns()),
                new NightlyRetention(
                        services.retentions(),
                        services.projects(),
                        histories,
                        services.commands(),
                        services.audit(),
                        clock)::run,
                new NightlyOriginals(
                        services.files().originals(), services.projects(), histories, services.audit(), clock)::run));
        Services.Messages messages = services.messages();
        courier = new Courier(
                messages.watch(),
                messages.deliveries(),
                messages.destinations(),
                services.forges().repositories(),
                clock);
        settings.publicAddress().ifPresent(address::complete);
        javalin.start(settings.host(), settings.port());
        address.complete(URI.create("http://" + inAddress(settings.host()) + ":" + javalin.port()));
        housekeeping.start();
        courier.start();
        List<Project> used = lastUsed(clock);
        new WarmUp(services).run(used.isEmpty() ? services.projects().all() : used);
        isReady = true;
        // pages of an hour ago are old: they are computed before a user waits for them
        used.forEach(changes::changed);
    }

    /** The projects whose pages people looked at lately, at this server, the last ones first. */
    private List<Project> lastUsed(Clock clock) {
        Map<Project, Instant> times = new HashMap<>();
        for (Project project : services.projects().all()) {
            services.kept()
                    .lastUsed(project)
                    .filter(clock.instant().minus(LATELY)::isBefore)
                    .ifPresent(time -> times.put(project, time));
        }
        return times.entrySet().stream()
                .sorted(Map.Entry.<Project, Instant>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String inAddress(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private void configure(
            JavalinConfig config, HttpSettings settings, PrometheusRegistry registry, LongSupplier nanos) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = Runtime.version().feature() >= 21;
        config.http.generateEtags = true;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(HttpServer::harden);
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(settings.grace().toMillis());
            server.setErrorHandler(new UnreadableRequests(services::publicAddress));
        });
        RequestMetrics metrics = new RequestMetrics(registry);
        Authentication authentication = new Authentication(services, new PeerAddress(settings.proxies()));
        config.routes.before(context -> {
            context.attribute(BEGAN, nanos.getAsLong());
            Bodies.time(context, nanos);
            SecurityHeaders.add(context, Authentication.origin(services.publicAddress()));
            authentication.identify(context);
            limit(context);
            Requests.checkQuery(context);
        });
        config.routes.after(context -> {
            Long began = context.attribute(BEGAN);
            if (began != null) {
                double seconds = (nanos.getAsLong() - began) / 1e9;
                metrics.count(context, route(context), seconds);
                log(context, seconds);
            }
        });
        SignIn signIn = new SignIn(services);
        ProjectCommands commands = new ProjectCommands(services, changes::changed);
        Browser browser = new Browser(services.clock());
        ProjectAnswers projectAnswers = new ProjectAnswers(services, commands, browser, changes::changed);
        changes.start(projectAnswers::bringUpToDate);
        List.of(
                        new OperationRoutes(services, registry, settings.showsMetrics(), () -> isReady),
                        new PeopleRoutes(services, signIn),
                        new OrganisationRoutes(services),
                        new ProjectRoutes(services),
                        new CommitRoutes(services),
                        new CommandRoutes(services, commands),
                        new HistoryRoutes(services),
                        new FindingRoutes(services, commands, projectAnswers::incidents),
                        new ResultRoutes(services, commands),
                        new GrantRoutes(services),
                        new ProviderRoutes(services, signIn, browser),
                        new PageRoutes(services, signIn, authentication, browser, projectAnswers::standing),
                        new RetentionRoutes(services, commands),
                        new OriginalRoutes(services, commands),
                        new ExpectedRunRoutes(services),
                        new PictureRoutes(services),
                        new WebhookRoutes(services),
                        new WebhookPages(projectAnswers),
                        new RepositoryRoutes(services),
                        new RepositoryPages(projectAnswers),
                        new DecisionPages(projectAnswers),
                        new SettingsPages(projectAnswers),
                        new ReportPages(projectAnswers))
                .forEach(routes -> routes.addTo(config.routes));
        answerFailures(config, browser);
    }

    private static void harden(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(16 << 10);
    }

    private void limit(Context context) {
        Identity identity = Authentication.identity(context);
        RateLimits.Left left = services.limits()
                .request(identity.token()
                        .map(token -> "token " + token.id())
                        .or(() -> identity.account().map(account -> "account " + account.id()))
                        .orElseGet(() -> "address " + identity.address()));
        context.header("RateLimit-Limit", Long.toString(left.limit()));
        context.header("RateLimit-Remaining", Long.toString(left.requests()));
        context.header("RateLimit-Reset", Long.toString(left.seconds()));
    }

    /** The route and not the address, which anybody may have written anything into. */
    private static void log(Context context, double seconds) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(Level.INFO, "request", new Object[] {
                context.req().getMethod(),
                route(context),
                context.statusCode(),
                seconds,
                Authentication.identity(context).actor()
            });
        }
    }

    private static String route(Context context) {
        return context.endpoints().list().stream()
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.path)
                .findFirst()
                .orElse("none");
    }

    private void answerFailures(JavalinConfig config, Browser browser) {
        config.routes.exception(Problem.class, (problem, context) -> answer(browser, context, problem));
        config.routes.exception(
                Taken.class,
                (taken, context) -> answer(browser, context, Problem.of(Problem.Kind.CONFLICT, "this name is taken")));
        config.routes.exception(
                LastOwner.class,
                (last, context) -> answer(browser, context, Problem.of(Problem.Kind.CONFLICT, last.getMessage())));
        config.routes.exception(Unavailable.class, (failure, context) -> {
            // without a cause, the reason was already logged
            LOG.log(Level.WARNING, failure.getMessage(), failure.getCause() == null ? null : failure);
            answer(browser, context, Problem.unavailable("the database does not answer; try again", SOON));
        });
        config.routes.exception(StoreException.class, (failure, context) -> {
            LOG.log(Level.WARNING, failure.getMessage(), failure);
            answer(browser, context, Problem.unavailable("the history does not answer; try again", SOON));
        });
        config.routes.exception(
                HttpResponseException.class, (failure, context) -> answer(browser, context, of(failure.getStatus())));
        config.routes.exception(Exception.class, (failure, context) -> {
            LOG.log(Level.SEVERE, "answering " + route(context) + " failed", failure);
            answer(browser, context, Problem.of(Problem.Kind.BROKEN, "the server failed; its log has the reason"));
        });
        config.routes.error(404, context -> {
            boolean isPage = Optional.ofNullable(context.res().getContentType())
                    .filter(type -> type.startsWith("text/html"))
                    .isPresent();
            if (!isPage && !Answers.isProblem(context)) {
                answer(browser, context, Problem.notFound());
            }
        });
    }

    /** A page for a person, and an object for a program. */
    private static void answer(Browser browser, Context context, Problem problem) {
        if (Browser.isAsking(context)) {
            browser.answer(context, problem);
        } else {
            Answers.problem(context, problem);
        }
    }

    private static Problem of(int status) {
        return switch (status) {
            case 405 -> Problem.of(Problem.Kind.WRONG_METHOD, "this address does not support the method");
            case 404 -> Problem.notFound();
            default -> Problem.invalid("the request is malformed");
        };
    }

    /** The history of a new public project; empty where there is one of that name. */
    public Optional<StoreLocation> publicProject(Name organisation, Name name) {
        if (services.projects().find(organisation.text(), name.text()).isPresent()) {
            return Optional.empty();
        }
        Organisation its = services.projects().organisation(organisation).orElseGet(() -> services.projects()
                .createOrganisation(organisation, Optional.empty()));
        return Optional.of(services.histories().of(services.projects().create(its, name, true)));
    }

    /** Everything that is answered, as {@code GET /path}. */
    Set<String> operations() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The address that people use; of a free port it is known, and waited for, when that is bound. */
    public URI address() {
        return address.join();
    }

    /** The link by which the first administrator makes an account; empty where there is an account. */
    public Optional<URI> firstLink() {
        return services.accounts().isEmpty()
                ? Optional.of(link(services.invitations().ofAdministrator()))
                : Optional.empty();
    }

    private URI link(Secret invitation) {
        return address().resolve("/invitation#" + invitation.text());
    }

    /** Does what is due of what the server does by itself, which it also does every minute. */
    public void keepHouse() {
        housekeeping.run();
        courier.run();
    }

    @Override
    public void close() {
        housekeeping.close();
        changes.close();
        courier.close();
        services.forges().transport().close();
        javalin.stop();
        database.close();
    }
}
