package dev.plumbline.store.sql;

import static java.util.Objects.requireNonNull;

import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One transaction in which measurements are written, begun by the first of them. After a step that failed nothing more
 * is accepted, and what there is will never be committed. Closing rolls back what is not committed.
 */
final class OpenWriting implements AutoCloseable {
    private final Database database;
    private final String name;
    private Optional<MeasurementWriter> writer = Optional.empty();
    private boolean ended;
    private boolean closed;

    /** @param name what is written, for messages: "recording" */
    OpenWriting(Database database, String name) {
        this.database = database;
        this.name = requireNonNull(name, "name");
        database.claimWriting();
    }

    void checkOpen() {
        if (ended) {
            throw new IllegalStateException("this " + name + " has ended");
        }
    }

    static void checkFinite(PreparedMeasurement measurement) {
        if (!Double.isFinite(measurement.value()) || !Double.isFinite(measurement.groupDeviation())) {
            throw new IllegalArgumentException(
                    "the values of " + measurement.benchmark().label() + ", "
                            + measurement.metric().name() + " are too large to compute their mean");
        }
    }

    /** Whether anything was written. */
    boolean isBegun() {
        return writer.isPresent();
    }

    MeasurementWriter writer() throws SQLException {
        if (writer.isEmpty()) {
            database.begin();
            writer = Optional.of(database.writer());
        }
        return writer.get();
    }

    /** Does the next step. */
    <T> T attempt(Database.Work<T> work) {
        boolean hadEnded = ended;
        ended = true;
        try {
            T result = work.run();
            ended = hadEnded;
            return result;
        } catch (SQLException e) {
            throw database.failure("writing", e);
        }
    }

    /** Accepts no more. */
    void end() {
        ended = true;
    }

    void commit() throws SQLException {
        writer().close();
        database.commit();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        try {
            if (writer.isPresent()) {
                writer.get().close();
            }
        } catch (SQLException e) {
            throw database.failure("writing", e);
        } finally {
            database.releaseWriting();
        }
    }
}
