package dev.plumbline.junit;

import dev.plumbline.junit.timing.TimedCode;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Measures the operation in a process of its own, as long as the process that started it asks. */
final class ForkMeasured implements Measured {
    private final ForkMain main;
    private final long warmUpNanos;
    private int calls;

    ForkMeasured(ForkMain main, long warmUpNanos) {
        this.main = main;
        this.warmUpNanos = warmUpNanos;
    }

    @Override
    public void run(ThrowingSupplier<?> operation) {
        measure(TimedCode.of(operation));
    }

    @Override
    public void run(Runnable operation) {
        measure(TimedCode.of(operation));
    }

    private void measure(TimedCode code) {
        calls++;
        check();
        try {
            main.answer("ready " + code.warmUp(warmUpNanos));
            for (String request = main.request(); !request.equals("end"); request = main.request()) {
                main.answer("slice " + code.slice(Long.parseLong(request.substring("slice ".length()))));
            }
        } catch (Throwable e) { // whatever the operation throws
            Rethrow.unchecked(e);
        }
    }

    /** Whether there was one operation. */
    void check() {
        if (calls != 1) {
            throw new AssertionError(OneOperation.message(calls));
        }
    }
}
