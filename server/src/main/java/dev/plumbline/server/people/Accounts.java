package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** People and their passwords. */
public final class Accounts {
    /** Long passwords are no safer, and take time to hash. */
    private static final int LONGEST = 200;

    private static final int SHORTEST = 12;

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;
    private final Passwords passwords;

    public Accounts(ServerDatabase database, Clock clock, RandomGenerator random, PasswordCost cost) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        passwords = new Passwords(cost);
    }

    /** Reads an account from columns that begin with a prefix. */
    static Account account(Rows.Row row, String prefix) throws SQLException {
        return new Account(
                row.text(prefix + "id"),
                new Name(row.text(prefix + "name")),
                row.number(prefix + "is_administrator") != 0,
                row.time(prefix + "created_at"),
                row.optionalTime(prefix + "disabled_at"));
    }

    /** The columns that {@link #account} reads. */
    static String columns(String table, String prefix) {
        return String.format(
                "%1$s.id AS %2$sid, %1$s.name AS %2$sname, %1$s.is_administrator AS %2$sis_administrator,"
                        + " %1$s.created_at AS %2$screated_at, %1$s.disabled_at AS %2$sdisabled_at",
                table, prefix);
    }

    /** Whether there is no account yet. */
    public boolean isEmpty() {
        return database.read(rows -> rows.first("SELECT 1 AS one FROM account LIMIT 1", row -> row.number("one")))
                .isEmpty();
    }

    /** @throws IllegalArgumentException if it is not acceptable; the message says why */
    static String checked(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        return password;
    }

    /**
     * Adds an account; its hash is computed outside of the transaction.
     *
     * @param hash of its password; none when empty
     */
    Account create(Rows rows, Name name, Optional<String> hash, boolean isAdministrator) throws SQLException {
        Account account = new Account(Secret.id(random), name, isAdministrator, clock.instant(), Optional.empty());
        rows.update(
                "INSERT INTO account (id, name, password, is_administrator, created_at) VALUES (?, ?, ?, ?, ?)",
                account.id(),
                name.text(),
                hash,
                isAdministrator ? 1L : 0L,
                account.createdAt());
        return account;
    }

    String hash(String password) {
        return passwords.hash(checked(password));
    }

    /** The account of a name and its password; empty where either is wrong, or the account is disabled. */
    public Optional<Account> signedIn(String name, String password) {
        if (!Name.isOne(name) || password.length() > LONGEST) {
            return Optional.empty();
        }
        record Known(Account account, Optional<String> hash) {}
        Optional<Known> known = database.read(rows -> rows.first(
                "SELECT " + columns("account", "") + ", password FROM account WHERE name = ?",
                row -> new Known(account(row, ""), row.optionalText("password")),
                name));
        boolean matches = passwords.matches(password, known.flatMap(Known::hash));
        return known.filter(found -> matches && found.account().disabledAt().isEmpty())
                .map(Known::account);
    }

    /** The account of that name. */
    public Optional<Account> named(Name name) {
        return database.read(rows -> rows.first(
                "SELECT " + columns("account", "") + " FROM account WHERE name = ?",
                row -> account(row, ""),
                name.text()));
    }

    /** The account of that id. */
    public Optional<Account> withId(String id) {
        return database.read(rows -> rows.first(
                "SELECT " + columns("account", "") + " FROM account WHERE id = ?", row -> account(row, ""), id));
    }

    /** Whether the account can sign in with a password. */
    public boolean hasPassword(Account account) {
        return database.read(rows -> rows.first(
                        "SELECT 1 AS one FROM account WHERE id = ? AND password IS NOT NULL",
                        row -> row.number("one"),
                        account.id()))
                .isPresent();
    }

    /** All accounts, by name. */
    public List<Account> all() {
        return database.read(rows ->
                rows.list("SELECT " + columns("account", "") + " FROM account ORDER BY name", row -> account(row, "")));
    }

    /** Sets a password, and ends all sessions. */
    public void setPassword(Account account, String password) {
        String hash = hash(password);
        database.write(rows -> {
            rows.update("UPDATE account SET password = ? WHERE id = ?", hash, account.id());
            return rows.update("DELETE FROM session WHERE account = ?", account.id());
        });
    }

    /** Disables an account: it cannot sign in, its sessions end, and its tokens become invalid. */
    public void disable(Account account) {
        database.write(rows -> {
            rows.update("UPDATE account SET disabled_at = ? WHERE id = ?", clock.instant(), account.id());
            return rows.update("DELETE FROM session WHERE account = ?", account.id());
        });
    }
}
