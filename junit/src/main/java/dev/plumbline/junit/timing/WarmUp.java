package dev.plumbline.junit.timing;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Decides when code has run for long enough: this thread had the processor for some time, and the compiler has no more
 * work with it. On a busy machine both take longer, and code that is measured before would be interpreted on one side
 * and compiled on the other.
 */
final class WarmUp {
    private static final int WINDOWS = 3;
    private static final int QUIET_WINDOWS = 2;
    /** In the time that is asked for: of code that waits for something else than the processor, and of any. */
    private static final int LONGEST_WAITING = 10;

    private static final int LONGEST = 30;
    /** The processor share below which code waits for something else, however busy the machine is. */
    private static final double WAITING_SHARE = 0.02;

    /** The share of a window that the compiler may still take. */
    private static final double QUIET_SHARE = 0.05;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final long nanos;
    private final long begin = System.nanoTime();
    private final long processorBegin = processorNanos();
    private long windowBegin = processorBegin;
    private long compiledMillis = compiledMillis();
    private int quiet;

    WarmUp(long nanos) {
        this.nanos = nanos;
    }

    boolean isOver() {
        long now = processorNanos();
        long window = nanos / WINDOWS;
        if (now - windowBegin >= window) {
            long compiled = compiledMillis();
            boolean isQuiet = (compiled - compiledMillis) * 1e6 <= Math.max(1e6, QUIET_SHARE * window);
            quiet = isQuiet ? quiet + 1 : 0;
            compiledMillis = compiled;
            windowBegin = now;
        }
        long used = now - processorBegin;
        long passed = System.nanoTime() - begin;
        return used >= nanos && quiet >= QUIET_WINDOWS
                || passed >= LONGEST * nanos
                || passed >= LONGEST_WAITING * nanos && used < WAITING_SHARE * passed;
    }

    private long processorNanos() {
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private long compiledMillis() {
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }
}
