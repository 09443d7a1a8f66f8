package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.people.Project;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The retention rules of projects, and when they were applied. */
public final class Retentions {
    private static final int FOREVER = 0;

    private final ServerDatabase database;
    private final Clock clock;

    public Retentions(ServerDatabase database, Clock clock) {
        this.database = requireNonNull(database, "database");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A rule in force.
     *
     * @param appliedAt when it was last applied
     */
    public record InForce(RetentionRule rule, Optional<Instant> appliedAt) {}

    /** The rule of a project; everything is kept where there is none. */
    public InForce of(Project project) {
        return database.read(rows -> rows.first(
                        "SELECT run_days, keep_runs, sample_days, level_runs, applied_at FROM retention"
                                + " WHERE project = ?",
                        row -> new InForce(
                                new RetentionRule(
                                        days(row.number("run_days")),
                                        Math.toIntExact(row.number("keep_runs")),
                                        days(row.number("sample_days")),
                                        Math.toIntExact(row.number("level_runs"))),
                                row.optionalTime("applied_at")),
                        project.id()))
                .orElse(new InForce(RetentionRule.EVERYTHING, Optional.empty()));
    }

    private static OptionalInt days(long number) {
        return number == FOREVER ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(number));
    }

    /** Puts a rule in force, which is applied from the next night on. */
    public void set(Project project, RetentionRule rule) {
        database.write(rows -> {
            rows.update("DELETE FROM retention WHERE project = ?", project.id());
            return rule.keepsEverything()
                    ? 0
                    : rows.update(
                            "INSERT INTO retention (project, run_days, keep_runs, sample_days, level_runs, set_at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?)",
                            project.id(),
                            rule.runDays().orElse(FOREVER),
                            rule.keepRuns(),
                            rule.sampleDays().orElse(FOREVER),
                            rule.levelRuns(),
                            clock.instant());
        });
    }

    /** The ids of projects whose rules were last applied, or made, before a time. */
    public List<String> due(Instant before) {
        return database.read(rows -> rows.list(
                "SELECT project FROM retention WHERE coalesce(applied_at, set_at) < ? ORDER BY project",
                row -> row.text("project"),
                before));
    }

    /** Takes the work upon oneself; false where another server was first. */
    public boolean claim(Project project, Instant before) {
        return database.write(rows -> rows.update(
                        "UPDATE retention SET applied_at = ? WHERE project = ? AND coalesce(applied_at, set_at) < ?",
                        clock.instant(),
                        project.id(),
                        before))
                > 0;
    }
}
