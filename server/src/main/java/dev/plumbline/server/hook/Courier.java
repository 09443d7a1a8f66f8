package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.http.Signature;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Watches changed projects and sends due messages on separate threads: an address that does not respond delays no
 * upload.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final long SECONDS = 5;
    private static final int AT_ONCE = 8;
    private static final int WORKERS = 2;

    private final ProjectWatch watch;
    private final Deliveries deliveries;
    private final Sender sender;
    private final RepositoryWork work;
    private volatile Optional<ScheduledFuture<?>> repeated = Optional.empty();
    private final Clock clock;
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE, task -> daemon(task, "sender"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> daemon(task, "repository"));

    /** The work at repositories that runs or waits for its turn, by its id. */
    private final Map<String, Future<Boolean>> working = new ConcurrentHashMap<>();

    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "rounds"));

    /** @param work what is done at repositories */
    public Courier(
            ProjectWatch watch, Deliveries deliveries, Destinations destinations, RepositoryWork work, Clock clock) {
        this.work = requireNonNull(work, "work");
        this.watch = requireNonNull(watch, "watch");
        this.deliveries = requireNonNull(deliveries, "deliveries");
        this.clock = requireNonNull(clock, "clock");
        sender = new Sender(destinations);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "plumbline-webhook-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** From now on it is done by itself. */
    public synchronized void start() {
        repeated = Optional.of(rounds.scheduleWithFixedDelay(() -> run(false), SECONDS, SECONDS, TimeUnit.SECONDS));
    }

    /** Notices what was done, sends everything that is due, and waits for what is done at repositories. */
    public void run() {
        run(true);
    }

    /** @param isWaiting for what is done at repositories, which may take minutes; messages do not wait for it */
    private synchronized void run(boolean isWaiting) {
        try {
            watch.look();
            boolean isGoingOn = true;
            while (isGoingOn) {
                isGoingOn = false;
                List<Deliveries.Due> due = deliveries.due();
                due.stream()
                        .filter(Deliveries.Due::isWork)
                        .forEach(one -> working.computeIfAbsent(one.id(), id -> workers.submit(() -> work(one))));
                List<Future<Boolean>> begun = List.copyOf(working.values());
                for (Future<Boolean> sent : senders.invokeAll(due.stream()
                        .filter(one -> !one.isWork())
                        .<Callable<Boolean>>map(one -> () -> send(one))
                        .toList())) {
                    isGoingOn |= sent.get();
                }
                if (isWaiting) {
                    for (Future<Boolean> done : begun) {
                        isGoingOn |= done.get();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.log(Level.WARNING, "sending messages failed; it is tried again", e);
        }
    }

    /** Sends a message; returns whether its state changed. */
    private boolean send(Deliveries.Due due) {
        try {
            if (!deliveries.claim(due)) {
                return false;
            }
            Instant now = clock.instant();
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("webhook-id", due.id());
            headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
            headers.put("webhook-signature", Signature.of(due.secret(), due.id(), now, due.body()));
            try {
                deliveries.sent(due, OptionalInt.of(sender.post(due.address(), due.body(), headers)), "");
            } catch (IOException e) {
                deliveries.sent(due, OptionalInt.empty(), e.getMessage());
            }
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "sending message " + due.id() + " failed; it is tried again", e);
            return false;
        }
    }

    /** Does something at a repository; returns whether its state changed. */
    private boolean work(Deliveries.Due due) {
        try {
            if (!deliveries.claim(due)) {
                return false;
            }
            try {
                deliveries.worked(due, true, work.run(due.project(), due.delivery()));
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "work at the repository of project " + due.project() + " failed: " + e.getMessage());
                deliveries.worked(due, false, String.valueOf(e.getMessage()));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops, and whoever comes after it takes it up
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "work " + due.id() + " at a repository failed; it is tried again", e);
            return false;
        } finally {
            working.remove(due.id());
        }
    }

    @Override
    public void close() {
        repeated.ifPresent(task -> task.cancel(false));
        rounds.shutdownNow();
        senders.shutdownNow();
        workers.shutdownNow();
        sender.close();
    }
}
