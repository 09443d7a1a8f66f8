package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.classfile.JmhList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A benchmark of a JMH jar.
 *
 * @param name {@code package.Class.method}
 * @param parameters the values that it is measured with, by parameter in the order of JMH
 * @param annotated what its annotations ask for; empty if the jar does not show it
 */
public record JmhBenchmark(String name, Map<String, List<String>> parameters, Optional<JmhList.Annotated> annotated) {
    public JmhBenchmark {
        requireNonNull(name, "name");
        parameters = new LinkedHashMap<>(parameters);
        requireNonNull(annotated, "annotated");
    }

    /** The same with other values of its parameters. */
    public JmhBenchmark withParameters(Map<String, List<String>> values) {
        return new JmhBenchmark(name, values, annotated);
    }

    /** Every combination of the values; one empty combination without parameters. */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            all = all.stream()
                    .flatMap(shorter -> parameter.getValue().stream().map(value -> {
                        Map<String, String> one = new LinkedHashMap<>(shorter);
                        one.put(parameter.getKey(), value);
                        return one;
                    }))
                    .toList();
        }
        return all;
    }
}
