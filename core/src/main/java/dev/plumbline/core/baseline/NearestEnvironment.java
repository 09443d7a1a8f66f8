package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The environment that resembles another one most, and in which facts they differ.
 *
 * @param environment the nearest one
 * @param differences one for each fact that differs, in words: {@code cores: 4 there, 8 here}
 */
public record NearestEnvironment(Environment environment, List<String> differences) {
    public NearestEnvironment {
        requireNonNull(environment, "environment");
        differences = List.copyOf(differences);
    }

    /**
     * Finds the one that differs in the fewest facts; of several, the one whose key comes first.
     *
     * @param here the environment that has no counterpart
     * @param others those that there are
     * @return empty when there is none
     */
    public static Optional<NearestEnvironment> of(Environment here, Collection<Environment> others) {
        List<Environment> sorted = new ArrayList<>(others);
        sorted.sort((one, other) -> one.key().compareTo(other.key()));
        Optional<NearestEnvironment> nearest = Optional.empty();
        for (Environment other : sorted) {
            List<String> differences = differences(here, other);
            if (nearest.isEmpty()
                    || differences.size() < nearest.get().differences().size()) {
                nearest = Optional.of(new NearestEnvironment(other, differences));
            }
        }
        return nearest;
    }

    private static List<String> differences(Environment here, Environment there) {
        SortedSet<String> names = new TreeSet<>(here.facts().keySet());
        names.addAll(there.facts().keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String one = here.facts().getOrDefault(name, "unknown");
            String other = there.facts().getOrDefault(name, "unknown");
            boolean tells = !name.startsWith(Environment.INFO) && !name.equals(Environment.NAME);
            if (tells && !one.equals(other)) {
                differences.add(name + ": " + other + " there, " + one + " here");
            }
        }
        return Collections.unmodifiableList(differences);
    }
}
