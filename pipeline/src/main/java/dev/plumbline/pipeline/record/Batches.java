package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Processes items on other processors while further ones are read: a history is read by one thread, and the other
 * processors would otherwise be idle. Few batches are under way at once, so that memory holds little of a large
 * history.
 *
 * @param <T> the items
 * @param <R> what comes of it
 */
public final class Batches<T, R> {
    private static final int AT_ONCE = 256;
    private static final int UNDER_WAY = 3;

    private final Function<T, R> work;
    private final IntConsumer progress;
    private final Queue<ForkJoinTask<List<R>>> underWay = new ArrayDeque<>();
    private final List<R> done = new ArrayList<>();
    private List<T> batch = new ArrayList<>(AT_ONCE);

    /**
     * @param work processes one of them; called by several threads at once
     * @param progress receives how many are done
     */
    public Batches(Function<T, R> work, IntConsumer progress) {
        this.work = requireNonNull(work, "work");
        this.progress = requireNonNull(progress, "progress");
    }

    public void add(T one) {
        batch.add(one);
        if (batch.size() == AT_ONCE) {
            begin();
        }
    }

    private void begin() {
        List<T> full = batch;
        batch = new ArrayList<>(AT_ONCE);
        if (underWay.size() == UNDER_WAY) {
            end();
        }
        underWay.add(ForkJoinPool.commonPool()
                .submit(() -> full.parallelStream().map(work).toList()));
    }

    private void end() {
        done.addAll(underWay.remove().join());
        progress.accept(done.size());
    }

    /** Waits for all, and returns what came of them in the order in which they were added. */
    public List<R> all() {
        begin();
        while (!underWay.isEmpty()) {
            end();
        }
        return List.copyOf(done);
    }
}
