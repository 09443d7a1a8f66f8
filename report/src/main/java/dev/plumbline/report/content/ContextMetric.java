package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;

/**
 * A metric that is kept and shown, but not judged.
 *
 * @param key which series it belongs to
 * @param unit of the value
 * @param value what was measured
 */
public record ContextMetric(SeriesKey key, Unit unit, double value) {
    public ContextMetric {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
    }
}
