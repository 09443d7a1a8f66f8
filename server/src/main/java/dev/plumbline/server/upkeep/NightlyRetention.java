package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.people.AuditLog;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.project.CommandQueue;
import dev.plumbline.server.project.Commands;
import dev.plumbline.server.project.Histories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Applies the retention rules once a day after 2:00 UTC. */
public final class NightlyRetention {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration HOUR = Duration.ofHours(2);

    private final Retentions retentions;
    private final Projects projects;
    private final Histories histories;
    private final Commands commands;
    private final AuditLog audit;
    private final Clock clock;

    public NightlyRetention(
            Retentions retentions,
            Projects projects,
            Histories histories,
            Commands commands,
            AuditLog audit,
            Clock clock) {
        this.retentions = requireNonNull(retentions, "retentions");
        this.projects = requireNonNull(projects, "projects");
        this.histories = requireNonNull(histories, "histories");
        this.commands = requireNonNull(commands, "commands");
        this.audit = requireNonNull(audit, "audit");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Applies what was not applied since the last 2 o'clock. */
    public void run() {
        Instant now = clock.instant();
        Instant night = now.minus(HOUR).truncatedTo(ChronoUnit.DAYS).plus(HOUR);
        for (String id : retentions.due(night)) {
            projects.withId(id)
                    .filter(project -> retentions.claim(project, night))
                    .ifPresent(this::apply);
        }
    }

    private void apply(Project project) {
        if (!histories.of(project).hasHistory()) {
            return;
        }
        String words;
        try {
            words = commands.runAsServer(project, retentions.of(project).rule().command(true), execution -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                execution.writeOutTo(out);
                return execution.exitCode() == 0
                        ? out.toString(StandardCharsets.UTF_8).lines().collect(Collectors.joining("; "))
                        : "failed: " + execution.errors().strip();
            });
        } catch (IOException | RuntimeException | CommandRefused | CommandQueue.Full e) {
            LOG.log(Level.WARNING, "applying the retention rule of project " + project.id() + " failed", e);
            words = "failed; the server's log has the reason";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.log(Level.INFO, "retention of project {0}: {1}", new Object[] {project.id(), words});
        audit.byServer(project.organisation(), "retention.apply", project.path() + ": " + words);
    }
}
