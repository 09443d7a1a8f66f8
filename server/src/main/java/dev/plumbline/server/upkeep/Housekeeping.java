package dev.plumbline.server.upkeep;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs due tasks every minute, one after the other, until it is closed. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");
    private static final long SECONDS = 60;

    private final List<Runnable> work;
    private Optional<ScheduledFuture<?>> repeated = Optional.empty();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread own = new Thread(task, "plumbline-housekeeping");
        own.setDaemon(true);
        return own;
    });

    /** @param work each does what is due and nothing else */
    public Housekeeping(List<Runnable> work) {
        this.work = List.copyOf(work);
    }

    /** From now on it is done by itself. */
    public synchronized void start() {
        repeated = Optional.of(thread.scheduleWithFixedDelay(this::run, SECONDS, SECONDS, TimeUnit.SECONDS));
    }

    /** Does what is due now. A failure of one thing keeps nothing else from being done. */
    public synchronized void run() {
        for (Runnable one : work) {
            try {
                one.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "housekeeping failed; it is tried again", e);
            }
        }
    }

    @Override
    public void close() {
        repeated.ifPresent(task -> task.cancel(false));
        thread.shutdownNow();
    }
}
