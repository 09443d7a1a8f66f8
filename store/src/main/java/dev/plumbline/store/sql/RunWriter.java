package dev.plumbline.store.sql;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/**
 * Adds rows of table {@code run} and completes them, both in batches that {@link #flush} hands to the database;
 * prepared once for all runs of a recording.
 */
public final class RunWriter implements AutoCloseable {
    private final PreparedStatement insert;
    private final PreparedStatement finish;

    public RunWriter(Database database) throws SQLException {
        insert = database.prepare("INSERT INTO run (run_id, id, content_id, commit_id, branch_id,"
                + " commit_second, commit_nano, position, environment_id, facts,"
                + " measured_second, measured_nano,"
                + " added_second, added_nano, context, measurements)"
                + " VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)");
        finish = database.prepare("UPDATE run SET id = ?, content_id = ?, measurements = ? WHERE run_id = ?");
    }

    /** Adds a row whose content is not known yet. */
    public void insert(long number, RunHeader header, long branch, long environment) throws SQLException {
        Revision revision = header.revision();
        insert.setLong(1, number);
        insert.setString(2, "recording " + number); // it is invisible outside the transaction
        insert.setString(3, StoredText.encode(revision.commit()));
        insert.setLong(4, branch);
        bind(insert, 5, revision.commitTime());
        if (revision.position().isPresent()) {
            insert.setLong(7, revision.position().getAsLong());
        } else {
            insert.setNull(7, Types.BIGINT);
        }
        insert.setLong(8, environment);
        insert.setString(9, StoredText.encode(header.environment().facts()));
        bind(insert, 10, header.measuredAt());
        insert.setLong(12, header.addedAt().getEpochSecond());
        insert.setInt(13, header.addedAt().getNano());
        insert.setString(14, StoredText.encode(header.context()));
        insert.addBatch();
    }

    private static void bind(PreparedStatement statement, int parameter, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setLong(parameter, time.get().getEpochSecond());
            statement.setInt(parameter + 1, time.get().getNano());
        } else {
            statement.setNull(parameter, Types.BIGINT);
            statement.setNull(parameter + 1, Types.INTEGER);
        }
    }

    /** Sets what the run turned out to hold. */
    public void finish(long number, String id, String contentId, long measurements) throws SQLException {
        finish.setString(1, id);
        finish.setString(2, contentId);
        finish.setLong(3, measurements);
        finish.setLong(4, number);
        finish.addBatch();
    }

    public void flush() throws SQLException {
        insert.executeBatch();
        finish.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        finish.close();
    }
}
