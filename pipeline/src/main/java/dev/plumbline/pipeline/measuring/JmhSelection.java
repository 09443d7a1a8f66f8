package dev.plumbline.pipeline.measuring;

import dev.plumbline.measure.subject.JmhBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks benchmarks of a JMH jar by what a person typed, values of parameters as tables show them included. */
final class JmhSelection {
    private JmhSelection() {}

    /**
     * The selected benchmarks, in the order of all, with the selected values of parameters.
     *
     * @param texts as {@link JmhNames} takes them, each perhaps with parameters: {@code Sort.quick {n=10}}; all without
     * @throws IllegalArgumentException if a text means none
     */
    static List<JmhBenchmark> of(List<JmhBenchmark> all, List<String> texts) {
        if (texts.isEmpty()) {
            return all;
        }
        JmhNames names = new JmhNames(all.stream().map(JmhBenchmark::name).toList());
        Map<String, JmhBenchmark> known =
                all.stream().collect(Collectors.toMap(JmhBenchmark::name, one -> one, (one, other) -> one));
        Map<String, JmhBenchmark> picked = new LinkedHashMap<>();
        for (String text : texts) {
            int brace = text.endsWith("}") ? text.indexOf(" {") : -1;
            Map<String, String> values = brace < 0 ? Map.of() : values(text.substring(brace + 2, text.length() - 1));
            for (String name : names.meant(Set.of(brace < 0 ? text : text.substring(0, brace)))) {
                JmhBenchmark narrowed = narrowed(known.get(name), values, text);
                picked.merge(name, narrowed, (one, other) -> joined(known.get(name), one, other));
            }
        }
        return all.stream()
                .flatMap(one ->
                        picked.values().stream().filter(pick -> pick.name().equals(one.name())))
                .toList();
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(",\\s*")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                values.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return values;
    }

    /**
     * The benchmark narrowed by values; one that is no parameter of the benchmark is one of JMH's own: its mode, its
     * threads.
     */
    private static JmhBenchmark narrowed(JmhBenchmark benchmark, Map<String, String> values, String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        benchmark.parameters().forEach((name, all) -> {
            String value = values.get(name);
            if (value != null && !all.contains(value)) {
                throw new IllegalArgumentException("contains no benchmark " + text + "; " + benchmark.name() + " has "
                        + name + "=" + String.join(" or " + name + "=", all));
            }
            parameters.put(name, value == null ? all : List.of(value));
        });
        return benchmark.withParameters(parameters);
    }

    /** Both together; where they differ in several parameters, with every combination of the values. */
    private static JmhBenchmark joined(JmhBenchmark whole, JmhBenchmark one, JmhBenchmark other) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        whole.parameters().forEach((name, all) -> {
            List<String> values = new ArrayList<>(all);
            values.removeIf(value -> !one.parameters().get(name).contains(value)
                    && !other.parameters().get(name).contains(value));
            parameters.put(name, values);
        });
        return whole.withParameters(parameters);
    }
}
