package dev.plumbline.pipeline.history;

import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The times of a history's runs, in its order: a run that is dated before its predecessors, as that of a shallow clone,
 * a rebased commit or a wrong clock may be, was no earlier than they are. One run with a date in the future moves no
 * other one.
 */
final class TimesInOrder {
    /** A run is no earlier than the median time of the five runs before it. */
    private static final int BEFORE = 5;

    private final Map<String, Instant> times = new HashMap<>();

    /** @param runs in the order of their history */
    TimesInOrder(List<RunInfo> runs) {
        List<Instant> known = new ArrayList<>();
        for (RunInfo run : runs) {
            List<Instant> before = known.subList(Math.max(0, known.size() - BEFORE), known.size()).stream()
                    .sorted()
                    .toList();
            Instant earliest = before.isEmpty() ? run.time() : before.get((before.size() - 1) / 2);
            Instant time = earliest.isAfter(run.time()) ? earliest : run.time();
            known.add(time);
            times.put(run.id(), time);
        }
    }

    /** When a run was; of one that is not of the history, its own date. */
    Instant of(RunInfo run) {
        return times.getOrDefault(run.id(), run.time());
    }
}
