package dev.plumbline.core.detect;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;

/** Which policy each series is judged with. A {@link Policy} by itself is the same for all. */
public interface Policies {
    /**
     * The policy of one series.
     *
     * @param unit the unit of its values
     */
    Policy of(SeriesKey key, Unit unit);

    /** What holds for the suite as a whole: confidence and error rate, and whatever no series is asked for. */
    Policy general();
}
