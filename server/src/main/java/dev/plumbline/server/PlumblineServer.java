package dev.plumbline.server;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.http.listen.HttpServer;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.project.Histories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A server that runs until it is closed. */
public final class PlumblineServer implements AutoCloseable {
    /** The project of a database under which the server's own tables are. */
    private static final String OWN = "server";

    private final HttpServer http;
    private final FileLock lock;

    private PlumblineServer(HttpServer http, FileLock lock) {
        this.http = http;
        this.lock = lock;
    }

    /** Two servers on one folder would delete each other's files; the lock ends with the process, however it ends. */
    private static FileLock lock(Path folder) throws IOException {
        Path file = folder.resolve("server.lock");
        PrivateFiles.create(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // by another server in this process
        }
        channel.close();
        throw new FileSystemException(folder.toString(), null, "is used by another server that runs");
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
        FileLock lock = lock(settings.folder());
        ServerDatabase database = settings.database().isPresent()
                ? ServerDatabase.onServer(settings.database().get().ofProject(OWN), settings.variables())
                : ServerDatabase.inFile(settings.folder().resolve("server.db"));
        try {
            Histories histories = new Histories(settings.folder(), settings.database(), settings.variables());
            histories.clear();
            return new PlumblineServer(
                    new HttpServer(settings.http(), database, histories, program, clock, new SecureRandom(), nanos),
                    lock);
        } catch (IOException | RuntimeException e) {
            database.close();
            lock.channel().close();
            throw e;
        }
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

    @Override
    public void close() {
        http.close();
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder's lock cannot be released", e);
        }
    }
}
