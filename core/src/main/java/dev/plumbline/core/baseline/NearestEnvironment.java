package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The environment most similar to another one, and the facts in which they differ.
 *
 * @param environment the nearest one
 * @param differences one for each fact that differs
 */
public record NearestEnvironment(Environment environment, List<EnvironmentDifference> differences) {
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
            List<EnvironmentDifference> differences = EnvironmentDifference.between(here, other);
            if (nearest.isEmpty()
                    || differences.size() < nearest.get().differences().size()) {
                nearest = Optional.of(new NearestEnvironment(other, differences));
            }
        }
        return nearest;
    }
}
