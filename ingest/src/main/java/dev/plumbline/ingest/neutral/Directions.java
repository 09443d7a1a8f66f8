package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Unit;
import java.util.Locale;
import java.util.Optional;

/** The words for a direction in Plumbline's own formats, and the name of a metric that has none. */
final class Directions {
    private Directions() {}

    static Optional<Better> stated(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "lower", "smaller", "less" -> Optional.of(Better.LOWER);
            case "higher", "bigger", "more" -> Optional.of(Better.HIGHER);
            default -> Optional.empty();
        };
    }

    static String metricName(Unit unit) {
        return unit.isDuration() ? "time" : "value";
    }
}
