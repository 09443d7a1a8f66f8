package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.NamePattern;
import java.util.Optional;

/**
 * The weight of some series at the gate.
 *
 * @param name where it comes from, as reports show it: {@code plumbline.yaml:12:5}, {@code --critical}
 * @param benchmark which benchmarks; all when it is not given
 * @param metric which metrics; all when it is not given
 * @param environment which environments, by their keys; all when it is not given
 * @param branch the branches whose history is judged against; all when it is not given
 * @param weight how much
 */
public record GateRule(
        String name,
        Optional<NamePattern> benchmark,
        Optional<NamePattern> metric,
        Optional<NamePattern> environment,
        Optional<NamePattern> branch,
        Weight weight) {
    /** The possible effects of a series on the gate. */
    public enum Weight {
        /** Any regression fails it, a suspect holds it, and a missing benchmark fails it. */
        CRITICAL,
        /** The effect that the policy sets. */
        NORMAL,
        /** A regression that only one run shows is a suspect; all else as normal. */
        CONFIRMED,
        /** Regressions are reported but never fail the gate. */
        ADVISORY,
        /** The gate ignores it. */
        MUTED
    }

    public GateRule {
        requireNonNull(name, "name");
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
        requireNonNull(weight, "weight");
    }

    /** A rule for every environment and branch. */
    public GateRule(String name, Optional<NamePattern> benchmark, Optional<NamePattern> metric, Weight weight) {
        this(name, benchmark, metric, Optional.empty(), Optional.empty(), weight);
    }

    /** Whether a series is one of those. */
    public boolean covers(SeriesKey key) {
        return benchmark.map(pattern -> pattern.matches(key.benchmark())).orElse(true)
                && metric.map(pattern -> pattern.matches(key.metric())).orElse(true)
                && environment
                        .map(pattern -> pattern.matches(key.environment()))
                        .orElse(true)
                && branch.map(pattern -> pattern.matches(key.branch())).orElse(true);
    }
}
