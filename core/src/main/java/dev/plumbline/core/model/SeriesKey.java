package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Which history a measurement belongs to.
 *
 * @param benchmark what was measured
 * @param metric the metric's name
 * @param environment the environment's {@link Environment#key key}
 * @param branch the branch
 */
public record SeriesKey(Benchmark benchmark, String metric, String environment, String branch)
        implements Comparable<SeriesKey> {
    private static final Comparator<SeriesKey> ORDER = Comparator.comparing(SeriesKey::benchmark)
            .thenComparing(SeriesKey::metric)
            .thenComparing(SeriesKey::environment)
            .thenComparing(SeriesKey::branch);

    public SeriesKey {
        requireNonNull(benchmark, "benchmark");
        Names.check("metric", metric);
        requireNonNull(environment, "environment");
        requireNonNull(branch, "branch");
    }

    /** A short stable id, safe in file names and URLs. */
    public String id() {
        Digest digest = new Digest().text(benchmark.name());
        benchmark.parameters().forEach((name, value) -> digest.text(name).text(value));
        return digest.text("\u0000metric")
                .text(metric)
                .text(environment)
                .text(branch)
                .hex(6);
    }

    @Override
    public int compareTo(SeriesKey other) {
        return ORDER.compare(this, other);
    }
}
