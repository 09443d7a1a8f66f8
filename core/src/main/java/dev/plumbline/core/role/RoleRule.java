package dev.plumbline.core.role;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.NamePattern;
import java.util.Optional;

/**
 * Assigns a role to some metrics.
 *
 * @param name the rule's origin, as shown to users: {@code plumbline.yaml:12:5}, {@code JMH's GC profiler}
 * @param benchmark which benchmarks; all when it is not given
 * @param metric which metrics
 * @param isDefault whether it is a built-in rule, not one of a user
 */
public record RoleRule(String name, Optional<NamePattern> benchmark, NamePattern metric, Role role, boolean isDefault) {
    public RoleRule {
        requireNonNull(name, "name");
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(role, "role");
    }

    /** Whether a series is one of those. */
    public boolean covers(SeriesKey key) {
        return metric.matches(key.metric())
                && benchmark.map(pattern -> pattern.matches(key.benchmark())).orElse(true);
    }
}
