package dev.plumbline.measure.classfile;

import java.time.Duration;
import java.util.Optional;

/** The units in which JMH writes the duration of an iteration. */
public final class JmhTime {
    private JmhTime() {}

    /** One of a unit; empty for a text that JMH does not use. */
    public static Optional<Duration> unit(String text) {
        return switch (text) {
            case "ns" -> Optional.of(Duration.ofNanos(1));
            case "us" -> Optional.of(Duration.ofNanos(1_000));
            case "ms" -> Optional.of(Duration.ofMillis(1));
            case "s" -> Optional.of(Duration.ofSeconds(1));
            case "min" -> Optional.of(Duration.ofMinutes(1));
            case "hr" -> Optional.of(Duration.ofHours(1));
            case "day" -> Optional.of(Duration.ofDays(1));
            default -> Optional.empty();
        };
    }
}
