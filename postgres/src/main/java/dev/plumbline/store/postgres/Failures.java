package dev.plumbline.store.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The meaning of the server's errors, with remedies. */
final class Failures {
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    /** The beginnings of states: connection, resources, operator, system, and the states lock and read-only. */
    private static final List<String> PASSING = List.of("08", "53", "57", "58", "55P03", "25006");

    private Failures() {}

    /** Whether the server gave the work up for the sake of another process. */
    static boolean isConflict(SQLException cause) {
        return SERIALIZATION_FAILURE.equals(cause.getSQLState()) || DEADLOCK.equals(cause.getSQLState());
    }

    /**
     * Whether the same may succeed later, when nothing but the server has changed: it is not there, starts, stops, has
     * no connection or room left, was interrupted, only reads for now, or is used by another process.
     */
    static boolean mayPass(SQLException cause) {
        String state = Optional.ofNullable(cause.getSQLState()).orElse("");
        boolean isRefused = state.equals("08004"); // the role or its password is wrong
        return isConflict(cause) || PASSING.stream().anyMatch(state::startsWith) && !isRefused;
    }

    static String explanation(SQLException cause, PostgresAddress address) {
        String state = Optional.ofNullable(cause.getSQLState()).orElse("");
        return switch (state) {
            case "28P01" -> "the password is wrong; give that of the role in PGPASSWORD or ~/.pgpass";
            case "28000" -> "the server refuses the role (" + said(cause) + "); see its pg_hba.conf";
            case "08004" -> "the server asks for a password; give that of the role in PGPASSWORD or ~/.pgpass";
            case "3D000" ->
                "there is no database " + address.database() + "; create it with: createdb " + address.database();
            case "42501", "3F000" ->
                "the role lacks a right (" + said(cause) + "); the owner of the project grants it, see"
                        + " docs/postgresql.md";
            case "53300" ->
                "the server has no free connection (" + said(cause)
                        + "); try again later, or raise its max_connections";
            case "57P03" -> "the server is starting up or shutting down; try again later";
            case "57P01", "57P02" -> "the server shut down; nothing was recorded; try again when it runs";
            case "25006" -> "the server only reads; use the address of the primary server";
            case "55P03" -> "another process keeps writing to it; wait until it ends and try again";
            case "53100" -> "the disk of the server is full; nothing was recorded; free some space and try again";
            case SERIALIZATION_FAILURE, DEADLOCK -> "other processes kept changing it; nothing was recorded; try again";
            case "42P01", "42703" ->
                "its tables are not those of Plumbline (" + said(cause) + "); restore the schema " + address.schema()
                        + " from a copy";
            default -> state.startsWith("08") ? unreachable(cause, address) : said(cause);
        };
    }

    private static String unreachable(SQLException cause, PostgresAddress address) {
        String place = address.host() + ":" + address.port();
        return cause.getSQLState().equals("08001") || cause.getSQLState().equals("08000")
                ? "the server " + place + " cannot be reached; check that it runs, and the address"
                : "the connection to the server " + place + " failed (" + said(cause)
                        + "); nothing was recorded; try again";
    }

    /** The server's own words in one line. */
    private static String said(SQLException failure) {
        SQLException cause = failure;
        while (!(cause instanceof PSQLException) && cause.getNextException() != null) {
            cause = cause.getNextException(); // a batch reports its whole statement first, and then the error
        }
        String message = cause instanceof PSQLException problem
                ? Optional.ofNullable(problem.getServerErrorMessage())
                        .map(ServerErrorMessage::getMessage)
                        .orElse(problem.getMessage())
                : cause.getMessage();
        return Optional.ofNullable(message)
                .orElse("no reason given")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
