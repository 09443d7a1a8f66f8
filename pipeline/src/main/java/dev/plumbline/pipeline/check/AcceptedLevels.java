package dev.plumbline.pipeline.check;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.store.RunStore;
import java.time.Instant;
import java.util.List;

/** Records that series reached accepted levels. */
public final class AcceptedLevels {
    private AcceptedLevels() {}

    /**
     * The points of one series are those of an accepted change: no longer judged bad, and where the series begins.
     *
     * @param points in order; nothing is written where there are none
     */
    public static void write(RunStore store, Acceptance acceptance, List<PointKey> points, Instant now) {
        if (!points.isEmpty()) {
            store.clearBad(points, "accepted, " + acceptance.id() + ": " + acceptance.reason(), now);
            store.baselines().anchor(acceptance.id(), List.of(points.get(0)));
        }
    }

    /** The points are those of an accepted change that is over: judged bad as they are, no level begins with them. */
    public static void writeOver(RunStore store, Acceptance acceptance, List<PointKey> points) {
        store.baselines().anchor(acceptance.id(), List.of(points.get(0)));
    }
}
