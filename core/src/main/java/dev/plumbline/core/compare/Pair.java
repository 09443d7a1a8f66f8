package dev.plumbline.core.compare;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.List;

/**
 * Two measurements of the same thing that are to be compared.
 *
 * @param key what was measured, with the candidate's environment and branch
 * @param metric as the candidate states it
 * @param base the reference's samples, at least one; all in {@code baseUnit}
 * @param baseUnit the reference's unit, comparable with the metric's
 * @param candidate the candidate's samples, at least one, in the metric's unit
 */
public record Pair(SeriesKey key, Metric metric, List<Sample> base, Unit baseUnit, List<Sample> candidate) {
    public Pair {
        requireNonNull(key, "key");
        requireNonNull(metric, "metric");
        requireNonNull(baseUnit, "baseUnit");
        base = List.copyOf(base);
        candidate = List.copyOf(candidate);
        if (base.isEmpty() || candidate.isEmpty()) {
            throw new IllegalArgumentException("a side of " + key.benchmark().label() + " has no sample");
        }
    }

    /** Whether each side is a single run: how far runs of the same code lie apart is in nothing then. */
    boolean isOneRunEach() {
        return base.size() == 1 && candidate.size() == 1;
    }
}
