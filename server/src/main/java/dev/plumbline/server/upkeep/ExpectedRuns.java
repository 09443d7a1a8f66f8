package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.Histories;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.Aliases;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Rules of projects for expected runs, and the missing ones. */
public final class ExpectedRuns {
    /** More would be a mistake, and take long on every page. */
    public static final int MOST = 50;

    /** Runs may be recorded in another order than they were measured in. */
    private static final int NEWEST = 20;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID = 12;

    private final ServerDatabase database;
    private final Histories histories;
    private final Clock clock;
    private final RandomGenerator random;

    public ExpectedRuns(ServerDatabase database, Histories histories, Clock clock, RandomGenerator random) {
        this.database = requireNonNull(database, "database");
        this.histories = requireNonNull(histories, "histories");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** The rules of a project, the oldest first. */
    public List<ExpectedRun> of(Project project) {
        return database.read(rows -> rows.list(
                "SELECT id, name, branch, environment, hours, since FROM expected_run WHERE project = ?"
                        + " ORDER BY since, id",
                row -> new ExpectedRun(
                        row.text("id"),
                        row.text("name"),
                        row.optionalText("branch"),
                        row.optionalText("environment"),
                        Math.toIntExact(row.number("hours")),
                        row.time("since")),
                project.id()));
    }

    /**
     * Makes a rule.
     *
     * @throws IllegalArgumentException if it is invalid, or the project has too many; the message says why
     */
    public ExpectedRun add(
            Project project, String name, Optional<String> branch, Optional<String> environment, int hours) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        ExpectedRun expected = new ExpectedRun(id.toString(), name, branch, environment, hours, clock.instant());
        if (of(project).size() >= MOST) {
            throw new IllegalArgumentException("a project has " + MOST + " rules at most; remove one first");
        }
        database.write(rows -> rows.update(
                "INSERT INTO expected_run (id, project, name, branch, environment, hours, since)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                expected.id(),
                project.id(),
                name,
                branch,
                environment,
                hours,
                expected.since()));
        return expected;
    }

    /** Removes a rule; returns whether there was one. */
    public boolean remove(Project project, String id) {
        return database.write(
                        rows -> rows.update("DELETE FROM expected_run WHERE project = ? AND id = ?", project.id(), id))
                > 0;
    }

    /** Every rule of a project with what came. */
    public List<ExpectedRun.State> states(Project project) {
        List<ExpectedRun> rules = of(project);
        if (rules.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        return histories.read(project, history -> states(rules, now, history));
    }

    private static List<ExpectedRun.State> states(List<ExpectedRun> rules, Instant now, StoreLocation history) {
        if (!history.hasHistory()) {
            return rules.stream().map(rule -> rule.at(now, Optional.empty())).toList();
        }
        try (RunStore store = history.open(Aliases.NONE, Reruns.POOL)) {
            return rules.stream().map(rule -> rule.at(now, last(store, rule))).toList();
        }
    }

    /** The rules of a project whose runs did not come. */
    public List<ExpectedRun.State> missing(Project project) {
        return states(project).stream().filter(ExpectedRun.State::isMissing).toList();
    }

    private static Optional<Instant> last(RunStore store, ExpectedRun rule) {
        RunQuery query = RunQuery.all().newest(NEWEST);
        if (rule.branch().isPresent()) {
            query = query.onBranch(rule.branch().get());
        }
        if (rule.environment().isPresent()) {
            query = query.inEnvironment(rule.environment().get());
        }
        return store.runs(query).stream().map(run -> run.header().time()).max(Comparator.naturalOrder());
    }
}
