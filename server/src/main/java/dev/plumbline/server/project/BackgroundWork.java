package dev.plumbline.server.project;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work that continues when its caller stops waiting. Several who ask for the same wait for the same.
 *
 * @param <T> what comes of it
 */
public final class BackgroundWork<T> {
    /** The number of threads; their commands have places of their own, for which they wait. */
    private static final int THREADS = 3;

    private static final int WAITING = 200;
    private static final long IDLE_SECONDS = 30;

    private final Map<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** @param name of its threads, which end when there is nothing to do */
    public BackgroundWork(String name) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins with some work, unless it is under way; fails where too much waits already.
     *
     * @param name distinguishes it from other work
     */
    public CompletableFuture<T> of(String name, Supplier<T> work) {
        try {
            underWay.values().removeIf(CompletableFuture::isDone);
            return underWay.compute(
                    name,
                    (key, running) -> running != null && !running.isDone()
                            ? running
                            : CompletableFuture.supplyAsync(work, threads));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
