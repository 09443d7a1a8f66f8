package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The selected series, and their selected points. What is empty does not restrict.
 *
 * @param benchmark a {@link BenchmarkPattern pattern} that the benchmark matches
 * @param metric the metric's name
 * @param environment the environment's key
 * @param branch the branch
 * @param since only points of runs measured at this time or later
 * @param newest only that many points, the newest in revision order
 */
public record SeriesQuery(
        Optional<BenchmarkPattern> benchmark,
        Optional<String> metric,
        Optional<String> environment,
        Optional<String> branch,
        Optional<Instant> since,
        OptionalInt newest) {
    private static final SeriesQuery ALL = new SeriesQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    public SeriesQuery {
        requireNonNull(benchmark, "benchmark");
        requireNonNull(metric, "metric");
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
        requireNonNull(since, "since");
        if (newest.isPresent() && newest.getAsInt() < 1) {
            throw new IllegalArgumentException("at least one point is asked for, not " + newest.getAsInt());
        }
    }

    /** Whether it finds every series of an environment on a branch, each with all of its points, or none of them. */
    public boolean isOfWholeSuites() {
        return benchmark.isEmpty() && metric.isEmpty() && since.isEmpty() && newest.isEmpty();
    }

    /** Everything. */
    public static SeriesQuery all() {
        return ALL;
    }

    public SeriesQuery ofBenchmark(BenchmarkPattern pattern) {
        return new SeriesQuery(Optional.of(pattern), metric, environment, branch, since, newest);
    }

    public SeriesQuery ofMetric(String name) {
        return new SeriesQuery(benchmark, Optional.of(name), environment, branch, since, newest);
    }

    public SeriesQuery inEnvironment(String key) {
        return new SeriesQuery(benchmark, metric, Optional.of(key), branch, since, newest);
    }

    public SeriesQuery onBranch(String name) {
        return new SeriesQuery(benchmark, metric, environment, Optional.of(name), since, newest);
    }

    public SeriesQuery since(Instant time) {
        return new SeriesQuery(benchmark, metric, environment, branch, Optional.of(time), newest);
    }

    public SeriesQuery newest(int points) {
        return new SeriesQuery(benchmark, metric, environment, branch, since, OptionalInt.of(points));
    }
}
