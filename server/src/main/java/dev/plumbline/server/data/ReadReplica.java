package dev.plumbline.server.data;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.postgres.OpenConnections;
import dev.plumbline.store.postgres.PostgresAddress;
import dev.plumbline.store.postgres.PostgresConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A replica of the database, to which reads of histories may go. A thread asks it every second how far it is; one that
 * gives no answer, is too far behind, or is no replica of this database is left out until that is over. For use by many
 * threads.
 */
public final class ReadReplica implements AutoCloseable {
    /** The default of the accepted age of what a replica shows. */
    public static final Duration DEFAULT_LAG = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final PostgresConnections primary;
    private final PostgresConnections replica;
    private final Map<String, String> variables;
    private final LongSupplier nanos;
    private final OpenConnections open = new OpenConnections();
    private final ReplicaLag lag = new ReplicaLag();
    private final LongAdder fromReplica = new LongAdder();
    private final LongAdder fromPrimary = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile Status status = new Status(Optional.of("it was not asked yet"), Optional.empty(), 0);

    /**
     * The settings of a replica.
     *
     * @param address that of the replica's database
     * @param longestLag the age up to which what it shows is accepted
     */
    public record Settings(PostgresAddress address, Duration longestLag) {
        public Settings {
            requireNonNull(address, "address");
            requireNonNull(longestLag, "longestLag");
            if (longestLag.isNegative() || longestLag.isZero()) {
                throw new IllegalArgumentException("a replica is always a little behind");
            }
        }
    }

    /**
     * The state of a replica.
     *
     * @param reason why it is left out, without a name or an address; empty where it is in use
     * @param lag how old what it shows is at most; empty where that is not known
     * @param applied the position up to which it has applied the log of the primary
     */
    public record Status(Optional<String> reason, Optional<Duration> lag, long applied) {
        public boolean isInUse() {
            return reason.isEmpty();
        }
    }

    /**
     * Begins to ask.
     *
     * @param primary the database that it has to be a replica of
     * @param variables those of the environment, which may have the role and its password
     * @param nanos a clock that only goes forward
     */
    public ReadReplica(Settings settings, PostgresAddress primary, Map<String, String> variables, LongSupplier nanos) {
        this.settings = requireNonNull(settings, "settings");
        this.primary = new PostgresConnections(primary, variables);
        this.replica = new PostgresConnections(settings.address(), variables);
        this.variables = Map.copyOf(variables);
        this.nanos = requireNonNull(nanos, "nanos");
        Thread thread = new Thread(this::run, "plumbline-replica-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** The address of the replica's database. */
    public PostgresAddress address() {
        return settings.address();
    }

    /** The variables with which its connections are opened. */
    public Map<String, String> variables() {
        return variables;
    }

    /** Knows the connections that are opened to read from it; given up when it gives no answer. */
    public OpenConnections connections() {
        return open;
    }

    public Status status() {
        return status;
    }

    /** Whether it can be read from by who has to see all that was written up to a position. */
    public boolean has(long position) {
        Status now = status;
        return now.isInUse() && now.applied() >= position;
    }

    /** A read got no answer from it: it is left out until it is asked next. */
    public void failed(Exception reason) {
        failures.increment();
        leaveOut("a read got no answer", reason);
    }

    /** Counts a read of a history. */
    public void read(boolean isFromReplica) {
        (isFromReplica ? fromReplica : fromPrimary).increment();
    }

    /** The number of reads of histories that went to the replica. */
    public long readsFromReplica() {
        return fromReplica.sum();
    }

    /** The number of reads of histories that went to the primary. */
    public long readsFromPrimary() {
        return fromPrimary.sum();
    }

    /** The number of reads that got no answer from the replica, and one from the primary. */
    public long failures() {
        return failures.sum();
    }

    private void run() {
        try {
            do {
                try (Connection source = primary.getConnection()) {
                    source.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
                    watch(source);
                } catch (SQLException e) {
                    // the watch of the database itself says so
                    LOG.log(Level.FINE, "the primary could not be asked for its position", e);
                }
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks both until one of them gives no answer. */
    private void watch(Connection source) throws SQLException, InterruptedException {
        Optional<Connection> own = Optional.empty();
        try {
            do {
                long now = nanos.getAsLong();
                Position written = position(source, "pg_current_wal_flush_lsn()");
                try {
                    if (own.isEmpty()) {
                        own = Optional.of(replica.getConnection());
                        own.get().setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
                    }
                    look(now, written, position(own.get(), "pg_last_wal_replay_lsn()"));
                } catch (SQLException e) {
                    leaveOut("it does not answer", e);
                    open.giveUp();
                    close(own);
                    own = Optional.empty();
                }
            } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } finally {
            close(own);
        }
    }

    private static void close(Optional<Connection> connection) {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "a connection could not be closed", e);
        }
    }

    /**
     * The place of a database in its log.
     *
     * @param cluster the same for a primary and its replicas, and for nothing else
     * @param isReplica whether it takes its log from another one
     * @param bytes of the log
     */
    private record Position(long cluster, boolean isReplica, long bytes) {}

    private static Position position(Connection connection, String function) throws SQLException {
        // a replica has no current position, and a primary none that it has applied
        String bytes = "CASE WHEN pg_is_in_recovery() = " + function.contains("replay") + " THEN pg_wal_lsn_diff("
                + function + ", '0/0')::bigint ELSE 0 END";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT system_identifier, pg_is_in_recovery(), " + bytes + " FROM pg_control_system()")) {
            row.next();
            return new Position(row.getLong(1), row.getBoolean(2), row.getLong(3));
        }
    }

    private synchronized void look(long now, Position written, Position applied) {
        if (!applied.isReplica()) {
            leaveOut("it is no replica: it does not follow another server");
        } else if (applied.cluster() != written.cluster()) {
            leaveOut("it is a replica of another database");
        } else {
            lag.looked(now, written.bytes(), applied.bytes());
            Optional<Duration> behind = lag.at(nanos.getAsLong());
            if (behind.isEmpty()) {
                leaveOut("it has not caught up since this server started");
            } else if (behind.get().compareTo(settings.longestLag()) > 0) {
                leaveOut("it is " + seconds(behind.get()) + " behind, more than " + seconds(settings.longestLag()));
            } else {
                use(behind.get());
            }
        }
    }

    /** Seconds, in whole ones where there are many. */
    public static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis >= 10_000 || millis % 1_000 == 0
                ? millis / 1_000 + " s"
                : millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }

    private synchronized void use(Duration behind) {
        if (!status.isInUse()) {
            LOG.log(Level.INFO, "the read replica " + settings.address() + " is in use");
        }
        status = new Status(Optional.empty(), Optional.of(behind), lag.applied());
    }

    private void leaveOut(String reason) {
        leaveOut(reason, null);
    }

    private synchronized void leaveOut(String reason, Exception cause) {
        if (status.isInUse() || isNew(reason)) {
            LOG.log(
                    Level.WARNING,
                    "the read replica " + settings.address() + " is left out, and reads go to the primary: " + reason,
                    cause);
        }
        status = new Status(Optional.of(reason), lag.at(nanos.getAsLong()), 0);
    }

    /** Whether a reason is another one than before; how many seconds it is behind makes no new one. */
    private boolean isNew(String reason) {
        return !withoutNumbers(status.reason().orElse("")).equals(withoutNumbers(reason));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9.]+", "");
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
