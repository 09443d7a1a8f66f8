package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The audit log, with actor and address: append-only, enforced by the tables. */
public final class AuditLog {
    private static final int LONGEST = 300;

    private final ServerDatabase database;
    private final Clock clock;

    public AuditLog(ServerDatabase database, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Adds that something was done. */
    public void done(Identity identity, Optional<Organisation> organisation, String action, String object) {
        add(identity.actor(), identity.address(), organisation, action, object, "done");
    }

    /** Adds that the server did something by itself. */
    public void byServer(Organisation organisation, String action, String object) {
        add("(server)", "", Optional.of(organisation), action, object, "done");
    }

    /** Adds that something was refused. */
    public void refused(
            Identity identity, Optional<Organisation> organisation, String action, String object, String reason) {
        add(identity.actor(), identity.address(), organisation, action, object, reason);
    }

    private void add(
            String actor,
            String address,
            Optional<Organisation> organisation,
            String action,
            String object,
            String outcome) {
        database.write(rows -> rows.update(
                "INSERT INTO audit (at, actor, address, organisation, action, object, outcome)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                clock.instant(),
                shortened(actor),
                address,
                organisation.map(known -> known.name().text()),
                action,
                shortened(object),
                shortened(outcome)));
    }

    /** PostgreSQL keeps no NUL and no half of a character of two. */
    private static String shortened(String text) {
        String shown =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        if (shown.length() <= LONGEST) {
            return shown;
        }
        boolean isHalf = Character.isHighSurrogate(shown.charAt(LONGEST - 1));
        return shown.substring(0, isHalf ? LONGEST - 1 : LONGEST) + "…";
    }

    /**
     * Events, the oldest first.
     *
     * @param organisation only those about it; all when empty
     * @param after only those with a greater number
     */
    public List<Event> after(Optional<Organisation> organisation, long after, int most) {
        String about = organisation.isPresent() ? " AND organisation = ?" : "";
        Object[] values = organisation.isPresent()
                ? new Object[] {after, organisation.get().name().text(), most}
                : new Object[] {after, most};
        return database.read(rows -> rows.list(
                "SELECT number, at, actor, address, organisation, action, object, outcome FROM audit"
                        + " WHERE number > ?" + about + " ORDER BY number LIMIT ?",
                AuditLog::event,
                values));
    }

    /** The newest events about an organisation, the newest first. */
    public List<Event> newest(Organisation organisation, int most) {
        return database.read(rows -> rows.list(
                "SELECT number, at, actor, address, organisation, action, object, outcome FROM audit"
                        + " WHERE organisation = ? ORDER BY number DESC LIMIT ?",
                AuditLog::event,
                organisation.name().text(),
                most));
    }

    private static Event event(Rows.Row row) throws SQLException {
        return new Event(
                row.number("number"),
                row.time("at"),
                row.text("actor"),
                row.text("address"),
                row.optionalText("organisation"),
                row.text("action"),
                row.text("object"),
                row.text("outcome"));
    }
}
