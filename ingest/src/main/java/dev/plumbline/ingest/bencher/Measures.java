package dev.plumbline.ingest.bencher;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The better direction of Bencher's measures: that of the thresholds of a file. A measure whose thresholds have an
 * upper boundary alone is to stay low.
 */
final class Measures {
    /** More are no measures, but names made up for each run. */
    private static final int MOST = 10_000;

    /** {@code nanoseconds (ns)}. */
    private static final Pattern SYMBOL = Pattern.compile(".*\\(([^()]{1,40})\\)\\s*");

    private final Map<String, Set<Better>> watched = new HashMap<>();

    /** A threshold of a measure. */
    void threshold(String measure, boolean hasLower, boolean hasUpper) {
        if (hasLower != hasUpper && (watched.containsKey(measure) || watched.size() < MOST)) {
            watched.computeIfAbsent(measure, name -> new HashSet<>()).add(hasUpper ? Better.LOWER : Better.HIGHER);
        }
    }

    /** The direction; empty where thresholds contradict each other. */
    Optional<Better> better(String measure, Unit unit) {
        Set<Better> stated = watched.getOrDefault(measure, Set.of());
        return stated.size() == 1
                ? Optional.of(stated.iterator().next())
                : Directions.ofUnit(unit).or(() -> Directions.ofName(measure));
    }

    /** The symbol of a unit that is written out. */
    static String symbol(String units) {
        Matcher matcher = SYMBOL.matcher(units);
        return matcher.matches() ? matcher.group(1).strip() : units.strip();
    }
}
