package dev.plumbline.server;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.FolderLock;
import dev.plumbline.server.data.HistoryPositions;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.http.listen.HttpServer;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.project.Histories;
import dev.plumbline.server.upkeep.IdempotencyKeys;
import dev.plumbline.store.postgres.OpenConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A server that runs until it is closed. */
public final class PlumblineServer implements AutoCloseable {
    /** The project of a database under which the server's own tables are. */
    private static final String OWN = "server";

    private final HttpServer http;
    private final Optional<ReadReplica> replica;
    private final FolderLock lock;

    private PlumblineServer(HttpServer http, Optional<ReadReplica> replica, FolderLock lock) {
        this.http = http;
        this.replica = replica;
        this.lock = lock;
    }

    /**
     * Starts a server.
     *
     * @param program what answers command lines
     * @param nanos a clock that only goes forward
     * @throws IOException if its folder cannot be used
     * @throws dev.plumbline.server.data.Unavailable if its database cannot be opened; the message says why
     */
    public static PlumblineServer start(
            ServerSettings settings, ConfinedCommand.Program program, Clock clock, LongSupplier nanos)
            throws IOException {
        PrivateFiles.createFolder(settings.folder());
        FolderLock lock = FolderLock.take(settings.folder());
        OpenConnections open = new OpenConnections();
        ServerDatabase database = settings.database().isPresent()
                ? ServerDatabase.onServer(settings.database().get().ofProject(OWN), settings.variables(), open)
                : ServerDatabase.inFile(settings.folder().resolve("server.db"));
        Optional<ReadReplica> replica = Optional.empty();
        try {
            replica = settings.replica()
                    .map(its -> new ReadReplica(
                            its, settings.database().get().ofProject(OWN), settings.variables(), nanos));
            Histories histories = new Histories(settings.folder(), inPostgres(settings, database, open, replica));
            histories.clear();
            new Originals(database, histories::originals, clock)
                    .clear(new Projects(database, clock, new SecureRandom()).all());
            if (settings.database().isEmpty()) {
                new IdempotencyKeys(database, clock).forgetUnfinished();
            }
            return new PlumblineServer(
                    new HttpServer(settings.http(), database, histories, program, clock, new SecureRandom(), nanos),
                    replica,
                    lock);
        } catch (IOException | RuntimeException e) {
            replica.ifPresent(ReadReplica::close);
            database.close();
            lock.close();
            throw e;
        }
    }

    private static Optional<Histories.InPostgres> inPostgres(
            ServerSettings settings, ServerDatabase database, OpenConnections open, Optional<ReadReplica> replica) {
        return settings.database().map(address -> {
            HistoryPositions positions = new HistoryPositions(database);
            positions.forgetForeign();
            return new Histories.InPostgres(address, settings.variables(), open, positions, replica);
        });
    }

    /** The address that people use. */
    public URI address() {
        return http.address();
    }

    /** The link by which the first administrator makes an account; empty where there is an account. */
    public Optional<URI> firstLink() {
        return http.firstLink();
    }

    /**
     * The history of a new project that everybody may read.
     *
     * @return empty where there is a project of that name
     * @throws IllegalArgumentException if one of the names is none
     */
    public Optional<StoreLocation> publicProject(String organisation, String name) {
        return http.publicProject(new Name(organisation), new Name(name));
    }

    /** Does what is due of what the server does by itself, which it also does every minute. */
    public void keepHouse() {
        http.keepHouse();
    }

    @Override
    public void close() {
        http.close();
        replica.ifPresent(ReadReplica::close);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder's lock cannot be released", e);
        }
    }
}
