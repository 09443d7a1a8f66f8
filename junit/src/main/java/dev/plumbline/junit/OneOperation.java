package dev.plumbline.junit;

import dev.plumbline.junit.timing.TimedCode;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Runs the operation once inside the test itself, before any process is started for it. */
final class OneOperation implements Measured {
    private int calls;

    @Override
    public void run(ThrowingSupplier<?> operation) {
        call(TimedCode.of(operation));
    }

    @Override
    public void run(Runnable operation) {
        call(TimedCode.of(operation));
    }

    private void call(TimedCode code) {
        calls++;
        if (calls > 1) {
            throw new AssertionError(message(calls));
        }
        try {
            code.once();
        } catch (Throwable e) { // whatever the operation throws
            Rethrow.unchecked(e);
        }
    }

    /** Whether there was one. */
    void check() {
        if (calls != 1) {
            throw new AssertionError(message(calls));
        }
    }

    static String message(int calls) {
        return calls == 0
                ? "Measured.run was not called, so there is nothing to measure; call it once, with the operation:"
                        + " m.run(() -> parser.parse(document))"
                : "Measured.run was called " + (calls == 2 ? "twice" : calls + " times")
                        + "; a performance test measures one operation: write a test for each";
    }
}
