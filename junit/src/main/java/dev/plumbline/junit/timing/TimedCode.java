package dev.plumbline.junit.timing;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Code that runs repeatedly, with its time.
 *
 * <p>The clock is read around batches of calls. A batch is short compared with the time slice of a scheduler, and many
 * batches are summarised by their median, so that occasional preemption has no effect.
 */
public final class TimedCode {
    /**
     * The duration of a batch: long enough that reading the clock is free beside it, short enough that most batches are
     * not interrupted.
     */
    private static final long BATCH_NANOS = 200_000;

    private static final int MOST_BATCHES = 1 << 14;

    private static final long MOST_CALLS = 1L << 40;

    private static final VarHandle KEPT = keptHandle();

    /** The sink of results, so that no work can be left out as unused. */
    @SuppressWarnings("UnusedVariable") // being written is what it is for
    private static Object kept;

    private final Loop loop;
    private long batch = 1;

    private interface Loop {
        void run(long times) throws Throwable;
    }

    private TimedCode(Loop loop) {
        this.loop = loop;
    }

    private static VarHandle keptHandle() {
        try {
            return MethodHandles.lookup().findStaticVarHandle(TimedCode.class, "kept", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a field of this class", e);
        }
    }

    /** Code without a result; what has no effect either may be left out by the compiler. */
    public static TimedCode of(Runnable code) {
        requireNonNull(code, "code");
        return new TimedCode(times -> {
            for (long i = 0; i < times; i++) {
                code.run();
            }
        });
    }

    /** Code whose result is kept from the compiler. */
    public static TimedCode of(ThrowingSupplier<?> code) {
        requireNonNull(code, "code");
        return new TimedCode(times -> {
            for (long i = 0; i < times; i++) {
                // a plain write could be moved behind the loop, a volatile one costs more than much of what is measured
                KEPT.setRelease(code.get());
            }
        });
    }

    /**
     * Runs it until it is compiled, at least once, and finds the number of invocations of a batch.
     *
     * @param nanos of the processor that it gets at least; waiting for the processor, or for anything else, is no
     *     warm-up, and ends it when it has taken many times as long
     * @return nanoseconds for a call at the end
     */
    public double warmUp(long nanos) throws Throwable {
        WarmUp warmUp = new WarmUp(nanos);
        double each;
        do {
            long taken = nanosOfBatch();
            each = (double) taken / batch;
            if (taken < BATCH_NANOS / 2 && batch < MOST_CALLS) {
                batch *= 2;
            } else if (taken > 2 * BATCH_NANOS && batch > 1) {
                batch /= 2;
            }
        } while (!warmUp.isOver());
        return each;
    }

    /**
     * Runs it for about that duration, at least once.
     *
     * @return nanoseconds for a call: the median of batches
     */
    public double slice(long nanos) throws Throwable {
        double[] each = new double[8];
        int count = 0;
        long begin = System.nanoTime();
        do {
            if (count == each.length) {
                each = Arrays.copyOf(each, 2 * count);
            }
            each[count++] = (double) nanosOfBatch() / batch;
        } while (System.nanoTime() - begin < nanos && count < MOST_BATCHES);
        Arrays.sort(each, 0, count);
        return (each[(count - 1) / 2] + each[count / 2]) / 2;
    }

    /** Runs it once. */
    public void once() throws Throwable {
        loop.run(1);
    }

    private long nanosOfBatch() throws Throwable {
        long begin = System.nanoTime();
        loop.run(batch);
        return System.nanoTime() - begin;
    }
}
