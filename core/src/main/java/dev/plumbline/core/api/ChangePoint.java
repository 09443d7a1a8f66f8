package dev.plumbline.core.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.Tier;
import java.util.Optional;

/**
 * A position where the level of a series changed permanently.
 *
 * @param index zero-based index of the first value on the new level
 * @param size the size of the change; its interval is empty if the method has none
 * @param confirmed whether it is certain; a suspected change is the newest one and needs more values
 */
public record ChangePoint(int index, Size size, boolean confirmed) {
    /** Checks that nothing is null. */
    public ChangePoint {
        requireNonNull(size, "size");
    }

    static ChangePoint of(SeriesChange change) {
        Optional<Interval> interval = change.confidenceInterval();
        return new ChangePoint(
                change.index(),
                new Size(
                        change.before(),
                        change.after(),
                        change.relativeChange(),
                        interval.map(Interval::low).orElse(Double.NEGATIVE_INFINITY),
                        interval.map(Interval::high).orElse(Double.POSITIVE_INFINITY),
                        interval.map(Interval::confidence).orElse(1.0)),
                change.tier() == Tier.CONFIRMED);
    }
}
