package dev.plumbline.server.people;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.data.Rows;
import dev.plumbline.server.data.ServerDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Organisations, their projects, and the roles in them. */
public final class Projects {
    private static final String SELECT = "SELECT project.id, project.name, is_public, has_public_badge,"
            + " project.created_at,"
            + " organisation.id AS organisation_id, organisation.name AS organisation_name,"
            + " organisation.created_at AS organisation_created_at"
            + " FROM project JOIN organisation ON organisation.id = project.organisation"
            + " WHERE deleted_at IS NULL ";

    private final ServerDatabase database;
    private final Clock clock;
    private final RandomGenerator random;

    public Projects(ServerDatabase database, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Makes an organisation.
     *
     * @param owner none when empty; it is the administrators' alone then
     * @throws dev.plumbline.server.data.Taken if there is one of that name
     */
    public Organisation createOrganisation(Name name, Optional<Account> owner) {
        Organisation organisation = new Organisation(Secret.id(random), name, clock.instant());
        return database.write(rows -> {
            rows.update(
                    "INSERT INTO organisation (id, name, created_at) VALUES (?, ?, ?)",
                    organisation.id(),
                    name.text(),
                    organisation.createdAt());
            if (owner.isPresent()) {
                addMember(rows, organisation, owner.get(), Optional.empty(), Role.OWNER);
            }
            return organisation;
        });
    }

    private static void addMember(
            Rows rows, Organisation organisation, Account account, Optional<Project> project, Role role)
            throws SQLException {
        rows.update(
                "INSERT INTO member (organisation, account, project, role) VALUES (?, ?, ?, ?)",
                organisation.id(),
                account.id(),
                project.map(Project::id),
                role);
    }

    /** The organisation of that name. */
    public Optional<Organisation> organisation(Name name) {
        return database.read(rows -> rows.first(
                "SELECT id, name, created_at FROM organisation WHERE name = ?", Projects::organisation, name.text()));
    }

    private static Organisation organisation(Rows.Row row) throws SQLException {
        return new Organisation(row.text("id"), new Name(row.text("name")), row.time("created_at"));
    }

    /** The organisations in which an account has a role; all for an administrator. */
    public List<Organisation> organisationsOf(Account account) {
        return database.read(rows -> account.isAdministrator()
                ? rows.list("SELECT id, name, created_at FROM organisation ORDER BY name", Projects::organisation)
                : rows.list(
                        "SELECT id, name, created_at FROM organisation WHERE id IN"
                                + " (SELECT organisation FROM membership WHERE account = ?) ORDER BY name",
                        Projects::organisation,
                        account.id()));
    }

    /** @throws dev.plumbline.server.data.Taken if the organisation has one of that name */
    public Project create(Organisation organisation, Name name, boolean isPublic) {
        Project project = new Project(Secret.id(random), organisation, name, isPublic, false, clock.instant());
        database.write(rows -> rows.update(
                "INSERT INTO project (id, organisation, name, is_public, created_at) VALUES (?, ?, ?, ?, ?)",
                project.id(),
                organisation.id(),
                name.text(),
                isPublic ? 1L : 0L,
                project.createdAt()));
        return project;
    }

    private static Project project(Rows.Row row) throws SQLException {
        return new Project(
                row.text("id"),
                new Organisation(
                        row.text("organisation_id"),
                        new Name(row.text("organisation_name")),
                        row.time("organisation_created_at")),
                new Name(row.text("name")),
                row.number("is_public") != 0,
                row.number("has_public_badge") != 0,
                row.time("created_at"));
    }

    /** The project of those names; empty for names that cannot be any. */
    public Optional<Project> find(String organisation, String name) {
        return Name.isOne(organisation) && Name.isOne(name)
                ? database.read(rows -> rows.first(
                        SELECT + "AND organisation.name = ? AND project.name = ?",
                        Projects::project,
                        organisation,
                        name))
                : Optional.empty();
    }

    /** The project of that id, unless it was deleted. */
    public Optional<Project> withId(String id) {
        return database.read(rows -> rows.first(SELECT + "AND project.id = ?", Projects::project, id));
    }

    /** All projects, by organisation and name. */
    public List<Project> all() {
        return database.read(rows -> rows.list(SELECT + "ORDER BY organisation.name, project.name", Projects::project));
    }

    /** The projects that a caller may do something with, by organisation and name. */
    public List<Project> of(Identity identity) {
        return all().stream()
                .filter(project -> !rights(identity, project).isEmpty())
                .toList();
    }

    public void setPublic(Project project, boolean isPublic) {
        database.write(
                rows -> rows.update("UPDATE project SET is_public = ? WHERE id = ?", isPublic ? 1L : 0L, project.id()));
    }

    /** Shows the badge of a private project to everybody, or no longer. */
    public void setPublicBadge(Project project, boolean isPublic) {
        database.write(rows ->
                rows.update("UPDATE project SET has_public_badge = ? WHERE id = ?", isPublic ? 1L : 0L, project.id()));
    }

    /** Its name is free from then on, its tokens open nothing; the history stays where it is. */
    public void delete(Project project) {
        Instant now = clock.instant();
        database.write(rows -> {
            rows.update("UPDATE token SET revoked_at = ? WHERE project = ? AND revoked_at IS NULL", now, project.id());
            return rows.update("UPDATE project SET deleted_at = ? WHERE id = ?", now, project.id());
        });
    }

    /**
     * The role of an account.
     *
     * @param project the only project that it is for; all of the organisation when empty
     * @param isByGroup whether a group of a provider gives it
     */
    public record Member(Account account, Optional<String> project, Role role, boolean isByGroup) {}

    /** The accounts with a role in an organisation or one of its projects, by name. */
    public List<Member> members(Organisation organisation) {
        return database.read(rows -> rows.list(
                "SELECT " + Accounts.columns("account", "")
                        + ", role, by_group, project.name AS project_name FROM membership"
                        + " JOIN account ON account.id = membership.account"
                        + " LEFT JOIN project ON project.id = membership.project"
                        + " WHERE membership.organisation = ? ORDER BY account.name, project_name, by_group",
                row -> new Member(
                        Accounts.account(row, ""),
                        row.optionalText("project_name"),
                        Role.valueOf(row.text("role")),
                        row.number("by_group") != 0),
                organisation.id()));
    }

    /**
     * Sets the role of an account, replacing an earlier one.
     *
     * @param project the only project that it is for; all of the organisation when empty
     * @param role none when empty
     * @throws LastOwner if the organisation would have no owner left; then nothing is changed
     */
    public void setRole(Organisation organisation, Account account, Optional<Project> project, Optional<Role> role) {
        database.write(rows -> {
            // two owners who remove each other at once would both be the other's other owner
            rows.update("UPDATE organisation SET name = name WHERE id = ?", organisation.id());
            long before = owners(rows, organisation);
            if (project.isPresent()) {
                rows.update(
                        "DELETE FROM member WHERE account = ? AND project = ?",
                        account.id(),
                        project.get().id());
            } else {
                rows.update(
                        "DELETE FROM member WHERE account = ? AND organisation = ? AND project IS NULL",
                        account.id(),
                        organisation.id());
            }
            if (role.isPresent()) {
                addMember(rows, organisation, account, project, role.get());
            }
            if (before > 0 && owners(rows, organisation) == 0) {
                throw new LastOwner(account, organisation);
            }
            return null;
        });
    }

    private static long owners(Rows rows, Organisation organisation) throws SQLException {
        return rows.list(
                        "SELECT count(*) AS n FROM member WHERE organisation = ? AND project IS NULL AND role = ?",
                        row -> row.number("n"),
                        organisation.id(),
                        Role.OWNER)
                .get(0);
    }

    /** The rights of a caller in a project. */
    public Set<Right> rights(Identity identity, Project project) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        identity.account().ifPresent(account -> rights.addAll(rights(account, project)));
        identity.token().ifPresent(token -> {
            if (token.projectId().equals(project.id())) {
                rights.retainAll(token.role().rights());
            } else {
                rights.clear();
            }
        });
        if (project.isPublic() && identity.token().isEmpty()) {
            rights.add(Right.READ);
        }
        return Collections.unmodifiableSet(rights);
    }

    /** The rights of an account in a project by its roles, which its tokens may have. */
    public Set<Right> rights(Account account, Project project) {
        if (account.isAdministrator()) {
            return Role.OWNER.rights();
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        database.read(rows -> rows.list(
                        "SELECT role FROM membership WHERE account = ? AND organisation = ?"
                                + " AND (project IS NULL OR project = ?)",
                        row -> Role.valueOf(row.text("role")),
                        account.id(),
                        project.organisation().id(),
                        project.id()))
                .forEach(role -> rights.addAll(role.rights()));
        return rights;
    }

    /** Whether a caller may do everything with an organisation. */
    public boolean isOwner(Identity identity, Organisation organisation) {
        return identity.isAdministrator()
                || identity.isPerson()
                        && rolesIn(identity.account().get(), organisation).contains(Role.OWNER);
    }

    /** The roles of an account in a whole organisation: one given by hand, others from groups. */
    public List<Role> rolesIn(Account account, Organisation organisation) {
        return database.read(rows -> rows.list(
                "SELECT role FROM membership WHERE account = ? AND organisation = ? AND project IS NULL",
                row -> Role.valueOf(row.text("role")),
                account.id(),
                organisation.id()));
    }
}
