package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.people.Project;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs work for a project some time after it changed, one project at a time: when there are no further changes, or
 * after a longest delay, and for one project at most a quarter of the time.
 */
public final class AfterChanges implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** Uploads of one run come one after the other. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long TICK_MILLIS = 250;
    private static final int REST = 3;

    private final LongSupplier nanos;
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Map<String, Long> resting = new HashMap<>();
    private Optional<ScheduledFuture<?>> repeated = Optional.empty();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread own = new Thread(task, "plumbline-after-changes");
        own.setDaemon(true);
        return own;
    });

    /** @param nanos a clock that only goes forward */
    public AfterChanges(LongSupplier nanos) {
        this.nanos = requireNonNull(nanos, "nanos");
    }

    private record Change(Project project, long first, long last) {}

    /** From now on it does this. */
    public synchronized void start(Consumer<Project> work) {
        repeated = Optional.of(
                thread.scheduleWithFixedDelay(() -> run(work), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Something of the project is new. */
    public synchronized void changed(Project project) {
        long now = nanos.getAsLong();
        changes.merge(project.id(), new Change(project, now, now), (one, more) -> new Change(project, one.first, now));
    }

    /** Does what is due now. */
    void run(Consumer<Project> work) {
        for (Optional<Project> due = due(); due.isPresent(); due = due()) {
            Project project = due.get();
            long began = nanos.getAsLong();
            try {
                work.accept(project);
            } catch (RuntimeException e) {
                LOG.log(Level.FINE, "updating the pages after a change failed; they are computed on request", e);
            }
            long ended = nanos.getAsLong();
            synchronized (this) {
                resting.values().removeIf(until -> until - ended < 0);
                resting.put(project.id(), ended + REST * (ended - began));
            }
        }
    }

    private synchronized Optional<Project> due() {
        long now = nanos.getAsLong();
        Optional<Change> due = changes.values().stream()
                .filter(change -> now - change.last >= QUIET.toNanos() || now - change.first >= LONGEST.toNanos())
                .filter(change -> now - resting.getOrDefault(change.project.id(), now) >= 0)
                .findFirst();
        due.ifPresent(change -> changes.remove(change.project.id()));
        return due.map(Change::project);
    }

    @Override
    public synchronized void close() {
        repeated.ifPresent(task -> task.cancel(false));
        thread.shutdownNow();
    }
}
