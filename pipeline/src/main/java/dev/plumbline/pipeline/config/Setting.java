package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A setting in force.
 *
 * @param key its path in the configuration file: {@code policy.margin}
 * @param value what holds
 * @param kind what values there are
 * @param origin where the value comes from
 */
public record Setting<T>(String key, T value, Kind<T> kind, Origin origin) {
    public Setting {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        requireNonNull(kind, "kind");
        requireNonNull(origin, "origin");
    }

    /** The value of an option, if it is given; else this. */
    public Setting<T> unless(Optional<T> stated, String option) {
        return stated.map(other -> new Setting<>(key, other, kind, new Origin.Option(option)))
                .orElse(this);
    }

    /** The value as a person would write it. */
    public String shown() {
        return kind.write(value);
    }
}
