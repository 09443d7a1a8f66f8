package dev.plumbline.server.upkeep;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.original.Original;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.AuditLog;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.project.Histories;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Deletes result files that are older than their project keeps them, and those of deleted runs; soon after the start,
 * and once a day after 2:00 UTC. Each server does it in its own folder.
 */
public final class NightlyOriginals {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final Duration HOUR = Duration.ofHours(2);

    private final Originals originals;
    private final Projects projects;
    private final Histories histories;
    private final AuditLog audit;
    private final Clock clock;
    private Optional<Instant> last = Optional.empty();

    public NightlyOriginals(Originals originals, Projects projects, Histories histories, AuditLog audit, Clock clock) {
        this.originals = requireNonNull(originals, "originals");
        this.projects = requireNonNull(projects, "projects");
        this.histories = requireNonNull(histories, "histories");
        this.audit = requireNonNull(audit, "audit");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Deletes what was not deleted since the last 2 o'clock. */
    public void run() {
        Instant night = clock.instant().minus(HOUR).truncatedTo(ChronoUnit.DAYS).plus(HOUR);
        if (last.filter(done -> !done.isBefore(night)).isPresent()) {
            return;
        }
        last = Optional.of(night);
        for (Project project : projects.all()) {
            try {
                expire(project);
            } catch (IOException | StoreException e) {
                LOG.log(Level.WARNING, "deleting old files of project " + project.id() + " failed", e);
            }
        }
    }

    private void expire(Project project) throws IOException {
        // asked in this order: a file has its run from its first moment on
        Set<String> gone = originals.runs(project);
        gone.removeAll(runs(project));
        Original.Room room = originals.expire(project, gone);
        if (room.files() > 0) {
            audit.byServer(project.organisation(), "originals.expire", project.path() + ": " + words(room));
        }
    }

    private Set<String> runs(Project project) {
        StoreLocation location = histories.of(project);
        Set<String> ids = new HashSet<>();
        if (location.hasHistory()) {
            try (RunStore store = location.open(Aliases.NONE, Reruns.POOL)) {
                store.runs(RunQuery.all()).forEach(run -> ids.add(run.id()));
            }
        }
        return ids;
    }

    /** The size, as people read it. */
    public static String words(Original.Room room) {
        return String.format(
                Locale.ROOT,
                "%,d %s, %s",
                room.files(),
                room.files() == 1 ? "file" : "files",
                size(room.packedBytes()));
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,d kB", (bytes + 1023) >> 10)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / (double) (1 << 20));
    }
}
