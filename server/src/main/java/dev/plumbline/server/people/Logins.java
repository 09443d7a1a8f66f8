package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.data.Taken;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The accounts by their identities at providers: by issuer and subject, which are never reassigned. A mail address is
 * kept to be shown and decides nothing.
 */
public final class Logins {
    private static final int LONGEST_NAME = 39;
    private static final int MOST_NAMESAKES = 100;

    private final ServerDatabase database;
    private final Accounts accounts;
    private final Clock clock;

    public Logins(ServerDatabase database, Accounts accounts, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.accounts = requireNonNull(accounts, "accounts");
        this.clock = requireNonNull(clock, "clock");
    }

    /** A provider's identity of an account. */
    public record Subject(String issuer, String subject, Optional<String> mail) {}

    /** A role that a group gives. */
    public record Grant(Organisation organisation, Optional<Project> project, Role role) {}

    /** The account of a person who just signed in; empty if unknown. */
    public Optional<Account> account(Subject subject) {
        Optional<Account> known = database.read(rows -> find(rows, subject));
        if (known.isPresent()) {
            database.write(rows -> rows.update(
                    "UPDATE login SET used_at = ?, mail = ? WHERE issuer = ? AND subject = ?",
                    clock.instant(),
                    subject.mail(),
                    subject.issuer(),
                    subject.subject()));
        }
        return known;
    }

    private static Optional<Account> find(Rows rows, Subject subject) throws SQLException {
        return rows.first(
                "SELECT " + Accounts.columns("account", "") + " FROM login JOIN account ON account.id = login.account"
                        + " WHERE issuer = ? AND subject = ?",
                row -> Accounts.account(row, ""),
                subject.issuer(),
                subject.subject());
    }

    /**
     * Makes an account without a password.
     *
     * @param wish what they like to be called; the next free name that is like it is theirs
     */
    public Account create(Subject subject, String wish) {
        String base = nameLike(wish);
        for (int i = 1; i <= MOST_NAMESAKES; i++) {
            String end = i == 1 ? "" : "-" + i;
            String begin = base.substring(0, Math.min(base.length(), LONGEST_NAME - end.length()))
                    .replaceAll("-+$", "");
            try {
                Name name = new Name(begin + end);
                return database.write(rows -> {
                    Account account = accounts.create(rows, name, Optional.empty(), false);
                    add(rows, account, subject);
                    return account;
                });
            } catch (Taken e) {
                // by another account, or by the same person in another window
                Optional<Account> other = database.read(rows -> find(rows, subject));
                if (other.isPresent()) {
                    return other.get();
                }
            }
        }
        throw new IllegalArgumentException("too many accounts have a name similar to " + base);
    }

    /** A name of letters, digits and hyphens; a mail address gives what is before the @. */
    static String nameLike(String wish) {
        int at = wish.indexOf('@');
        String plain = Normalizer.normalize(at > 0 ? wish.substring(0, at) : wish, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)).replaceAll("-+$", "");
        return name.isEmpty() ? "user" : name;
    }

    private void add(Rows rows, Account account, Subject subject) throws SQLException {
        Instant now = clock.instant();
        rows.update(
                "INSERT INTO login (issuer, subject, account, mail, created_at, used_at) VALUES (?, ?, ?, ?, ?, ?)",
                subject.issuer(),
                subject.subject(),
                account.id(),
                subject.mail(),
                now,
                now);
    }

    /**
     * Connects a person at a provider to their existing account.
     *
     * @throws Taken if they sign in to another one, or to this one already
     */
    public void connect(Account account, Subject subject) {
        database.write(rows -> {
            add(rows, account, subject);
            return null;
        });
    }

    /** The identities of an account, by issuer. */
    public List<Subject> of(Account account) {
        return database.read(rows -> rows.list(
                "SELECT issuer, subject, mail FROM login WHERE account = ? ORDER BY issuer, created_at",
                row -> new Subject(row.text("issuer"), row.text("subject"), row.optionalText("mail")),
                account.id()));
    }

    /**
     * Disconnects an account from an issuer, and removes the roles of its groups there.
     *
     * @return whether they did; never for the only way in
     */
    public boolean disconnect(Account account, String issuer) {
        boolean hasPassword = accounts.hasPassword(account);
        return database.write(rows -> {
            long others = rows.first(
                            "SELECT count(*) AS others FROM login WHERE account = ? AND issuer <> ?",
                            row -> row.number("others"),
                            account.id(),
                            issuer)
                    .orElse(0L);
            if (!hasPassword && others == 0) {
                return false;
            }
            rows.update("DELETE FROM group_member WHERE account = ? AND issuer = ?", account.id(), issuer);
            return rows.update("DELETE FROM login WHERE account = ? AND issuer = ?", account.id(), issuer) > 0;
        });
    }

    /**
     * Puts roles in the place of those that groups of an issuer gave before; roles that were given by hand stay.
     *
     * @return the changes, in the words of the audit log, with their organisation
     */
    public Map<String, Name> setGroupRoles(Account account, String issuer, List<Grant> grants) {
        Map<String, Name> before = new TreeMap<>();
        Map<String, Name> now = new TreeMap<>();
        database.write(rows -> {
            before.putAll(given(rows, account, issuer));
            rows.update("DELETE FROM group_member WHERE account = ? AND issuer = ?", account.id(), issuer);
            for (Grant grant : Set.copyOf(grants)) {
                rows.update(
                        "INSERT INTO group_member (issuer, account, organisation, project, role)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        issuer,
                        account.id(),
                        grant.organisation().id(),
                        grant.project().map(Project::id),
                        grant.role());
            }
            now.putAll(given(rows, account, issuer));
            return null;
        });
        Map<String, Name> different = new LinkedHashMap<>();
        now.forEach((words, organisation) -> {
            if (!before.containsKey(words)) {
                different.put("is " + words, organisation);
            }
        });
        before.forEach((words, organisation) -> {
            if (!now.containsKey(words)) {
                different.put("is no longer " + words, organisation);
            }
        });
        return different;
    }

    private static Map<String, Name> given(Rows rows, Account account, String issuer) throws SQLException {
        record Given(Name organisation, Optional<String> project, Role role) {}
        Map<String, Name> all = new TreeMap<>();
        rows.list(
                        "SELECT group_member.role, organisation.name AS organisation_name,"
                                + " project.name AS project_name FROM group_member"
                                + " JOIN organisation ON organisation.id = group_member.organisation"
                                + " LEFT JOIN project ON project.id = group_member.project"
                                + " WHERE account = ? AND issuer = ?",
                        row -> new Given(
                                new Name(row.text("organisation_name")),
                                row.optionalText("project_name"),
                                Role.valueOf(row.text("role"))),
                        account.id(),
                        issuer)
                .forEach(given -> all.put(
                        given.role().text() + " of " + given.organisation()
                                + given.project().map(project -> "/" + project).orElse(""),
                        given.organisation()));
        return all;
    }
}
