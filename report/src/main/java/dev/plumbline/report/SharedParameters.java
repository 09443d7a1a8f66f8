package dev.plumbline.report;

import dev.plumbline.core.model.Benchmark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters that all benchmarks of a report share, so that not every row need repeat them. */
final class SharedParameters {
    private final Set<Map.Entry<String, String>> shared;

    private SharedParameters(Set<Map.Entry<String, String>> shared) {
        this.shared = shared;
    }

    /** Parameters that each of the benchmarks has with the same value; none for fewer than two different benchmarks. */
    static SharedParameters of(List<Benchmark> benchmarks) {
        Set<Map.Entry<String, String>> shared = new LinkedHashSet<>();
        if (benchmarks.stream().distinct().limit(2).count() == 2) {
            shared.addAll(benchmarks.get(0).parameters().entrySet());
            benchmarks.forEach(
                    benchmark -> shared.retainAll(benchmark.parameters().entrySet()));
        }
        return new SharedParameters(shared);
    }

    /** The benchmark's label without them. */
    String label(Benchmark benchmark) {
        if (!benchmark.parameters().entrySet().containsAll(shared)) {
            return benchmark.label();
        }
        return Benchmark.of(
                        benchmark.name(),
                        benchmark.parameters().entrySet().stream()
                                .filter(parameter -> !shared.contains(parameter))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .label();
    }

    /** {@code all benchmarks have mode=avgt, threads=4}; empty when they share nothing. */
    String words() {
        return shared.isEmpty()
                ? ""
                : "all benchmarks have "
                        + shared.stream()
                                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                                .collect(Collectors.joining(", "));
    }
}
