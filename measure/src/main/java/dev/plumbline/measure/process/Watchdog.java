package dev.plumbline.measure.process;

import java.time.Duration;

/**
 * Kills what runs longer than its limit. Its thread sleeps until the limit of what ran when it last looked; what begins
 * later ends later, so that nothing wakes it while commands come to their ends. To be woken for each would cost every
 * command a share of the processor.
 */
final class Watchdog {
    private static final long LONG = Duration.ofDays(1).toNanos();

    private final Runnable kill;
    private Thread thread;
    private long deadline;
    private long nextLook;
    private boolean watching;
    private boolean killed;

    /** @param kill is run by a thread of its own, and does nothing when nothing runs */
    Watchdog(Runnable kill) {
        this.kill = kill;
    }

    /** Something has begun. */
    synchronized void watch(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
        watching = true;
        killed = false;
        if (thread == null) {
            thread = new Thread(this::look, "command limit");
            thread.setDaemon(true);
            thread.start();
        } else if (deadline - nextLook < 0) {
            notifyAll();
        }
    }

    /** Marks the process as ended. Whether because its time was over. */
    synchronized boolean relax() {
        watching = false;
        return killed;
    }

    private synchronized void look() {
        try {
            while (true) {
                long now = System.nanoTime();
                if (watching && deadline - now <= 0) {
                    watching = false;
                    killed = true;
                    kill.run();
                }
                nextLook = watching ? deadline : now + LONG;
                wait((nextLook - now) / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // never happens; nothing would be watched any more
        }
    }
}
