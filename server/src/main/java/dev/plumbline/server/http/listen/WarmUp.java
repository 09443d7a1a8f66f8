package dev.plumbline.server.http.listen;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.sql.SqlRunStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads what is asked for first, before the server counts as ready: the classes, the connections to the database,
 * and the names of the series of the projects that people looked at last are in memory then.
 */
final class WarmUp {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** A server is ready after that, whatever is read by then. */
    private static final Duration LONGEST = Duration.ofMillis(600);

    private static final int MOST_PROJECTS = 10;
    private static final int RUNS = 100;

    private final Services services;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean isOver;

    WarmUp(Services services) {
        this.services = requireNonNull(services, "services");
    }

    /** Reads for a while; nothing that fails keeps a server from being ready. */
    void run(List<Project> projects) {
        Thread thread = new Thread(() -> read(projects), "plumbline-warm-up");
        thread.setDaemon(true);
        thread.start();
        try {
            done.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isOver = true;
    }

    private void read(List<Project> projects) {
        try {
            for (Project project : projects.subList(0, Math.min(MOST_PROJECTS, projects.size()))) {
                if (isOver) {
                    return;
                }
                services.histories().read(project, history -> read(project, history));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "reading ahead failed; it is read at the first request", e);
        } finally {
            done.countDown();
        }
    }

    /** Whether there was something to read. */
    private boolean read(Project project, StoreLocation history) {
        if (!history.hasHistory()) {
            return false;
        }
        try (SqlRunStore store = history.openAsItIs()) {
            List<SeriesKey> keys = services.series().of(project, store, SeriesQuery.all());
            store.runs(RunQuery.all().newest(RUNS));
            return keys.isEmpty() || store.series(keys.get(0)).isPresent();
        }
    }
}
