package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
 * Watches the changed projects, and sends the due messages, on threads of its own: an address that does not answer
 * delays no one who sends results.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private static final long SECONDS = 5;
    private static final int AT_ONCE = 8;

    private final ProjectWatch watch;
    private final Deliveries deliveries;
    private final Sender sender;
    private volatile Optional<ScheduledFuture<?>> repeated = Optional.empty();
    private final Clock clock;
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE, task -> daemon(task, "sender"));
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "rounds"));

    public Courier(ProjectWatch watch, Deliveries deliveries, Destinations destinations, Clock clock) {
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
        repeated = Optional.of(rounds.scheduleWithFixedDelay(this::run, SECONDS, SECONDS, TimeUnit.SECONDS));
    }

    /** Notices what was done and sends everything that is due. */
    public synchronized void run() {
        try {
            watch.look();
            boolean isGoingOn = true;
            while (isGoingOn) {
                isGoingOn = false;
                for (Future<Boolean> sent : senders.invokeAll(deliveries.due().stream()
                        .<Callable<Boolean>>map(one -> () -> send(one))
                        .toList())) {
                    isGoingOn |= sent.get();
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

    @Override
    public void close() {
        repeated.ifPresent(task -> task.cancel(false));
        rounds.shutdownNow();
        senders.shutdownNow();
        sender.close();
    }
}
