package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/**
 * The history to which a measurement belongs.
 *
 * @param benchmark what was measured
 * @param metric the metric's name
 * @param environment the environment's {@link Environment#key key}
 * @param branch the branch
 */
public record SeriesKey(Benchmark benchmark, String metric, String environment, String branch)
        implements Comparable<SeriesKey> {
    public SeriesKey {
        requireNonNull(benchmark, "benchmark");
        Names.check("metric", metric);
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
    }

    /** The same series on another branch. */
    public SeriesKey on(String other) {
        return new SeriesKey(benchmark, metric, environment, other);
    }

    /** Whether the other one is this series, regardless of the branch. */
    public boolean isSameOnAnyBranch(SeriesKey other) {
        return benchmark.equals(other.benchmark)
                && metric.equals(other.metric)
                && environment.equals(other.environment);
    }

    /** A short stable id, safe in file names and URLs. */
    public String id() {
        return id(branch);
    }

    /**
     * The prefix of the ids of this series' findings: the {@linkplain #id id} that the series has on {@value
     * Revision#DEFAULT_BRANCH}, so that a change has one id on every branch.
     */
    public String findingId() {
        return id(Revision.DEFAULT_BRANCH);
    }

    private String id(String branch) {
        Digest digest = new Digest().text(benchmark.name());
        benchmark.parameters().forEach((name, value) -> digest.text(name).text(value));
        return digest.text("\u0000metric")
                .text(metric)
                .text(environment)
                .text(branch)
                .hex(6);
    }

    // equals, hashCode and compareTo are written out: what the compiler makes for records, and each lambda of a
    // comparator, is linked when first called, which takes a cold process long.
    @Override
    public int compareTo(SeriesKey other) {
        int order = benchmark.compareTo(other.benchmark);
        order = order == 0 ? metric.compareTo(other.metric) : order;
        order = order == 0 ? environment.compareTo(other.environment) : order;
        return order == 0 ? branch.compareTo(other.branch) : order;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof SeriesKey that
                        && benchmark.equals(that.benchmark)
                        && metric.equals(that.metric)
                        && environment.equals(that.environment)
                        && branch.equals(that.branch);
    }

    @Override
    public int hashCode() {
        int hash = 31 * benchmark.hashCode() + metric.hashCode();
        return (31 * hash + environment.hashCode()) * 31 + branch.hashCode();
    }
}
