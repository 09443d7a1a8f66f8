package dev.plumbline.cli.server;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.demo.Demo;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.server.PlumblineServer;
import dev.plumbline.server.ServerLog;
import dev.plumbline.server.ServerSettings;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.server.hook.Network;
import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.server.identity.IdentityFile;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.identity.Provider;
import dev.plumbline.server.people.PasswordCost;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The shared server. */
@CommandLine.Command(
        name = "serve",
        description = "Run the shared server: histories of several projects, with people, roles and tokens. It runs"
                + " until it is interrupted, and connects only to its database, what the file of --oidc names, and the"
                + " repositories and webhooks of projects.",
        footer = {
            "",
            "Examples:",
            "  plumb serve",
            "  plumb serve --database postgresql://plumb@db/plumb --public-url" + " https://perf.example.org"
        })
public final class ServeCommand extends Command {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "plumbline-server",
            description = "Folder of everything that is kept in files. Default: ${DEFAULT-VALUE}")
    private Path folder;

    @Option(
            names = "--database",
            paramLabel = "ADDRESS",
            description = "postgresql://USER@HOST/DATABASE: keep people and histories there. Default: SQLite files in"
                    + " the folder.")
    private String database;

    @Option(
            names = "--read-database",
            paramLabel = "ADDRESS",
            description = "postgresql://USER@HOST/DATABASE of a streaming replica of --database: read histories there,"
                    + " as long as it answers and has what was written. Default: read them in --database.")
    private String readDatabase;

    @Option(
            names = "--read-database-lag",
            paramLabel = "SECONDS",
            description = "How far the replica may be behind, 1 to 3600; beyond that, reads go to --database. Default:"
                    + " 10")
    private Integer readDatabaseLag;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8420",
            description = "Where to listen. Default: ${DEFAULT-VALUE}. The server speaks plain HTTP. For any address"
                    + " but loopback, put a proxy with TLS in front and give its address with --public-url.")
    private String listen;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "The address that people use: https://… of the proxy in front. Default: the address of --listen.")
    private URI publicUrl;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "ADDRESS",
            description = "IP address or network (10.42.0.0/16) of proxies whose X-Forwarded-For header is trusted. May"
                    + " be repeated.")
    private List<String> proxies = List.of();

    @Option(names = "--metrics", description = "Answer /metrics, for Prometheus.")
    private boolean metrics;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            defaultValue = "" + HttpSettings.DEFAULT_REQUESTS,
            description = "Requests per second that one caller may make on average. Default: ${DEFAULT-VALUE}")
    private int requests;

    @Option(
            names = "--oidc",
            paramLabel = "FILE",
            description = "YAML file of the identity providers at which people sign in, and of the CI services whose"
                    + " jobs need no secret (docs/server.md). Default: none.")
    private Path oidc;

    @Option(
            names = "--webhook-network",
            paramLabel = "NETWORK",
            description = "A network of your own that webhooks may reach, such as 10.0.0.0/8; without it, they reach"
                    + " public addresses over https only. May be repeated.")
    private List<String> webhookNetworks = List.of();

    @Option(
            names = "--demo",
            description = "Fill a public project, demo/csv-library, with results that ship with Plumbline: a history"
                    + " with a regression that reached the main branch.")
    private boolean demo;

    @Override
    public Integer call() throws IOException {
        ServerSettings settings = settings();
        ServerLog.writeTo(terminal().err());
        PlumblineServer server = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        terminal().out().println("plumb: serving " + server.address() + " from " + settings.folder());
        for (Provider provider : settings.http().identity().providers()) {
            terminal()
                    .out()
                    .println("plumb: redirect address to register for " + provider.id() + ": "
                            + server.address().resolve("/sign-in/" + provider.id() + "/callback"));
        }
        if (demo) {
            fill(server);
            terminal()
                    .out()
                    .println("plumb: the demo, which everybody may read: "
                            + server.address().resolve("/p/demo/csv-library/"));
        }
        server.firstLink().ifPresent(link -> terminal()
                .out()
                .println("plumb: make the first account, an administrator, once, within three days and before the next"
                        + " start: " + link));
        terminal().out().flush();
        try {
            new CountDownLatch(1).await(); // until the process is asked to end
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
        }
        return ExitCode.OPEN;
    }

    private PlumblineServer start(ServerSettings settings) throws IOException {
        try {
            return PlumblineServer.start(settings, program()::runFor, terminal().clock(), System::nanoTime);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new WrongRequest("cannot listen on " + listen + ", which another program uses or which is no"
                            + " address of this machine; choose another one with --listen");
                }
            }
            throw e;
        }
    }

    private void fill(PlumblineServer server) throws IOException {
        Optional<StoreLocation> history = server.publicProject("demo", "csv-library");
        if (history.isEmpty()) {
            return;
        }
        try (Scratch scratch = Scratch.create()) {
            Workspace workspace = new Workspace(
                    scratch.folder(),
                    Map.of(),
                    terminal().clock(),
                    history.get(),
                    Configuration.DEFAULT,
                    Optional.empty(),
                    Optional.empty());
            new Demo(workspace, Progress.SILENT, true).run();
        }
    }

    private ServerSettings settings() throws IOException {
        int colon = listen.lastIndexOf(':');
        if (colon < 1 || !listen.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw wrongUse("--listen has the form HOST:PORT");
        }
        String host = listen.substring(0, colon).replaceAll("^\\[|\\]$", "");
        int port = Integer.parseInt(listen.substring(colon + 1));
        if (port > 65_535) {
            throw wrongUse("--listen: a port is a number from 0 to 65535");
        }
        if (requests < 1) {
            throw wrongUse("--requests-per-second is at least 1");
        }
        checkPublic(host);
        return new ServerSettings(
                terminal().directory().resolve(folder),
                Optional.ofNullable(database).map(text -> PostgresAddress.parse(text, Optional.of("server"))),
                replica(),
                new HttpSettings(
                        host,
                        port,
                        Optional.ofNullable(publicUrl),
                        networks("--trusted-proxy", proxies),
                        metrics,
                        requests,
                        oidc == null
                                ? IdentitySettings.NONE
                                : IdentityFile.read(
                                        terminal().directory().resolve(oidc),
                                        oidc.toString(),
                                        terminal().variables()),
                        PasswordCost.DEFAULT,
                        networks("--webhook-network", webhookNetworks),
                        HttpSettings.DEFAULT_GRACE),
                terminal().variables());
    }

    private Optional<ReadReplica.Settings> replica() {
        if (readDatabase == null) {
            if (readDatabaseLag != null) {
                throw wrongUse("--read-database-lag needs --read-database: which replica may be behind?");
            }
            return Optional.empty();
        }
        if (database == null) {
            throw wrongUse("--read-database needs --database: a replica follows a PostgreSQL database");
        }
        long seconds = readDatabaseLag == null ? ReadReplica.DEFAULT_LAG.toSeconds() : readDatabaseLag;
        if (seconds < 1 || seconds > 3_600) {
            throw wrongUse("--read-database-lag is a number of seconds from 1 to 3600");
        }
        PostgresAddress address = PostgresAddress.parse(readDatabase, Optional.of("server"));
        if (address.host().contains(",")) {
            throw wrongUse("--read-database names one server: how far it is behind is measured there");
        }
        return Optional.of(new ReadReplica.Settings(address, Duration.ofSeconds(seconds)));
    }

    private List<Network> networks(String option, List<String> texts) {
        try {
            return texts.stream().map(Network::parse).toList();
        } catch (IllegalArgumentException e) {
            throw wrongUse(option + ": " + e.getMessage());
        }
    }

    /** Passwords and tokens never go over a network without TLS. */
    private void checkPublic(String host) throws IOException {
        boolean isLoopback = Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        boolean hasTls = publicUrl != null && "https".equals(publicUrl.getScheme()) && publicUrl.getHost() != null;
        if (publicUrl != null && !hasTls) {
            throw wrongUse("--public-url has the form https://HOST");
        }
        if (!isLoopback && !hasTls) {
            throw wrongUse("on " + host + " passwords and tokens would be sent in clear; listen on 127.0.0.1, or put"
                    + " a proxy with TLS in front and give its address with --public-url");
        }
    }
}
