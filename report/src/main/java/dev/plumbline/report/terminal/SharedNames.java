package dev.plumbline.report.terminal;

import dev.plumbline.core.model.Benchmark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts that the names of all benchmarks of a report have in common, package and parameters, so that rows do not
 * repeat them.
 */
public final class SharedNames {
    private final String prefix;
    private final Set<Map.Entry<String, String>> shared;

    private SharedNames(String prefix, Set<Map.Entry<String, String>> shared) {
        this.prefix = prefix;
        this.shared = shared;
    }

    /**
     * The common prefix of their names, and the parameters that each of them has with the same value; nothing for fewer
     * than two different benchmarks.
     */
    public static SharedNames of(List<Benchmark> benchmarks) {
        return new SharedNames(
                CommonPrefix.of(benchmarks.stream().map(Benchmark::name).toList()), parameters(benchmarks));
    }

    private static Set<Map.Entry<String, String>> parameters(List<Benchmark> benchmarks) {
        Set<Map.Entry<String, String>> shared = new LinkedHashSet<>();
        if (benchmarks.stream().distinct().limit(2).count() == 2) {
            shared.addAll(benchmarks.get(0).parameters().entrySet());
            benchmarks.forEach(
                    benchmark -> shared.retainAll(benchmark.parameters().entrySet()));
        }
        return shared;
    }

    /** The same beginning, and the parameters that some of the benchmarks, those of one table, have in common. */
    public SharedNames among(List<Benchmark> some) {
        Set<Map.Entry<String, String>> more = parameters(some);
        return more.isEmpty() ? this : new SharedNames(prefix, more);
    }

    /** The parameters shared here and not there: {@code all rows of the table have mode=avgt}; empty for none. */
    public String wordsBeyond(SharedNames others) {
        Set<Map.Entry<String, String>> beyond = new LinkedHashSet<>(shared);
        beyond.removeAll(others.shared);
        return beyond.isEmpty() ? "" : "all rows of the table have " + listed(beyond);
    }

    /** The common beginning of all names; empty text when they share nothing. */
    public String prefix() {
        return prefix;
    }

    /** The benchmark's label without what is shared. */
    public String label(Benchmark benchmark) {
        String label = withoutParameters(benchmark);
        return label.startsWith(prefix) ? label.substring(prefix.length()) : label;
    }

    private String withoutParameters(Benchmark benchmark) {
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

    /** The shared parts, a line for each kind: the package of all benchmarks, and their common parameters. */
    public List<String> lines() {
        return Stream.of(prefix.isEmpty() ? "" : "all benchmarks are in " + prefix, words())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** {@code all benchmarks have mode=avgt, threads=4}; empty when they share nothing. */
    public String words() {
        return shared.isEmpty() ? "" : "all benchmarks have " + listed(shared);
    }

    private static String listed(Set<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(", "));
    }
}
