package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A fact in which two environments differ.
 *
 * @param fact its name
 * @param there its value in the other environment; empty text if unknown
 * @param here its value in this environment; empty text if unknown
 */
public record EnvironmentDifference(String fact, String there, String here) {
    public EnvironmentDifference {
        requireNonNull(fact, "fact");
        requireNonNull(there, "there");
        requireNonNull(here, "here");
    }

    /**
     * One for each differing fact that affects measurements, by name; none if only the names of the environments
     * differ.
     */
    public static List<EnvironmentDifference> between(Environment here, Environment there) {
        SortedSet<String> names = new TreeSet<>(here.facts().keySet());
        names.addAll(there.facts().keySet());
        return names.stream()
                .filter(name -> !name.startsWith(Environment.INFO) && !name.equals(Environment.NAME))
                .map(name -> new EnvironmentDifference(
                        name, there.facts().getOrDefault(name, ""), here.facts().getOrDefault(name, "")))
                .filter(one -> !one.here.equals(one.there))
                .toList();
    }
}
