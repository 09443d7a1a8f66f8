package dev.plumbline.server.data;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The age of what a replica shows, at most: the time since it last had all that its primary had then. Positions in the
 * log of the primary are compared, and no clocks but the own: the age of the last transaction that a replica applied
 * has no meaning where the primary had none for an hour.
 */
final class ReplicaLag {
    /** Looks that are remembered; a replica that is farther behind is known to be at least as old as they are. */
    private static final int MOST = 1_000;

    private final Deque<Look> waiting = new ArrayDeque<>();
    private Optional<Long> caughtUp = Optional.empty();
    private long applied;

    private record Look(long nanos, long position) {}

    /**
     * Notes a look at both.
     *
     * @param nanos when the primary was asked, on a clock that only goes forward
     * @param written the end of the primary's log then
     * @param applied the end of what the replica has applied of it, asked for later
     */
    void looked(long nanos, long written, long applied) {
        this.applied = applied;
        waiting.addLast(new Look(nanos, written));
        while (!waiting.isEmpty() && waiting.getFirst().position() <= applied) {
            caughtUp = Optional.of(waiting.removeFirst().nanos());
        }
        if (waiting.size() > MOST) {
            waiting.removeFirst();
        }
    }

    /** The age of what the replica shows, at most; empty where that is not known yet. */
    Optional<Duration> at(long nanos) {
        return caughtUp.map(last -> Duration.ofNanos(nanos - last));
    }

    /** The position up to which the replica has applied the log. */
    long applied() {
        return applied;
    }
}
