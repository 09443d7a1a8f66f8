package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that measuring may take; what would probably pass it is not begun. */
final class TimeBudget {
    private final Duration duration;
    private final LongSupplier nanoClock;
    private final long begin;

    TimeBudget(Duration duration, LongSupplier nanoClock) {
        this.duration = requireNonNull(duration, "duration");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
        this.begin = nanoClock.getAsLong();
    }

    long now() {
        return nanoClock.getAsLong();
    }

    /** Whether something of that estimated duration still fits. */
    boolean fits(long nanos) {
        return now() - begin + nanos <= duration.toNanos();
    }

    /** The share that is spent, from 0 to 1. */
    double spent() {
        return Math.min(1, (double) (now() - begin) / Math.max(1, duration.toNanos()));
    }
}
