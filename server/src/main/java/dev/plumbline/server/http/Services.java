package dev.plumbline.server.http;

import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.forge.Connections;
import dev.plumbline.server.forge.IncomingEvents;
import dev.plumbline.server.forge.Repositories;
import dev.plumbline.server.hook.Deliveries;
import dev.plumbline.server.hook.Destinations;
import dev.plumbline.server.hook.PermittedTransport;
import dev.plumbline.server.hook.ProjectWatch;
import dev.plumbline.server.hook.Webhooks;
import dev.plumbline.server.identity.Identities;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Accounts;
import dev.plumbline.server.people.AuditLog;
import dev.plumbline.server.people.Devices;
import dev.plumbline.server.people.Invitations;
import dev.plumbline.server.people.Logins;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.people.Sessions;
import dev.plumbline.server.people.SignInAttempts;
import dev.plumbline.server.people.Tokens;
import dev.plumbline.server.people.TrustRules;
import dev.plumbline.server.project.CommandQueue;
import dev.plumbline.server.project.Commands;
import dev.plumbline.server.project.Histories;
import dev.plumbline.server.project.KeptAnswers;
import dev.plumbline.server.project.ProjectSeries;
import dev.plumbline.server.project.ReadAnswers;
import dev.plumbline.server.project.Rereading;
import dev.plumbline.server.upkeep.ExpectedRuns;
import dev.plumbline.server.upkeep.IdempotencyKeys;
import dev.plumbline.server.upkeep.Retentions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The services that answer requests. */
public record Services(
        ServerDatabase database,
        Accounts accounts,
        Projects projects,
        Tokens tokens,
        Sessions sessions,
        Invitations invitations,
        AuditLog audit,
        Vouched vouched,
        Histories histories,
        ProjectSeries series,
        Commands commands,
        KeptAnswers kept,
        ReadAnswers answers,
        Files files,
        Retentions retentions,
        IdempotencyKeys keys,
        ExpectedRuns expectedRuns,
        Messages messages,
        Forges forges,
        RateLimits limits,
        Supplier<URI> address,
        Clock clock) {
    /** The services that rely on third parties, or act for a user of another machine. */
    public record Vouched(
            Identities identities, Logins logins, SignInAttempts attempts, TrustRules trust, Devices devices) {}

    /** Messages of webhooks. */
    public record Messages(Webhooks webhooks, Deliveries deliveries, ProjectWatch watch, Destinations destinations) {}

    /** The repositories of projects. */
    public record Forges(
            Connections connections, Repositories repositories, IncomingEvents incoming, PermittedTransport transport) {
        private static Forges of(Connections connections, Repositories repositories, PermittedTransport transport) {
            return new Forges(connections, repositories, new IncomingEvents(connections, repositories), transport);
        }
    }

    /** Original result files. */
    public record Files(Originals originals, Rereading rereading) {}

    /** Clients wait as long for an answer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** One judges while another is read or written. */
    private static final int COMMANDS = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** The address that people use; known when the server listens. */
    public URI publicAddress() {
        return address.get();
    }

    public static Services of(
            ServerDatabase database,
            Histories histories,
            ConfinedCommand.Program program,
            Supplier<URI> address,
            Clock clock,
            RandomGenerator random,
            HttpSettings settings) {
        Accounts accounts = new Accounts(database, clock, random, settings.passwordCost());
        Projects projects = new Projects(database, clock, random);
        Originals originals = new Originals(database, histories::originals, clock);
        Commands commands =
                new Commands(histories, projects, originals, program, new CommandQueue(COMMANDS), clock, LONGEST);
        KeptAnswers kept = new KeptAnswers(histories, clock);
        ReadAnswers answers = new ReadAnswers(commands, histories, kept);
        // what is sent about a run has to know the run, whoever recorded it
        ReadAnswers newest = new ReadAnswers(commands, histories.withoutReplica(), kept);
        Webhooks webhooks = new Webhooks(database, clock, random);
        Deliveries deliveries = new Deliveries(database, clock, random);
        Destinations destinations = new Destinations(settings.webhookNetworks());
        Connections connections = new Connections(database, webhooks, clock);
        PermittedTransport transport = new PermittedTransport(destinations);
        return new Services(
                database,
                accounts,
                projects,
                new Tokens(database, clock, random),
                new Sessions(database, clock, random),
                new Invitations(database, accounts, clock, random),
                new AuditLog(database, clock),
                new Vouched(
                        new Identities(settings.identity(), clock),
                        new Logins(database, accounts, clock),
                        new SignInAttempts(database, clock, random),
                        new TrustRules(database, clock, random),
                        new Devices(database, clock, random)),
                histories,
                new ProjectSeries(clock),
                commands,
                kept,
                answers,
                new Files(originals, new Rereading(histories, originals, clock)),
                new Retentions(database, clock),
                new IdempotencyKeys(database, clock),
                new ExpectedRuns(database, histories, clock, random),
                new Messages(
                        webhooks,
                        deliveries,
                        new ProjectWatch(database, projects, histories, newest, webhooks, deliveries, address, clock),
                        destinations),
                Forges.of(
                        connections,
                        new Repositories(
                                connections, deliveries, projects, histories, newest, transport, address, clock),
                        transport),
                new RateLimits(settings.requestsASecond()),
                address,
                clock);
    }
}
