package dev.plumbline.store.naming;

import java.util.List;
import java.util.Optional;

/**
 * The renamings of a repository's configuration. The first alias that matches a name counts, once.
 *
 * @param benchmarks for names of benchmarks; parameters stay
 * @param metrics for names of metrics
 */
public record Aliases(List<Alias> benchmarks, List<Alias> metrics) {
    public static final Aliases NONE = new Aliases(List.of(), List.of());

    /** @throws IllegalArgumentException if the new name of one is the old name of another */
    public Aliases {
        benchmarks = List.copyOf(benchmarks);
        metrics = List.copyOf(metrics);
        check(benchmarks);
        check(metrics);
    }

    private static void check(List<Alias> aliases) {
        for (Alias one : aliases) {
            for (Alias other : aliases) {
                if (other.matches(one.to())) {
                    throw new IllegalArgumentException("the new name " + one.to() + " is itself an old name, because "
                            + other.from() + " matches it; use the last name directly");
                }
            }
        }
    }

    public boolean isEmpty() {
        return benchmarks.isEmpty() && metrics.isEmpty();
    }

    /** The new name of a benchmark, or its own. */
    String benchmark(String name) {
        return first(benchmarks, name);
    }

    /** The new name of a metric, or its own. */
    String metric(String name) {
        return first(metrics, name);
    }

    private static String first(List<Alias> aliases, String name) {
        return aliases.stream()
                .map(alias -> alias.apply(name))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(name);
    }
}
