package dev.plumbline.core.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A benchmark: a name and the parameters that change its meaning.
 *
 * @param name the name as the tool gives it, for example {@code org.example.Sort.quick}
 * @param parameters every parameter that makes this another benchmark (JMH's {@code @Param}s, mode and threads); sorted
 */
public record Benchmark(String name, SortedMap<String, String> parameters) implements Comparable<Benchmark> {
    public Benchmark {
        Names.check("benchmark", name);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Names.check("parameter", parameter.getKey());
            int length = parameter.getValue().length();
            if (length > Names.MAX_LENGTH) {
                throw new IllegalArgumentException("the value of parameter " + parameter.getKey() + " may have "
                        + Names.MAX_LENGTH + " characters, this one has " + length);
            }
        }
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** A benchmark without parameters. */
    public static Benchmark of(String name) {
        return new Benchmark(name, Collections.emptySortedMap());
    }

    /** A benchmark with the given parameters, in any order. */
    public static Benchmark of(String name, Map<String, String> parameters) {
        return new Benchmark(name, new TreeMap<>(parameters));
    }

    /** The display name: {@code Sort.quick {n=1000, threads=4}}; just the name when there are no parameters. */
    public String label() {
        return parameters.isEmpty() ? name : name + " " + parameterText();
    }

    /**
     * The benchmark that has this label; a name that only looks as if it ended in parameters stays a name. Labels whose
     * parameters contain commas or equal signs are read as other parameters.
     */
    public static Benchmark ofLabel(String label) {
        int open = label.indexOf(" {");
        if (open <= 0 || !label.endsWith("}")) {
            return of(label);
        }
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String one : label.substring(open + 2, label.length() - 1).split(", ", -1)) {
            int equals = one.indexOf('=');
            if (equals <= 0) {
                return of(label);
            }
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return new Benchmark(label.substring(0, open), parameters);
    }

    /** A short stable id, safe in file names and URLs. */
    public String id() {
        Digest digest = new Digest().text(name).integer(parameters.size());
        parameters.forEach((key, value) -> digest.text(key).text(value));
        return digest.hex(6);
    }

    private String parameterText() {
        return parameters.toString();
    }

    /** Names and values alternate: a value that looks like a further parameter is not one. */
    private String[] parameterList() {
        return parameters.entrySet().stream()
                .flatMap(parameter -> Stream.of(parameter.getKey(), parameter.getValue()))
                .toArray(String[]::new);
    }

    // equals, hashCode and compareTo are written out: what the compiler makes for records, and each lambda of a
    // comparator, is linked when first called, which takes a cold process long.
    @Override
    public int compareTo(Benchmark other) {
        int order = name.compareTo(other.name);
        if (order == 0 && !parameters.equals(other.parameters)) {
            order = parameterText().compareTo(other.parameterText());
            return order == 0 ? Arrays.compare(parameterList(), other.parameterList()) : order;
        }
        return order;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Benchmark that
                        && name.equals(that.name)
                        && parameters.size() == that.parameters.size()
                        && (parameters.isEmpty() || parameters.equals(that.parameters));
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + (parameters.isEmpty() ? 0 : parameters.hashCode());
    }
}
