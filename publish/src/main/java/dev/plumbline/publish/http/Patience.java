package dev.plumbline.publish.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/**
 * The limits on retries with a busy service.
 *
 * @param attempts how often one request is sent at the most
 * @param longest how long is waited in all, for all requests of one command
 * @param request how long one answer may take
 * @param clock the time, for limits that a service gives as a point in time
 * @param pause waits
 */
public record Patience(int attempts, Duration longest, Duration request, Clock clock, Pause pause) {
    /** Waits for a length of time. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("a request is sent at least once, not " + attempts + " times");
        }
        requireNonNull(longest, "longest");
        requireNonNull(request, "request");
        requireNonNull(clock, "clock");
        requireNonNull(pause, "pause");
    }

    /** Five attempts, two minutes of waiting in all, 30 seconds for an answer. */
    public static Patience of(Clock clock) {
        return new Patience(
                5, Duration.ofMinutes(2), Duration.ofSeconds(30), clock, length -> Thread.sleep(length.toMillis()));
    }
}
